package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A VM's disk as the API shows it. */
public record VmDiskBody(
        UUID volumeId,
        UUID poolId,
        long sizeBytes,
        @Nullable UUID imageId,
        boolean attached,
        boolean readOnly,
        @Nullable String target,
        DiskBus bus,
        Cache cache,
        Discard discard,
        boolean ioThread,
        @Nullable Long readIops,
        @Nullable Long writeIops,
        @Nullable Long readBytesPerSecond,
        @Nullable Long writeBytesPerSecond) {
    private static final Limits NONE = new Limits(null, null, null, null);

    static VmDiskBody of(VmView.Disk disk) {
        DiskHardware hardware = DiskHardware.orPlain(disk.hardware());
        Limits limits = hardware.limits() == null ? NONE : hardware.limits();
        return new VmDiskBody(
                disk.volumeId(),
                disk.poolId(),
                disk.sizeBytes(),
                disk.imageId(),
                disk.attached(),
                disk.readOnly(),
                disk.target(),
                hardware.bus(),
                hardware.cache(),
                hardware.discard(),
                hardware.ioThread(),
                limits.readIops(),
                limits.writeIops(),
                limits.readBytesPerSecond(),
                limits.writeBytesPerSecond());
    }
}
