package io.limiquantix.storage.driver;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a volume or of its snapshot as an argument of {@code qemu-img}.
 *
 * @param name a file, a device or a name with a protocol as QEMU's block layer has them; without any secret
 * @param snapshot the snapshot inside of the qcow2 file that is meant, absent for what the file holds now
 */
public record QemuLocation(
        String name, VolumeFormat format, @Nullable String snapshot) {
    public QemuLocation(String name, VolumeFormat format) {
        this(name, format, null);
    }
}
