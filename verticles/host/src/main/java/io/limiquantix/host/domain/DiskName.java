package io.limiquantix.host.domain;

import java.util.Set;
import java.util.UUID;

/** What the disks of a domain are called. */
public final class DiskName {
    private static final int LETTERS = 26;
    private static final int SERIAL_LENGTH = 20;

    private DiskName() {}

    /** What the guest finds the volume by, for instance in {@code /dev/disk/by-id/}: QEMU cuts longer ones. */
    public static String serial(UUID volumeId) {
        return volumeId.toString().replace("-", "").substring(0, SERIAL_LENGTH);
    }

    /** libvirt's name of the nth disk on virtio, from 0. */
    static String target(int index) {
        return "vd" + letters(index);
    }

    /** libvirt's name of the nth disk on SCSI or SATA, from 0. */
    static String scsiTarget(int index) {
        return "sd" + letters(index);
    }

    private static String letters(int index) {
        String letters = index < LETTERS ? "" : Character.toString('a' + index / LETTERS - 1);
        return letters + Character.toString('a' + index % LETTERS);
    }

    /** The first such name behind all that disks and drives have, so that drives stay in their order. */
    public static String firstFreeScsi(Set<String> taken) {
        int index = 0;
        for (int i = 0; i < LETTERS * LETTERS; i++) {
            index = taken.contains(scsiTarget(i)) ? i + 1 : index;
        }
        return scsiTarget(index);
    }

    /** The first name that no disk has. */
    public static String firstFree(Set<String> taken) {
        int index = 0;
        while (taken.contains(target(index))) {
            index++;
        }
        return target(index);
    }
}
