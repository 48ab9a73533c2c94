package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.host.PackedNumbers;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.bus.host.StatisticsApi.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What was measured last of every VM and host, as long as it is fresh. Safe for any thread. */
public final class LatestSamples {
    /** Three intervals: what is older says nothing about now. */
    private static final Duration FRESH = Duration.ofSeconds(3L * StatisticsApi.INTERVAL_SECONDS);

    private final Map<UUID, Latest> vms = new ConcurrentHashMap<>();
    private final Map<UUID, Latest> hosts = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    /** When what is old was last taken away; by the one thread that takes messages in. */
    private long forgotNanos;

    /** @param nanos a clock that nobody sets */
    public LatestSamples(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * One subject's numbers.
     *
     * @param atSeconds by its host's clock
     * @param arrivedNanos by this process's
     */
    record Latest(
            UUID hostId,
            String hostName,
            long atSeconds,
            long arrivedNanos,
            List<String> series,
            PackedNumbers counted,
            PackedNumbers current) {}

    /** Takes in a message of a host. */
    public void accept(Sample sample) {
        long now = nanos.getAsLong();
        for (Subject subject : sample.subjects()) {
            Latest latest = new Latest(
                    sample.hostId(),
                    sample.hostName(),
                    sample.atSeconds(),
                    now,
                    sample.shapes().get(subject.shape()).series(),
                    subject.counted(),
                    subject.current());
            if (subject.vmId() == null) {
                hosts.put(sample.hostId(), latest);
            } else {
                vms.put(subject.vmId(), latest);
            }
        }
        if (now - forgotNanos > FRESH.toNanos()) {
            forgotNanos = now;
            forgetOld(vms, now);
            forgetOld(hosts, now);
        }
    }

    private static void forgetOld(Map<UUID, Latest> all, long now) {
        all.values().removeIf(latest -> now - latest.arrivedNanos() > FRESH.toNanos());
    }

    Optional<Latest> vm(UUID vmId) {
        return fresh(vms.get(vmId));
    }

    Optional<Latest> host(UUID hostId) {
        return fresh(hosts.get(hostId));
    }

    private Optional<Latest> fresh(@Nullable Latest latest) {
        return Optional.ofNullable(latest).filter(one -> nanos.getAsLong() - one.arrivedNanos() <= FRESH.toNanos());
    }

    /** All that are fresh, by the VM's id. */
    Map<UUID, Latest> vms() {
        forgetOld(vms, nanos.getAsLong());
        return Map.copyOf(vms);
    }

    /** All that are fresh, by the host's id. */
    Map<UUID, Latest> hosts() {
        forgetOld(hosts, nanos.getAsLong());
        return Map.copyOf(hosts);
    }
}
