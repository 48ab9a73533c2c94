package io.limiquantix.compute;

import io.limiquantix.bus.host.DiskHardware;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the task is told that moves disks to other pools.
 *
 * @param hostId the VM's
 * @param running whether QEMU moves them while the guest works on
 * @param bandwidthMibPerSecond absent: as fast as it goes
 * @param settleOnly whether nothing is begun any more: an earlier task could not find out where the disks are
 */
record DiskMovePlan(
        UUID vmId,
        UUID hostId,
        boolean running,
        List<Moving> disks,
        @Nullable Integer bandwidthMibPerSecond,
        boolean settleOnly) {
    DiskMovePlan {
        disks = List.copyOf(disks);
    }

    /**
     * A disk on its way.
     *
     * @param moveId of this disk's move alone
     */
    record Moving(
            UUID moveId,
            UUID volumeId,
            String name,
            UUID from,
            UUID to,
            String toName,
            long sizeBytes,
            long bytesToCopy,
            DiskHardware hardware) {}

    /** The same for a task that only finds out where the disks are. */
    DiskMovePlan toSettle() {
        return new DiskMovePlan(vmId, hostId, running, disks, bandwidthMibPerSecond, true);
    }

    /** Whether both are of the same moves. */
    boolean isSameAs(DiskMovePlan other) {
        return disks.equals(other.disks);
    }
}
