package io.limiquantix.storage.driver;

/** In bytes; {@code freeBytes} is what can be written by us, reserves left out. */
public record Capacity(long totalBytes, long freeBytes) {}
