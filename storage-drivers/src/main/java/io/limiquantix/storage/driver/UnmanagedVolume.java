package io.limiquantix.storage.driver;

/**
 * Something among the volumes of a pool that somebody made by hand.
 *
 * @param name the storage's own, as text; it is never used as a path
 * @param sizeBytes what a guest would see
 */
public record UnmanagedVolume(String name, VolumeFormat format, long sizeBytes) {}
