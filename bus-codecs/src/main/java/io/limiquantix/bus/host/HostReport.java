package io.limiquantix.bus.host;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a host knows, sent when it joins, every 30 s and when asked.
 *
 * @param hypervisorProblem why libvirt cannot be used now; {@code domains} is not to be believed while it is present
 * @param sequence as in {@link DomainReport}
 * @param processStart epoch milliseconds of the host process: a greater one begins a new sequence
 * @param bootId another one after each boot of the machine; absent where nobody knows it
 */
public record HostReport(
        UUID hostId,
        String name,
        String version,
        long processStart,
        long sequence,
        @Nullable HostCapabilities capabilities,
        @Nullable String hypervisorProblem,
        long memoryFreeBytes,
        double loadAverage,
        List<DomainReport> domains,
        List<PoolReport> pools,
        List<NetworkReport> networks,
        @Nullable String bootId) {

    public HostReport {
        domains = List.copyOf(domains);
        pools = List.copyOf(pools);
        networks = List.copyOf(networks);
    }

    /**
     * A libvirt network of the host.
     *
     * @param ours absent for one that the control plane did not define
     */
    public record NetworkReport(
            String name,
            boolean active,
            String forwardMode,
            @Nullable String bridge,
            @Nullable OurNetwork ours) {
        /** One that somebody else defined. */
        public NetworkReport(String name, boolean active, String forwardMode, @Nullable String bridge) {
            this(name, active, forwardMode, bridge, null);
        }
    }

    /** @param problem why guests cannot use it, for instance because its bridge is gone; absent when they can */
    public record OurNetwork(UUID networkId, @Nullable String problem) {}
}
