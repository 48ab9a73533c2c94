package io.limiquantix.scheduler;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;

/** Answers {@link SchedulerApi}. */
final class SchedulerHandlers {
    private final Database database;
    private final HostStore hosts;
    private final Reservations reservations;
    private final Arrivals arrivals;

    SchedulerHandlers(Database database, HostStore hosts, Reservations reservations) {
        this.database = database;
        this.hosts = hosts;
        this.reservations = reservations;
        this.arrivals = new Arrivals(database, hosts, reservations);
    }

    void serve(Bus bus) {
        bus.serve(SchedulerApi.RESERVE, (request, caller) -> reservations.reserve(request));
        bus.serve(SchedulerApi.RESIZE, (request, caller) -> {
            reservations.resize(request);
            return Nothing.NOTHING;
        });
        bus.serve(SchedulerApi.RELEASE, (request, caller) -> {
            reservations.release(request.vmId());
            return Nothing.NOTHING;
        });
        bus.serve(SchedulerApi.RESERVE_ARRIVAL, (request, caller) -> arrivals.reserve(request));
        bus.serve(SchedulerApi.LOOK_FOR_ROOM, (request, caller) -> arrivals.look(request));
        bus.serve(SchedulerApi.END_ARRIVAL, (request, caller) -> {
            arrivals.end(request);
            return Nothing.NOTHING;
        });
        bus.serve(
                SchedulerApi.LIST_PLACED,
                (request, caller) -> new SchedulerApi.Placed(
                        reservations.heldFor(Duration.ofSeconds(request.heldSeconds()), request.after())));
        bus.serve(
                SchedulerApi.LIST_HOSTS,
                (request, caller) -> new SchedulerApi.Hosts(database.transaction(hosts::all).stream()
                        .map(KnownHost::view)
                        .toList()));
        bus.serve(
                SchedulerApi.GET_HOST, (request, caller) -> database.transaction(tx -> hosts.get(tx, request.hostId()))
                        .view());
    }
}
