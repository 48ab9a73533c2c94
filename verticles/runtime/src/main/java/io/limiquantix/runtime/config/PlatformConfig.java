package io.limiquantix.runtime.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The section {@code platform}: what this process is.
 *
 * @param dataDirectory where everything that must survive a restart is kept
 * @param verticles which verticles it runs, by name
 */
public record PlatformConfig(Path dataDirectory, List<String> verticles) {}
