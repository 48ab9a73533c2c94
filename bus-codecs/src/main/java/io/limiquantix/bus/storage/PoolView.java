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
 * @param maintenance whether nothing new is to be put into it
 */
public record PoolView(
        UUID id,
        String name,
        String driver,
        Map<String, String> settings,
        List<String> secretNames,
        State state,
        boolean maintenance,
        long capacityBytes,
        long freeBytes,
        List<OnHost> hosts,
        int volumeCount,
        Instant createdAt,
        long version) {

    private static final double WARNING_PERCENT = 80;
    private static final double FULL_PERCENT = 95;
    private static final double HUNDRED = 100;

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

    /** How full it is, as far as it can be used at all. */
    public Fullness fullness() {
        long used = capacityBytes - freeBytes;
        if (used >= capacityBytes * FULL_PERCENT / HUNDRED) {
            return capacityBytes == 0 ? Fullness.NORMAL : Fullness.FULL;
        }
        return used >= capacityBytes * WARNING_PERCENT / HUNDRED ? Fullness.WARNING : Fullness.NORMAL;
    }

    /** Whether a volume may be put into it on this host now. */
    public boolean takesVolumesOn(UUID hostId) {
        return !maintenance
                && hosts.stream()
                        .anyMatch(h -> h.hostId().equals(hostId) && h.report().usable());
    }

    public enum Fullness {
        NORMAL,
        /** A person should make room. */
        WARNING,
        /** Guests are about to be stopped by it. */
        FULL
    }

    public enum State {
        READY,
        /** Some of its hosts cannot use it. */
        DEGRADED,
        UNAVAILABLE
    }

    /** @param outdated whether the host uses the pool by settings that were changed since */
    public record OnHost(UUID hostId, PoolReport report, Instant reportedAt, boolean outdated) {
        public OnHost(UUID hostId, PoolReport report, Instant reportedAt) {
            this(hostId, report, reportedAt, false);
        }
    }
}
