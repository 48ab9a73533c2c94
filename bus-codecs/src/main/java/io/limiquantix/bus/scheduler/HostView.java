package io.limiquantix.bus.scheduler;

import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as the control plane knows it.
 *
 * @param reservedMemoryBytes what placed VMs may use
 * @param problem why nothing can be placed on it now
 */
public record HostView(
        UUID id,
        String name,
        State state,
        String version,
        @Nullable HostCapabilities capabilities,
        int reservedVcpus,
        long reservedMemoryBytes,
        long memoryFreeBytes,
        double loadAverage,
        int vmCount,
        List<NetworkReport> networks,
        @Nullable String problem,
        Instant lastSeenAt,
        Instant joinedAt) {

    public HostView {
        networks = List.copyOf(networks);
    }

    public enum State {
        UP,
        /** Its reports stopped coming a short while ago. */
        SUSPECT,
        DOWN
    }
}
