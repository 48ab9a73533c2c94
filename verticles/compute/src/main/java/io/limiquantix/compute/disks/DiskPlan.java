package io.limiquantix.compute.disks;

import io.limiquantix.bus.compute.VmView.Disk;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Where the disks of a VM go.
 *
 * @param disks with sizes, pools and ids
 * @param hosts those that reach all of them
 */
public record DiskPlan(List<Disk> disks, Set<UUID> hosts) {
    public DiskPlan {
        disks = List.copyOf(disks);
        hosts = Set.copyOf(hosts);
    }
}
