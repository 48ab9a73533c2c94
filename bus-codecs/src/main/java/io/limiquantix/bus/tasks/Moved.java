package io.limiquantix.bus.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What a step that moves bytes from one place to another has done.
 *
 * @param bytes that have come
 * @param totalBytes of all; absent where nobody knows it yet
 */
public record Moved(long bytes, @Nullable Long totalBytes) {}
