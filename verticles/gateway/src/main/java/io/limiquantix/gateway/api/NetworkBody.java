package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.NetworkView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A network as the API shows it. */
public record NetworkBody(
        UUID id,
        String name,
        String description,
        NetworkView.Kind kind,
        @Nullable String subnet,
        @Nullable String dhcpFirst,
        @Nullable String dhcpLast,
        @Nullable String bridge,
        @Nullable Integer vlanId,
        @Nullable String hostNetwork,
        boolean spoofProtection,
        boolean allHosts,
        NetworkView.State state,
        List<OnHost> hosts,
        int nicCount,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        long version) {

    /** The network on one of its hosts. */
    public record OnHost(
            UUID hostId,
            @Nullable String hostName,
            NetworkView.HostState state,
            @Nullable String problem,
            Instant since) {}

    /** @param hostNames of the hosts that are known; a network may name one that is not any more */
    public static NetworkBody of(NetworkView network, Map<UUID, String> hostNames) {
        NetworkView.Settings settings = network.settings();
        return new NetworkBody(
                network.id(),
                network.name(),
                network.description(),
                network.kind(),
                settings.subnet(),
                settings.dhcpFirst(),
                settings.dhcpLast(),
                settings.bridge(),
                settings.vlanId(),
                settings.hostNetwork(),
                network.spoofProtection(),
                network.allHosts(),
                network.state(),
                network.hosts().stream()
                        .map(on -> new OnHost(
                                on.hostId(), hostNames.get(on.hostId()), on.state(), on.problem(), on.since()))
                        .toList(),
                network.nicCount(),
                network.activeTaskId(),
                network.createdAt(),
                network.version());
    }
}
