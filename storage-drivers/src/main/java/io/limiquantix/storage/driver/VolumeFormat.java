package io.limiquantix.storage.driver;

import java.util.Locale;

/** How a volume's bytes are laid out. It is always stated to QEMU and never guessed from the bytes. */
public enum VolumeFormat {
    QCOW2,
    RAW;

    /** QEMU's name, which is also the file name's extension. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws StorageException {@code INVALID} for any other word */
    public static VolumeFormat of(String label) {
        return switch (label) {
            case "qcow2" -> QCOW2;
            case "raw" -> RAW;
            default -> throw StorageException.invalid("format", "A volume's format is qcow2 or raw.");
        };
    }
}
