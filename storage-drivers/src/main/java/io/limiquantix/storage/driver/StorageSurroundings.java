package io.limiquantix.storage.driver;

import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.Tool;
import java.nio.file.Path;

/**
 * What a driver stands on.
 *
 * @param tool runs the storage's own command line tools
 * @param imageLimits what an image may be at most
 * @param folder where drivers keep what belongs to this host: mounts, keys, bytes on their way; each pool in a folder of its
 *     own, named by its id; what pools share, in one that is named by what it is. QEMU's user can pass it
 */
public record StorageSurroundings(Tool tool, ImageLimits imageLimits, Path folder) {}
