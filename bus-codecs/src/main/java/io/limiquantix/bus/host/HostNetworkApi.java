package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The networks that the control plane has a host make. */
public final class HostNetworkApi {
    /**
     * Defines and starts the network and all that it stands on, also after the host was started anew; success when it is so already.
     * Fails with {@code HYPERVISOR} or {@code INVALID} and the reason when the host cannot, for instance because it lacks the bridge.
     */
    public static final HostAddress<Definition, Nothing> ENSURE =
            HostAddress.changing("host.network.ensure", Definition.class, Nothing.class);

    /** Takes the network from the host; success when it is not there, {@code CONFLICT} while a running domain is on it. */
    public static final HostAddress<Network, Nothing> REMOVE =
            HostAddress.changing("host.network.remove", Network.class, Nothing.class);

    /** What the DHCP server of a network has given out; none where libvirt has no server for it. */
    public static final HostAddress<LeasesOf, Leases> LEASES =
            HostAddress.reading("host.network.leases", LeasesOf.class, Leases.class);

    private HostNetworkApi() {}

    public enum Kind {
        NAT,
        ISOLATED,
        BRIDGE
    }

    /**
     * @param name what people call it
     * @param bridge the bridge that the host has, of the kind {@code BRIDGE}
     * @param vlanId 1 to 4094; absent: the bridge's untagged packets
     * @param addressing absent: nobody gives out addresses
     */
    public record Definition(
            UUID networkId,
            String name,
            Kind kind,
            @Nullable String bridge,
            @Nullable Integer vlanId,
            @Nullable Addressing addressing) {}

    /**
     * @param address of the host in it, which guests have as their gateway
     * @param dhcpFirst absent with {@code dhcpLast}: no DHCP server
     */
    public record Addressing(
            String address,
            int prefix,
            @Nullable String dhcpFirst,
            @Nullable String dhcpLast) {}

    public record Network(UUID networkId) {}

    /** @param libvirtName of a network of the host */
    public record LeasesOf(String libvirtName) {}

    public record Leases(List<Lease> items) {
        public Leases {
            items = List.copyOf(items);
        }
    }

    /**
     * @param hostName what the guest calls itself, where it said so
     * @param expiresAt absent for one that never ends
     */
    public record Lease(
            String mac,
            String ip,
            int prefix,
            @Nullable String hostName,
            @Nullable Instant expiresAt) {}
}
