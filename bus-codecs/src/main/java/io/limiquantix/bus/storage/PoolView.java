package io.limiquantix.bus.storage;

import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A pool, as a whole and on each of its hosts.
 *
 * @param settings the driver's, without secrets
 * @param secretNames which secret settings it has
 */
public record PoolView(
        UUID id,
        String name,
        String driver,
        Map<String, String> settings,
        List<String> secretNames,
        State state,
        long capacityBytes,
        long freeBytes,
        List<OnHost> hosts,
        int volumeCount,
        Instant createdAt,
        long version) {

    public PoolView {
        settings = Map.copyOf(settings);
        secretNames = List.copyOf(secretNames);
        hosts = List.copyOf(hosts);
    }

    /** Whether its hosts see the same volumes, as far as any of them has opened it. */
    public boolean shared() {
        return abilities().map(PoolAbilities::shared).orElse(false);
    }

    /** What it is able to do, as any host that has opened it says. */
    public Optional<PoolAbilities> abilities() {
        return hosts.stream()
                .flatMap(host -> Stream.ofNullable(host.report().abilities()))
                .findFirst();
    }

    public enum State {
        READY,
        /** Some of its hosts cannot use it. */
        DEGRADED,
        UNAVAILABLE
    }

    public record OnHost(UUID hostId, PoolReport report, Instant reportedAt) {}
}
