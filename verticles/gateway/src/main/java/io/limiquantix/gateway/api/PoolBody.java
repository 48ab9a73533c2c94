package io.limiquantix.gateway.api;

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
        PoolView.State state,
        long capacityBytes,
        long freeBytes,
        List<OnHost> hosts,
        int volumeCount,
        Instant createdAt,
        long version) {

    /** The pool on one of its hosts. */
    public record OnHost(
            UUID hostId,
            boolean usable,
            long capacityBytes,
            long freeBytes,
            @Nullable String problem,
            Instant reportedAt) {
        static OnHost of(PoolView.OnHost host) {
            return new OnHost(
                    host.hostId(),
                    host.report().usable(),
                    host.report().capacityBytes(),
                    host.report().freeBytes(),
                    host.report().problem(),
                    host.reportedAt());
        }
    }

    public static PoolBody of(PoolView pool) {
        return new PoolBody(
                pool.id(),
                pool.name(),
                pool.driver(),
                pool.settings(),
                pool.state(),
                pool.capacityBytes(),
                pool.freeBytes(),
                pool.hosts().stream().map(OnHost::of).toList(),
                pool.volumeCount(),
                pool.createdAt(),
                pool.version());
    }
}
