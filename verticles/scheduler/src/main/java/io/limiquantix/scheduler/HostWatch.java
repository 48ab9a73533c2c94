package io.limiquantix.scheduler;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices hosts that fall silent. Events may be lost, so a late host is asked before it is called anything. */
final class HostWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Database database;
    private final HostStore hosts;
    private final HostReports reports;
    private final Bus bus;

    HostWatch(Database database, HostStore hosts, HostReports reports, Bus bus) {
        this.database = database;
        this.hosts = hosts;
        this.reports = reports;
        this.bus = bus;
    }

    /** To be called when this process begins to listen: asks every known host how it is. */
    void catchUp() {
        askAll(database.transaction(hosts::silences));
    }

    void round() {
        askAll(late());
        for (HostStore.Silence silence : late()) {
            database.run(tx -> hosts.mark(tx, silence.id(), Liveness.after(silence.duration()), silence.duration()));
        }
    }

    private List<HostStore.Silence> late() {
        return database.transaction(hosts::silences).stream()
                .filter(silence -> silence.duration().compareTo(Liveness.LATE) >= 0)
                .toList();
    }

    private void askAll(List<HostStore.Silence> silent) {
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            silent.forEach(silence -> askers.execute(() -> ask(silence.id())));
        }
    }

    private void ask(UUID hostId) {
        try {
            reports.accept(bus.request(
                    HostApi.DESCRIBE.at(hostId), Nothing.NOTHING, Caller.of(Actor.platform("scheduler"), ANSWER)));
        } catch (FailureException e) {
            LOG.debug("host {} does not describe itself: {}", hostId, e.getMessage());
        }
    }
}
