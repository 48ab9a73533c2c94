package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.DiskEdit;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a disk is reached after an edit. */
public final class HardwareEdit {
    private HardwareEdit() {}

    /** @throws FailureException {@code INVALID} with the field that is not acceptable */
    public static DiskHardware of(DiskHardware before, DiskEdit edit) {
        Limits old = Objects.requireNonNullElse(before.limits(), new Limits(null, null, null, null));
        Limits limits = new Limits(
                limit(old.readIops(), edit.readIops()),
                limit(old.writeIops(), edit.writeIops()),
                limit(old.readBytesPerSecond(), edit.readBytesPerSecond()),
                limit(old.writeBytesPerSecond(), edit.writeBytesPerSecond()));
        DiskBus bus = Objects.requireNonNullElse(edit.bus(), before.bus());
        DiskHardware after = new DiskHardware(
                bus,
                Objects.requireNonNullElse(edit.cache(), before.cache()),
                Objects.requireNonNullElse(edit.discard(), before.discard()),
                before.ioThread() && bus == DiskBus.VIRTIO,
                limits.none() ? null : limits);
        DiskRules.check(new DiskSpec(null, null, null, null, after), "disk");
        return after;
    }

    private static @Nullable Long limit(@Nullable Long old, @Nullable Long wanted) {
        if (wanted == null) {
            return old;
        }
        return wanted == 0 ? null : wanted;
    }
}
