package io.limiquantix.scheduler.placement;

import io.limiquantix.bus.scheduler.HostView.State;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as placement sees it.
 *
 * @param problem why its hypervisor takes nothing now
 * @param vcpus how many it may give away in all
 * @param memoryBytes how much it may give away in all
 * @param networks the active ones
 */
public record Candidate(
        UUID hostId,
        String name,
        State state,
        @Nullable String problem,
        long vcpus,
        long reservedVcpus,
        long memoryBytes,
        long reservedMemoryBytes,
        Set<String> networks) {

    public Candidate {
        networks = Set.copyOf(networks);
    }

    /** In bytes, for VMs that come or grow. */
    public long memoryLeft() {
        return Math.max(0, memoryBytes - reservedMemoryBytes);
    }

    /** The same in vCPUs. */
    public long vcpusLeft() {
        return Math.max(0, vcpus - reservedVcpus);
    }

    /** The scarcer of memory and CPUs once this is placed too, from 0 (idle) to 1 (full). */
    double loadWith(int moreVcpus, long moreMemoryBytes) {
        return Math.max(
                share(reservedVcpus + moreVcpus, vcpus), share(reservedMemoryBytes + moreMemoryBytes, memoryBytes));
    }

    private static double share(long used, long all) {
        return all == 0 ? 1 : (double) used / all;
    }
}
