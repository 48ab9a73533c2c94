package io.limiquantix.gateway.api;

import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.storage.PoolView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pool as the API shows it. */
public record PoolBody(
        UUID id,
        String name,
        String driver,
        Map<String, String> settings,
        List<String> secretNames,
        boolean shared,
        PoolView.State state,
        boolean maintenance,
        PoolView.Fullness fullness,
        @Nullable PoolAbilities abilities,
        long capacityBytes,
        long freeBytes,
        List<OnHost> hosts,
        int volumeCount,
        Instant createdAt,
        long version) {

    /**
     * The pool on one of its hosts.
     *
     * @param outdated whether the host uses the pool by settings that were changed since
     */
    public record OnHost(
            UUID hostId,
            @Nullable String hostName,
            boolean usable,
            long capacityBytes,
            long freeBytes,
            @Nullable String problem,
            Instant reportedAt,
            boolean outdated) {
        static OnHost of(PoolView.OnHost host, Map<UUID, String> hostNames) {
            return new OnHost(
                    host.hostId(),
                    hostNames.get(host.hostId()),
                    host.report().usable(),
                    host.report().capacityBytes(),
                    host.report().freeBytes(),
                    host.report().problem(),
                    host.reportedAt(),
                    host.outdated());
        }
    }

    /** @param hostNames of the hosts that are known; a pool may name one that is not any more */
    public static PoolBody of(PoolView pool, Map<UUID, String> hostNames) {
        return new PoolBody(
                pool.id(),
                pool.name(),
                pool.driver(),
                pool.settings(),
                pool.secretNames(),
                pool.shared(),
                pool.state(),
                pool.maintenance(),
                pool.fullness(),
                pool.abilities().orElse(null),
                pool.capacityBytes(),
                pool.freeBytes(),
                pool.hosts().stream().map(host -> OnHost.of(host, hostNames)).toList(),
                pool.volumeCount(),
                pool.createdAt(),
                pool.version());
    }
}
