package io.limiquantix.compute.disks;

import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Where the disks and CD-ROM drives of a VM are.
 *
 * @param disks with sizes, pools and ids
 * @param cdroms with the pools from which they have their ISOs
 * @param hosts those that reach all of them
 * @param preferred those of the hosts where no image has to be copied first
 */
public record DiskPlan(List<Disk> disks, List<Cdrom> cdroms, Set<UUID> hosts, Set<UUID> preferred) {
    public DiskPlan {
        disks = List.copyOf(disks);
        cdroms = List.copyOf(cdroms);
        hosts = Set.copyOf(hosts);
        preferred = Set.copyOf(preferred);
    }
}
