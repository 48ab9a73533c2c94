package io.limiquantix.scheduler;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.scheduler.SchedulerApi.ArrivalRoom;
import io.limiquantix.bus.scheduler.SchedulerApi.EndArrival;
import io.limiquantix.bus.scheduler.SchedulerApi.Reservation;
import io.limiquantix.bus.scheduler.SchedulerApi.Reserve;
import io.limiquantix.bus.scheduler.SchedulerApi.ReserveArrival;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.scheduler.placement.Decision;
import io.limiquantix.scheduler.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Room on hosts to which VMs are on their way: a VM has it beside its own until it is known where it ends. */
final class Arrivals {
    private final Database database;
    private final HostStore hosts;
    private final Reservations reservations;

    Arrivals(Database database, HostStore hosts, Reservations reservations) {
        this.database = database;
        this.hosts = hosts;
        this.reservations = reservations;
    }

    /** As much as the VM has now. */
    Reservation reserve(ReserveArrival request) {
        return database.transaction(tx -> {
            hosts.lock(tx, request.hostId());
            KnownHost host = hosts.get(tx, request.hostId());
            Optional<UUID> before = arrivesAt(tx, request.vmId());
            if (before.isEmpty()) {
                take(tx, request, host);
            } else if (!before.get().equals(request.hostId())) {
                throw FailureException.conflict("The VM is on its way to another host already.");
            }
            return new Reservation(request.vmId(), host.id(), host.name());
        });
    }

    private static Optional<UUID> arrivesAt(Transaction tx, UUID vmId) {
        return tx.queryOne("select host_id from scheduler.arrivals where vm_id = $1", row -> row.uuid("host_id"), vmId);
    }

    private void take(Transaction tx, ReserveArrival request, KnownHost host) {
        Reserve wish = wish(tx, request);
        String problem = problem(wish, host);
        if (problem != null) {
            throw FailureException.of(FailureCode.NO_CAPACITY, problem);
        }
        tx.update(
                "insert into scheduler.arrivals (vm_id, host_id, vcpus, memory_bytes) values ($1, $2, $3, $4)",
                request.vmId(),
                host.id(),
                wish.vcpus(),
                wish.memoryBytes());
        tx.changed("host", host.id(), Change.CHANGED);
    }

    private static Reserve wish(Transaction tx, ReserveArrival request) {
        return tx.queryOne(
                        "select vcpus, memory_bytes from scheduler.reservations where vm_id = $1 for update",
                        row -> new Reserve(
                                request.vmId(),
                                (int) row.number("vcpus"),
                                row.number("memory_bytes"),
                                request.networks(),
                                request.hostId(),
                                null),
                        request.vmId())
                .orElseThrow(() ->
                        FailureException.notFound("No room is kept for the VM " + request.vmId() + " on any host."));
    }

    private @Nullable String problem(Reserve wish, KnownHost host) {
        return Placement.decide(wish, List.of(reservations.candidate(host))) instanceof Decision.Refused refused
                ? refused.message()
                : null;
    }

    /** Whether there would be room now. */
    ArrivalRoom look(ReserveArrival request) {
        return database.transaction(tx -> new ArrivalRoom(problem(wish(tx, request), hosts.get(tx, request.hostId()))));
    }

    void end(EndArrival request) {
        database.run(tx -> {
            int ended = tx.update(
                    "delete from scheduler.arrivals where vm_id = $1 and host_id = $2",
                    request.vmId(),
                    request.hostId());
            if (ended == 1) {
                tx.changed("host", request.hostId(), Change.CHANGED);
            }
            if (ended == 1 && request.arrived()) {
                moveTo(tx, request.vmId(), request.hostId());
            }
        });
    }

    private static void moveTo(Transaction tx, UUID vmId, UUID hostId) {
        tx.queryOne(
                        "update scheduler.reservations r set host_id = $2 from"
                                + " (select vm_id, host_id from scheduler.reservations where vm_id = $1 for update) b"
                                + " where r.vm_id = b.vm_id returning b.host_id as left_host",
                        row -> row.uuid("left_host"),
                        vmId,
                        hostId)
                .ifPresent(left -> tx.changed("host", left, Change.CHANGED));
    }
}
