package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import org.jspecify.annotations.Nullable;

/** What may be said of one disk. */
final class DiskRules {
    private DiskRules() {}

    static void check(DiskSpec disk, String field) {
        if (disk.volumeId() != null) {
            String there = " is not for a volume that is there already.";
            Check.that(disk.imageId() == null, field + ".imageId", "An image" + there);
            Check.that(disk.sizeBytes() == null, field + ".sizeBytes", "A size" + there);
            Check.that(disk.poolId() == null, field + ".poolId", "A pool" + there);
        }
        DiskHardware hardware = DiskHardware.orPlain(disk.hardware());
        Check.that(
                !hardware.ioThread() || hardware.bus() == DiskBus.VIRTIO,
                field + ".ioThread",
                "Only a disk on virtio can have an I/O thread of its own.");
        Limits limits = hardware.limits();
        if (limits != null) {
            limit(limits.readIops(), field + ".readIops");
            limit(limits.writeIops(), field + ".writeIops");
            limit(limits.readBytesPerSecond(), field + ".readBytesPerSecond");
            limit(limits.writeBytesPerSecond(), field + ".writeBytesPerSecond");
        }
    }

    private static void limit(@Nullable Long limit, String field) {
        Check.that(
                limit == null || limit >= 1,
                field,
                "A limit is at least 1; " + limit + " is not. Leave it out for no limit.");
    }
}
