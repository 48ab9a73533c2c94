package io.limiquantix.bus.host;

/** What a guest is set up by, and so where it looks for it. */
public enum SeedKind {
    /** The volume {@code cidata} as a disk on virtio (cloud-init's documentation, NoCloud). */
    NO_CLOUD,
    /** OpenStack's volume {@code config-2} in a CD-ROM drive on SATA, where guests without drivers for virtio find it. */
    CONFIG_DRIVE,
    /** A JSON text that QEMU gives to the firmware as {@code opt/com.coreos/config} (Ignition's documentation, platform qemu). */
    IGNITION
}
