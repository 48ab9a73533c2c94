package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of hosts and what they run VMs with, as the scheduler knows them, at most a moment old. */
final class HostDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HostDirectory.class);
    private static final Duration FRESH = Duration.ofSeconds(2);

    private record Snapshot(Instant until, Map<UUID, HostView> hosts) {}

    private final Bus bus;
    private final Clock clock;
    private final AtomicReference<Snapshot> latest = new AtomicReference<>(new Snapshot(Instant.MIN, Map.of()));

    HostDirectory(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** For showing: while the scheduler does not answer, what it said last. */
    Map<UUID, HostView> known(Caller caller) {
        Snapshot snapshot = latest.get();
        if (clock.instant().isBefore(snapshot.until())) {
            return snapshot.hosts();
        }
        try {
            List<HostView> asked = ask(caller);
            return asked.stream().collect(Collectors.toMap(HostView::id, Function.identity()));
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            LOG.info("hosts are shown as they were: {}", e.getMessage());
            return snapshot.hosts();
        }
    }

    /** For deciding: the hosts as they are now. */
    List<HostView> ask(Caller caller) {
        List<HostView> hosts =
                bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items();
        latest.set(new Snapshot(
                clock.instant().plus(FRESH),
                hosts.stream().collect(Collectors.toUnmodifiableMap(HostView::id, Function.identity()))));
        return hosts;
    }
}
