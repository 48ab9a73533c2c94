package io.limiquantix.storage.driver;

import java.util.Locale;

/** What the file of an image can come as, compressed or not. */
public enum ArrivalFormat {
    QCOW2("qcow2"),
    RAW("raw"),
    ISO("an ISO"),
    VMDK("VMDK"),
    VHD("VHD"),
    VHDX("VHDX"),
    VDI("VDI"),
    QED("QED");

    private final String spoken;

    ArrivalFormat(String spoken) {
        this.spoken = spoken;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people say it, after "said to be". */
    public String spoken() {
        return spoken;
    }

    /** What an image of it is kept as: other programs' disks become qcow2. */
    public ImageFormat becomes() {
        return switch (this) {
            case QCOW2, VMDK, VHD, VHDX, VDI, QED -> ImageFormat.QCOW2;
            case RAW -> ImageFormat.RAW;
            case ISO -> ImageFormat.ISO;
        };
    }

    /** Whether it has to be converted. */
    public boolean isForeign() {
        return switch (this) {
            case QCOW2, RAW, ISO -> false;
            case VMDK, VHD, VHDX, VDI, QED -> true;
        };
    }

    /** @throws StorageException {@code INVALID} for any other word */
    public static ArrivalFormat of(String label) {
        for (ArrivalFormat format : values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw StorageException.invalid(
                "format", "An image comes as qcow2, raw, iso, vmdk, vhd, vhdx, vdi or qed, not as " + label + ".");
    }
}
