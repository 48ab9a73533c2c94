package io.limiquantix.bus.compute;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Networks: defined once, made by hosts. */
public final class NetworkApi {
    /** Checks and stores the network and begins the task that has the hosts make it. */
    public static final ServiceAddress<CreateNetwork, TaskRef> CREATE =
            ServiceAddress.changing("compute.network.create", CreateNetwork.class, TaskRef.class);

    public static final ServiceAddress<Network, NetworkView> GET =
            ServiceAddress.reading("compute.network.get", Network.class, NetworkView.class);
    public static final ServiceAddress<ListNetworks, Networks> LIST =
            ServiceAddress.reading("compute.network.list", ListNetworks.class, Networks.class);

    /** Hosts that are to have it now or no more are told at once; those that do not answer, when they are back. */
    public static final ServiceAddress<ChangeNetwork, NetworkView> CHANGE =
            ServiceAddress.changing("compute.network.change", ChangeNetwork.class, NetworkView.class);

    /** {@code CONFLICT} while a network card of a VM is on it. */
    public static final ServiceAddress<Network, TaskRef> DELETE =
            ServiceAddress.changing("compute.network.delete", Network.class, TaskRef.class);

    public static final ServiceAddress<Network, NetworkLeases> LEASES =
            ServiceAddress.reading("compute.network.leases", Network.class, NetworkLeases.class);

    private NetworkApi() {}

    /** @param networkId which one */
    public record Network(UUID networkId) {}

    /**
     * @param dhcp whether the hosts give out addresses, where there is a subnet
     * @param hostIds those that are to have it; none: all, also those that join later
     */
    public record CreateNetwork(
            String name,
            String description,
            NetworkView.Kind kind,
            NetworkView.Settings settings,
            boolean dhcp,
            boolean spoofProtection,
            List<UUID> hostIds) {
        public CreateNetwork {
            hostIds = List.copyOf(hostIds);
        }
    }

    /** @param search part of a name, any case; absent leaves none out */
    public record ListNetworks(Page page, @Nullable String search) {}

    public record Networks(
            List<NetworkView> items, @Nullable String nextCursor) {
        public Networks {
            items = List.copyOf(items);
        }
    }

    /**
     * What is absent stays.
     *
     * @param hosts those that are to have it from now on
     */
    public record ChangeNetwork(
            UUID networkId,
            @Nullable Long expectedVersion,
            @Nullable String description,
            @Nullable Boolean spoofProtection,
            @Nullable HostChoice hosts) {}

    /** @param hostIds none: all */
    public record HostChoice(List<UUID> hostIds) {
        public HostChoice {
            hostIds = List.copyOf(hostIds);
        }
    }

    /** @param silent the hosts that did not say what they have given out */
    public record NetworkLeases(List<Lease> items, List<SilentHost> silent) {
        public NetworkLeases {
            items = List.copyOf(items);
            silent = List.copyOf(silent);
        }
    }

    /** @param vmId the VM whose card has this address, where it is known */
    public record Lease(
            UUID hostId,
            String mac,
            String ip,
            int prefix,
            @Nullable String hostName,
            @Nullable Instant expiresAt,
            @Nullable UUID vmId,
            @Nullable String vmName) {}

    public record SilentHost(UUID hostId, String problem) {}
}
