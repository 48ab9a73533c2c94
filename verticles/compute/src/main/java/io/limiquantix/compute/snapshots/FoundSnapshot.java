package io.limiquantix.compute.snapshots;

import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A snapshot of a VM of which only its disks know.
 *
 * @param madeAt as its id says
 * @param disks those that have a part of it
 */
public record FoundSnapshot(UUID id, String name, Instant madeAt, List<Disk> disks) {
    public FoundSnapshot {
        disks = List.copyOf(disks);
    }
}
