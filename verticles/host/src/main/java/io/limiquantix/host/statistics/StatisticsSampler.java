package io.limiquantix.host.statistics;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.host.libvirt.DomainFigures;
import io.limiquantix.host.libvirt.DomainStatistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures every 5 s, on the multiples of 5 s of this machine's clock. What cannot be measured then is left out: nobody makes
 * numbers up. While libvirt does not answer, the host itself is measured all the same.
 */
public final class StatisticsSampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsSampler.class);
    private static final Duration EVERY = Duration.ofSeconds(StatisticsApi.INTERVAL_SECONDS);
    private static final Duration PATIENCE = Duration.ofMillis(4_500);
    /** Older readings say nothing about now. */
    private static final Duration COMPARABLE = EVERY.multipliedBy(3);

    private final Subjects who;
    private final DomainStatistics domains;
    private final NumberStore store;
    private final Clock clock;
    private final Consumer<Sample> publish;
    private final MachineReading machine = MachineReading.here();
    private final Rates machineRates = new Rates(COMPARABLE);
    private final Map<UUID, Rates> guestRates = new HashMap<>();
    private final AtomicBoolean keeping = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().name("statistics").unstarted(this::run);
    private volatile @Nullable String problem = "Nothing was measured yet.";

    /**
     * Who is measured.
     *
     * @param isOurs whether a domain of libvirt is one of the platform's guests
     */
    public record Subjects(UUID hostId, String hostName, Predicate<UUID> isOurs) {}

    StatisticsSampler(
            Subjects who, DomainStatistics domains, NumberStore store, Clock clock, Consumer<Sample> publish) {
        this.who = who;
        this.domains = domains;
        this.store = store;
        this.clock = clock;
        this.publish = publish;
    }

    void start() {
        thread.start();
    }

    /** Why guests cannot be measured now. */
    @Nullable
    String problem() {
        return problem;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long every = EVERY.toMillis();
                Thread.sleep(every - clock.millis() % every);
                measureSafely(Math.round(clock.millis() / (double) every) * EVERY.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureSafely(long second) throws InterruptedException {
        try {
            measure(second);
        } catch (RuntimeException e) {
            LOG.error("a measurement failed; the next one comes in {} s", EVERY.toSeconds(), e);
        }
    }

    private void measure(long second) throws InterruptedException {
        Measurement measurement = new Measurement(who.hostId(), who.hostName(), second);
        Reading host = machine.read();
        Map<String, Double> current = machineRates.of(host, System.nanoTime());
        store.note(null, second, current);
        measurement.add(null, host, current);
        guests(second, measurement);
        measurement.messages().forEach(publish);
        keep(second);
    }

    private void guests(long second, Measurement measurement) throws InterruptedException {
        List<DomainFigures> found;
        try {
            found = domains.read(Instant.now(clock).plus(PATIENCE));
        } catch (FailureException e) {
            problem = e.failure().message();
            return;
        }
        problem = null;
        long nanos = System.nanoTime();
        Set<UUID> present = new HashSet<>();
        Set<UUID> active = new HashSet<>();
        for (DomainFigures domain : found) {
            present.add(domain.vmId());
            if (domain.isActive() && who.isOurs().test(domain.vmId())) {
                active.add(domain.vmId());
                guest(domain, second, nanos, measurement);
            }
        }
        guestRates.keySet().retainAll(active);
        store.keepOnly(present);
    }

    private void guest(DomainFigures domain, long second, long nanos, Measurement measurement) {
        Reading reading = GuestReading.of(domain, second);
        Map<String, Double> current = guestRates
                .computeIfAbsent(domain.vmId(), id -> new Rates(COMPARABLE))
                .of(reading, nanos);
        store.note(domain.vmId(), second, current);
        measurement.add(domain.vmId(), reading, current);
    }

    /** Beside the measuring, which must not wait for a slow disk; what is not kept this time is the next time. */
    private void keep(long second) {
        if (keeping.compareAndSet(false, true)) {
            Thread.ofVirtual().name("statistics-keeper").start(() -> {
                try {
                    store.keepUntil(second);
                } finally {
                    keeping.set(false);
                }
            });
        }
    }

    /** Measures no more, and keeps what there is of the minute that is under way. */
    @Override
    public void close() {
        thread.interrupt();
        store.keepUntil(clock.instant().getEpochSecond() + KeptNumbers.MINUTE);
    }
}
