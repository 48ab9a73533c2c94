package io.limiquantix.storage.driver;

/**
 * A volume's bytes as an argument of {@code qemu-img}.
 *
 * @param name a file, a device or a name with a protocol as QEMU's block layer has them; without any secret
 */
public record QemuLocation(String name, VolumeFormat format) {}
