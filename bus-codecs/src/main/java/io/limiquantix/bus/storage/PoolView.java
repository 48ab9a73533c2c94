package io.limiquantix.bus.storage;

import io.limiquantix.bus.host.PoolReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A pool, as a whole and on each of its hosts.
 *
 * @param settings the driver's, without secrets
 */
public record PoolView(
        UUID id,
        String name,
        String driver,
        Map<String, String> settings,
        State state,
        long capacityBytes,
        long freeBytes,
        List<OnHost> hosts,
        int volumeCount,
        Instant createdAt,
        long version) {

    public PoolView {
        settings = Map.copyOf(settings);
        hosts = List.copyOf(hosts);
    }

    public enum State {
        READY,
        /** Some of its hosts cannot use it. */
        DEGRADED,
        UNAVAILABLE
    }

    public record OnHost(UUID hostId, PoolReport report, Instant reportedAt) {}
}
