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
 * @param preferred those of the hosts where no image has to be copied first
 */
public record DiskPlan(List<Disk> disks, Set<UUID> hosts, Set<UUID> preferred) {
    public DiskPlan {
        disks = List.copyOf(disks);
        hosts = Set.copyOf(hosts);
        preferred = Set.copyOf(preferred);
    }
}
