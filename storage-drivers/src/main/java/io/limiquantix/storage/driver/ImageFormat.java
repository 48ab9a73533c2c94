package io.limiquantix.storage.driver;

import java.util.Locale;

/** What an image can be. */
public enum ImageFormat {
    QCOW2,
    RAW,
    ISO;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How QEMU reads it. */
    public VolumeFormat diskFormat() {
        return switch (this) {
            case QCOW2 -> VolumeFormat.QCOW2;
            case RAW, ISO -> VolumeFormat.RAW;
        };
    }

    /** @throws StorageException {@code INVALID} for any other word */
    public static ImageFormat of(String label) {
        return switch (label) {
            case "qcow2" -> QCOW2;
            case "raw" -> RAW;
            case "iso" -> ISO;
            default -> throw StorageException.invalid("format", "An image's format is qcow2, raw or iso.");
        };
    }
}
