package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.management.PrometheusText;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How full pools are, for Prometheus; only those that a host could use a short while ago. */
public final class PoolMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(PoolMetrics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Hosts report each 30 s. */
    private static final Duration FRESH = Duration.ofSeconds(90);

    private final Bus bus;
    private final Clock clock;

    public PoolMetrics(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Blocks until storage answers; adds nothing when it does not. */
    public void addTo(PrometheusText text) {
        try {
            bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, Caller.of(Actor.platform("gateway"), PATIENCE))
                    .items()
                    .forEach(pool -> add(pool, text));
        } catch (FailureException e) {
            LOG.warn("pools cannot be read now; there are no metrics of them", e);
        }
    }

    private void add(PoolView pool, PrometheusText text) {
        Instant oldest = clock.instant().minus(FRESH);
        long usable = pool.hosts().stream()
                .filter(host -> host.report().usable() && host.reportedAt().isAfter(oldest))
                .count();
        Map<String, String> labels =
                new TreeMap<>(Map.of("pool", pool.name(), "pool_id", pool.id().toString()));
        gauge(text, "usable_hosts", "Hosts that can use it.", labels, (double) usable);
        if (usable > 0) {
            gauge(text, "capacity_bytes", "Room that it has in all.", labels, (double) pool.capacityBytes());
            gauge(text, "free_bytes", "Room that is left in it.", labels, (double) pool.freeBytes());
            gauge(text, "volumes", "Volumes in it.", labels, pool.volumeCount());
        }
    }

    private static void gauge(PrometheusText text, String name, String help, Map<String, String> labels, double value) {
        text.sample("limiquantix_pool_" + name, PrometheusText.Type.GAUGE, help, labels, value);
    }
}
