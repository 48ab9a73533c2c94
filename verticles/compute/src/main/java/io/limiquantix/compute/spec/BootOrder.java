package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.VmSpec;
import java.util.List;

/** What a VM tries to boot from, first to last. */
public final class BootOrder {
    private static final String FIRST_DISK = "disk0";

    private BootOrder() {}

    /** As it was asked for, or what is sensible: the first disk, after an installation medium where all disks are empty. */
    public static List<String> of(VmSpec spec) {
        if (!spec.bootOrder().isEmpty()) {
            return spec.bootOrder();
        }
        boolean empty = spec.disks().stream().allMatch(disk -> disk.imageId() == null && disk.volumeId() == null);
        for (int i = 0; empty && i < spec.cdroms().size(); i++) {
            if (spec.cdroms().get(i).imageId() != null) {
                return List.of("cdrom" + i, FIRST_DISK);
            }
        }
        return List.of(FIRST_DISK);
    }
}
