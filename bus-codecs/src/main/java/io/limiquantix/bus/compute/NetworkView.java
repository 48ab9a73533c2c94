package io.limiquantix.bus.compute;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A network as the platform knows it.
 *
 * @param spoofProtection whether guests are kept from sending with others' addresses, unless their card says otherwise
 * @param allHosts whether each host is to have it, also those that join later
 * @param hosts those that are to have it, and how it is there
 * @param nicCount network cards of VMs that are on it
 * @param activeTaskId the task that works on it now
 * @param version for {@code If-Match}
 */
public record NetworkView(
        UUID id,
        String name,
        String description,
        Kind kind,
        Settings settings,
        boolean spoofProtection,
        boolean allHosts,
        State state,
        List<OnHost> hosts,
        int nicCount,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        long version) {

    public NetworkView {
        hosts = List.copyOf(hosts);
    }

    public enum Kind {
        /** libvirt gives out addresses, and guests reach the outside by their host's address. */
        NAT,
        /** Guests of one host reach each other and their host, and nobody else. */
        ISOLATED,
        /** A bridge of the host, or a VLAN on it. */
        BRIDGE,
        /** A libvirt network that hosts have already; it is left as it is. */
        HOST
    }

    public enum State {
        /** No host has said yet whether it has it. */
        PENDING,
        READY,
        /** Some host that is to have it does not. */
        DEGRADED,
        /** No host has it. */
        FAILED,
        DELETING
    }

    public enum HostState {
        PENDING,
        READY,
        FAILED
    }

    /**
     * What belongs to the kind; the rest is absent.
     *
     * @param hostNetwork libvirt's name of the network that hosts have, of {@code HOST}
     * @param bridge of {@code BRIDGE}
     * @param vlanId 1 to 4094
     * @param subnet with its prefix, as in 192.168.50.0/24; its first address is the host's
     * @param dhcpFirst absent with {@code dhcpLast}: nobody gives out addresses
     */
    public record Settings(
            @Nullable String hostNetwork,
            @Nullable String bridge,
            @Nullable Integer vlanId,
            @Nullable String subnet,
            @Nullable String dhcpFirst,
            @Nullable String dhcpLast) {}

    /**
     * @param problem why it cannot be used there; absent when it can
     * @param since when that was so first
     */
    public record OnHost(
            UUID hostId, HostState state, @Nullable String problem, Instant since) {}
}
