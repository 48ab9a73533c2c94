package io.limiquantix.scheduler;

import io.limiquantix.bus.host.HostApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.time.Chore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;

/** Knows the hosts and places VMs on them. */
public final class SchedulerVerticle extends VerticleBase {
    private static final Duration WATCH = Duration.ofSeconds(5);

    private final ControlPlane plane;
    private Optional<Chore> watching = Optional.empty();

    public SchedulerVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        HostStore hosts = new HostStore();
        HostReports reports = new HostReports(database, hosts);
        HostWatch watch = new HostWatch(database, hosts, reports, bus);
        SchedulerConfig config = plane.platform().configuration().section("scheduler", SchedulerConfig.class);
        bus.subscribe(HostApi.REPORTED, reports::accept);
        new SchedulerHandlers(database, hosts, new Reservations(database, hosts, config)).serve(bus);
        Thread.ofVirtual().name("hosts-catch-up").start(watch::catchUp);
        watching = Optional.of(Chore.every(WATCH, "host-watch", watch::round));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        watching.ifPresent(Chore::close);
        return Future.succeededFuture();
    }
}
