package io.limiquantix.scheduler;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.scheduler.SchedulerApi.Reservation;
import io.limiquantix.bus.scheduler.SchedulerApi.Reserve;
import io.limiquantix.bus.scheduler.SchedulerApi.Resize;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.scheduler.placement.Candidate;
import io.limiquantix.scheduler.placement.Decision;
import io.limiquantix.scheduler.placement.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Room that is kept for VMs. Several control planes may reserve at once: the host's row lock decides who was first. */
final class Reservations {
    private static final int MOST_ATTEMPTS = 100;
    private static final int PAGE = 1_000;
    private static final double GIB = 1L << 30;

    private final Database database;
    private final HostStore hosts;
    private final SchedulerConfig config;

    Reservations(Database database, HostStore hosts, SchedulerConfig config) {
        this.database = database;
        this.hosts = hosts;
        this.config = config;
    }

    /** Finds a host and keeps room there; a VM that has a place already keeps it. */
    Reservation reserve(Reserve request) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<Reservation> made = database.transaction(tx -> attempt(tx, request));
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw FailureException.of(
                FailureCode.NO_CAPACITY, "Others were faster each time a host was chosen; try again in a moment.");
    }

    /** Empty when somebody else took the room between the look at all hosts and the lock on the chosen one. */
    private Optional<Reservation> attempt(Transaction tx, Reserve request) {
        Optional<Reservation> before = existing(tx, request.vmId());
        if (before.isPresent()) {
            return before;
        }
        Decision decision = Placement.decide(
                request, hosts.all(tx).stream().map(this::candidate).toList());
        return switch (decision) {
            case Decision.Refused refused -> throw FailureException.of(FailureCode.NO_CAPACITY, refused.message());
            case Decision.Chosen chosen -> take(tx, request, chosen);
        };
    }

    private Optional<Reservation> take(Transaction tx, Reserve request, Decision.Chosen chosen) {
        hosts.lock(tx, chosen.hostId());
        Candidate now = candidate(hosts.get(tx, chosen.hostId()));
        if (Placement.decide(request, List.of(now)) instanceof Decision.Refused) {
            return Optional.empty();
        }
        int made = tx.update(
                "insert into scheduler.reservations (vm_id, host_id, vcpus, memory_bytes) values ($1, $2, $3, $4)"
                        + " on conflict (vm_id) do nothing",
                request.vmId(),
                chosen.hostId(),
                request.vcpus(),
                request.memoryBytes());
        if (made == 0) {
            return Optional.empty();
        }
        tx.changed("host", chosen.hostId(), Change.CHANGED);
        return Optional.of(new Reservation(request.vmId(), chosen.hostId(), chosen.hostName()));
    }

    private static Optional<Reservation> existing(Transaction tx, UUID vmId) {
        return tx.queryOne(
                "select r.vm_id, r.host_id, h.name from scheduler.reservations r"
                        + " join scheduler.hosts h on h.id = r.host_id where r.vm_id = $1",
                row -> new Reservation(row.uuid("vm_id"), row.uuid("host_id"), row.text("name")),
                vmId);
    }

    /** Makes the room of a VM so large; more is refused where the host has not so much left. */
    void resize(Resize request) {
        database.run(tx -> {
            Room before = room(tx, request.vmId());
            hosts.lock(tx, before.hostId());
            // Others may have changed it before the lock was there.
            Room now = room(tx, request.vmId());
            refuseOverload(candidate(hosts.get(tx, now.hostId())), now, request);
            tx.update(
                    "update scheduler.reservations set vcpus = $2, memory_bytes = $3 where vm_id = $1",
                    request.vmId(),
                    request.vcpus(),
                    request.memoryBytes());
            tx.changed("host", now.hostId(), Change.CHANGED);
        });
    }

    private record Room(UUID hostId, int vcpus, long memoryBytes) {}

    private static Room room(Transaction tx, UUID vmId) {
        return tx.queryOne(
                        "select host_id, vcpus, memory_bytes from scheduler.reservations where vm_id = $1",
                        row -> new Room(row.uuid("host_id"), (int) row.number("vcpus"), row.number("memory_bytes")),
                        vmId)
                .orElseThrow(() -> FailureException.notFound("No room is kept for the VM " + vmId + " on any host."));
    }

    private static void refuseOverload(Candidate host, Room now, Resize wish) {
        long moreMemory = wish.memoryBytes() - now.memoryBytes();
        if (moreMemory > 0 && moreMemory > host.memoryLeft()) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The host %s has %.1f GiB of memory left for VMs, and %.1f GiB more are asked for. Ask for less, or delete or shrink VMs there."
                            .formatted(host.name(), host.memoryLeft() / GIB, moreMemory / GIB));
        }
        long moreVcpus = (long) wish.vcpus() - now.vcpus();
        if (moreVcpus > 0 && moreVcpus > host.vcpusLeft()) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The host %s has %d vCPUs left for VMs, and %d more are asked for. Ask for fewer, or delete or shrink VMs there."
                            .formatted(host.name(), host.vcpusLeft(), moreVcpus));
        }
    }

    /** Gives the room back; nothing happens when there is none. */
    void release(UUID vmId) {
        database.run(tx -> tx.queryOne(
                        "delete from scheduler.reservations where vm_id = $1 returning host_id",
                        row -> row.uuid("host_id"),
                        vmId)
                .ifPresent(hostId -> tx.changed("host", hostId, Change.CHANGED)));
    }

    /** A page of the VMs that have had a place for so long, by id. */
    List<UUID> heldFor(Duration duration, @Nullable UUID after) {
        return database.query(
                "select vm_id from scheduler.reservations where made_at <= now() - make_interval(secs => $1)"
                        + " and ($2::uuid is null or vm_id > $2) order by vm_id limit $3",
                row -> row.uuid("vm_id"),
                (double) duration.toSeconds(),
                after,
                PAGE);
    }

    /** The host as one on which something could be placed. */
    Candidate candidate(KnownHost host) {
        HostCapabilities able = host.facts().capabilities();
        return new Candidate(
                host.id(),
                host.name(),
                host.state(),
                host.problem(),
                able == null ? 0 : config.vcpusOf(able.cpuCores()),
                host.reservedVcpus(),
                able == null ? 0 : config.memoryOf(able.memoryBytes()),
                host.reservedMemoryBytes(),
                host.facts().networks().stream()
                        .filter(NetworkReport::active)
                        .map(NetworkReport::name)
                        .collect(Collectors.toSet()));
    }
}
