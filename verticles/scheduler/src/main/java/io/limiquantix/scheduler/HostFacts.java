package io.limiquantix.scheduler;

import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a host's report that is kept. */
record HostFacts(
        @Nullable HostCapabilities capabilities,
        @Nullable String hypervisorProblem,
        long memoryFreeBytes,
        double loadAverage,
        List<NetworkReport> networks) {
    private static final long NOTABLE_MEMORY = 64L << 20;

    HostFacts {
        networks = List.copyOf(networks);
    }

    /** Capabilities that were known stay known while libvirt cannot be asked. */
    static HostFacts of(HostReport report, @Nullable HostFacts before) {
        HostCapabilities known = before == null ? null : before.capabilities();
        return new HostFacts(
                report.capabilities() == null ? known : report.capabilities(),
                report.hypervisorProblem(),
                report.memoryFreeBytes(),
                report.loadAverage(),
                report.networks());
    }

    /** Whether a person would see a difference; load and a little memory move all the time. */
    boolean differsNotablyFrom(HostFacts other) {
        return !Objects.equals(capabilities, other.capabilities)
                || !Objects.equals(hypervisorProblem, other.hypervisorProblem)
                || !networks.equals(other.networks)
                || Math.abs(memoryFreeBytes - other.memoryFreeBytes) >= NOTABLE_MEMORY;
    }
}
