package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has hosts make networks and give them up. Both are idempotent by the network's id, and each request is an operation of its own: a host
 * that lost a network would otherwise answer from its journal and do nothing.
 */
final class NetworkHosts {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Bus bus;

    NetworkHosts(Bus bus) {
        this.bus = bus;
    }

    /**
     * How a network is on a host.
     *
     * @param problem why it cannot be used there
     */
    record Outcome(HostState state, @Nullable String problem) {
        static final Outcome READY = new Outcome(HostState.READY, null);
    }

    /** Has the host make it; one that does not answer is {@code PENDING}. */
    Outcome ensure(StoredNetwork network, UUID hostId, Caller caller) {
        try {
            bus.request(HostNetworkApi.ENSURE.at(hostId), network.definition(), operation(caller));
            return Outcome.READY;
        } catch (FailureException e) {
            HostState state = e.code().isTransient() ? HostState.PENDING : HostState.FAILED;
            return new Outcome(state, e.failure().message());
        }
    }

    /** @throws FailureException when the host refuses or does not answer */
    void remove(UUID networkId, UUID hostId, Caller caller) {
        bus.request(HostNetworkApi.REMOVE.at(hostId), new HostNetworkApi.Network(networkId), operation(caller));
    }

    /** How a network that hosts have already is on a host with these networks. */
    static Outcome ofHost(StoredNetwork network, List<NetworkReport> reported) {
        String name = network.libvirtName();
        for (NetworkReport report : reported) {
            if (report.name().equals(name)) {
                return report.active()
                        ? Outcome.READY
                        : new Outcome(
                                HostState.FAILED,
                                "libvirt's network " + name + " is not active there; start it with virsh net-start "
                                        + name + ".");
            }
        }
        return new Outcome(HostState.FAILED, "The host has no libvirt network " + name + ".");
    }

    private static Caller operation(Caller caller) {
        return new Caller(Uuid7.next(), Instant.now().plus(PATIENCE), caller.actor(), null, caller.traceParent());
    }
}
