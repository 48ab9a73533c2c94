package io.limiquantix.storage.driver;

import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.Tool;

/**
 * What a driver stands on.
 *
 * @param tool runs the storage's own command line tools
 * @param imageLimits what an image may be at most
 */
public record StorageSurroundings(Tool tool, ImageLimits imageLimits) {}
