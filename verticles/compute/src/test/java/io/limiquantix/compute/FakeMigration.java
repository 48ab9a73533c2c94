package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrivability;
import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.ArrivalApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A second host, to which domains of the world's host can go. */
final class FakeMigration {
    /** How the source answers when it is to send a domain. */
    enum Moving {
        ARRIVES,
        REFUSES,
        /** At work until it is ended. */
        HANGS,
        /** It has left by the time that nobody hears any more of it. */
        ARRIVES_UNHEARD,
        /** The same, and nobody answers in time. */
        TIMES_OUT,
        /** libvirt has not heard the end: paused here, and complete there. */
        IS_CUT,
        /** Complete there, and off here: libvirt was killed while it ended what it had sent. */
        DIES
    }

    final UUID there = Uuid7.next();
    /** Whether the second host is known. */
    volatile boolean joined;

    volatile String version = "0.1.0";
    volatile Moving moving = Moving.ARRIVES;
    volatile List<String> hypervisorObstacles = List.of();
    final Set<UUID> withNumbers = ConcurrentHashMap.newKeySet();
    /** Hosts that do not answer what they have. */
    final Set<UUID> silent = ConcurrentHashMap.newKeySet();

    final Map<UUID, PowerState> domains = new ConcurrentHashMap<>();
    /** What is kept for arrivals, by VM or volume. */
    final Map<UUID, UUID> rooms = new ConcurrentHashMap<>();

    final Set<UUID> arriving = ConcurrentHashMap.newKeySet();
    /** Where volumes ended: those that are at the second host. */
    final Set<UUID> moved = ConcurrentHashMap.newKeySet();

    final Set<UUID> seeds = ConcurrentHashMap.newKeySet();
    final Set<UUID> ready = ConcurrentHashMap.newKeySet();
    /** Whether a domain ever ran twice, or lost what it stood on. */
    volatile boolean broken;

    /** libvirt's reason for what the source says at the end. */
    volatile String endedHow = "";

    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();
    private final List<Bus> buses = new CopyOnWriteArrayList<>();
    private final World world;

    FakeMigration(World world) {
        this.world = world;
    }

    List<HostView> hosts(HostView first) {
        List<HostView> all = new ArrayList<>(List.of(first));
        if (joined) {
            all.add(new HostView(
                    there,
                    "h2",
                    HostView.State.UP,
                    version,
                    first.capabilities(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    first.networks(),
                    null,
                    Instant.EPOCH,
                    Instant.EPOCH));
        }
        return all;
    }

    PoolView pool(PoolView pool) {
        List<PoolView.OnHost> hosts = new ArrayList<>(pool.hosts());
        if (joined) {
            hosts.add(new PoolView.OnHost(there, hosts.getFirst().report(), Instant.EPOCH));
        }
        return new PoolView(
                pool.id(),
                pool.name(),
                pool.driver(),
                pool.settings(),
                pool.secretNames(),
                pool.state(),
                false,
                pool.capacityBytes(),
                pool.freeBytes(),
                hosts,
                0,
                pool.createdAt(),
                1);
    }

    void serve(Bus bus) {
        buses.add(bus);
        serveRoom(bus);
        serveStorage(bus);
        serveSource(bus);
        serveTarget(bus);
    }

    private void serveRoom(Bus bus) {
        bus.serve(SchedulerApi.LOOK_FOR_ROOM, (q, caller) -> new SchedulerApi.ArrivalRoom(null));
        bus.serve(SchedulerApi.RESERVE_ARRIVAL, (q, caller) -> {
            world.effect("reserve arrival", () -> rooms.putIfAbsent(q.vmId(), q.hostId()) == null);
            return new SchedulerApi.Reservation(q.vmId(), q.hostId(), "h2");
        });
        bus.serve(
                SchedulerApi.END_ARRIVAL,
                (q, caller) -> world.nothing("end room", () -> {
                    boolean was = rooms.remove(q.vmId()) != null;
                    if (was && q.arrived()) {
                        world.places.put(q.vmId(), q.hostId());
                    }
                    return was;
                }));
    }

    private void serveStorage(Bus bus) {
        bus.serve(ArrivalApi.BEGIN, (q, caller) -> {
            world.effect("begin arrival", () -> arriving.add(q.volumeId()));
            return new ArrivalApi.Arriving(true, "/there/" + q.volumeId(), "qcow2", world.poolId);
        });
        bus.serve(
                ArrivalApi.END,
                (q, caller) -> world.nothing("end arrival", () -> {
                    boolean was = arriving.remove(q.volumeId());
                    if (was && q.arrived()) {
                        moved.add(q.volumeId());
                    }
                    UUID vm = UUID.fromString(world.volumes.getOrDefault(q.volumeId(), there.toString()));
                    broken |= was && isUsed(vm, q.arrived());
                    return was;
                }));
        bus.serve(HostStorageApi.MAKE_SEED, there, (q, caller) -> {
            world.effect("make seed there", () -> seeds.add(q.vmId()));
            return new HostStorageApi.Seed("/there/seed");
        });
        bus.serve(HostStorageApi.FIND_SEED, there, (q, caller) -> {
            if (!seeds.contains(q.vmId())) {
                throw FailureException.notFound("No pool has it.");
            }
            return new HostStorageApi.Seed("/there/seed");
        });
        bus.serve(
                HostStorageApi.DELETE_SEED,
                there,
                (q, caller) -> world.nothing("delete seed there", () -> seeds.remove(q.vmId())));
    }

    /** The disk that is deleted now must be nobody's; one at a host that is away is deleted later. */
    private boolean isUsed(UUID vm, boolean arrived) {
        return arrived ? world.domains.containsKey(vm) : domains.containsKey(vm) && !silent.contains(there);
    }

    private void serveSource(Bus bus) {
        UUID here = world.hostId;
        bus.serve(
                HostMigrationApi.LOOK_AT_CPU,
                here,
                (q, caller) -> new DomainCpu("<cpu/>", "pc-q35-9.2", "x86_64", "qemu", 11_000_000, 10_000_000));
        bus.serve(HostMigrationApi.MOVE, here, (q, caller) -> move(q));
        bus.serve(
                HostMigrationApi.LOOK_AT_MOVE,
                here,
                (q, caller) -> isHanging(q.vmId())
                        ? new CopyProgress(CopyState.COPYING, 40, new Moved(40, 100L))
                        : new CopyProgress(CopyState.NOT_HERE, 0));
        bus.serve(HostMigrationApi.ABORT, here, (q, caller) -> {
            requireVoice(here);
            world.effect("abort", () -> ended.add(q.vmId()));
            return world.report(q.vmId(), endedHow);
        });
    }

    private boolean isHanging(UUID vmId) {
        return moving == Moving.HANGS && !ended.contains(vmId);
    }

    private DomainReport move(HostMigrationApi.Move order) {
        UUID vm = order.vmId();
        if (!world.domains.containsKey(vm)) {
            return world.report(vm, "");
        }
        if (!ready.contains(order.migrationId())) {
            throw FailureException.notFound("The target does not wait for it.");
        }
        switch (moving) {
            case ARRIVES -> leave(vm);
            case REFUSES ->
                throw FailureException.of(FailureCode.HYPERVISOR, "The processors differ. It goes on where it was.");
            case HANGS -> throw FailureException.of(FailureCode.TIMEOUT, "It is on its way.");
            case ARRIVES_UNHEARD -> {
                leave(vm);
                throw FailureException.of(FailureCode.HYPERVISOR, "libvirt went away.");
            }
            case TIMES_OUT -> {
                leave(vm);
                throw FailureException.of(FailureCode.TIMEOUT, "No answer in time.");
            }
            case DIES -> {
                domains.put(vm, PowerState.PAUSED);
                world.domains.put(vm, PowerState.STOPPED);
                throw FailureException.of(FailureCode.HYPERVISOR, "libvirt went away.");
            }
            case IS_CUT -> {
                domains.put(vm, PowerState.PAUSED);
                world.domains.put(vm, PowerState.PAUSED);
                throw FailureException.of(FailureCode.HYPERVISOR, "The connection was cut.");
            }
        }
        return world.report(vm, "");
    }

    private void leave(UUID vm) {
        world.effect("move", () -> {
            domains.put(vm, PowerState.PAUSED);
            return world.domains.remove(vm) != null;
        });
    }

    private void serveTarget(Bus bus) {
        bus.serve(StatisticsApi.BRING, there, (q, caller) -> {
            world.effect("bring numbers", () -> withNumbers.add(q.vmId()));
            return Nothing.NOTHING;
        });
        bus.serve(
                HostMigrationApi.CAN_ARRIVE,
                there,
                (q, caller) ->
                        new Arrivability(List.copyOf(hypervisorObstacles), List.of("It stands still meanwhile.")));
        bus.serve(HostMigrationApi.PREPARE, there, (q, caller) -> {
            world.effect("prepare", () -> ready.add(q.migrationId()));
            world.specs.put(q.spec().vmId(), q.spec());
            return new Prepared(q.migrationId(), "<domain/>");
        });
        bus.serve(HostMigrationApi.LET_RUN, there, (q, caller) -> {
            requireVoice(there);
            if (!domains.containsKey(q.vmId())) {
                throw FailureException.notFound("It has not arrived.");
            }
            broken |= world.domains.getOrDefault(q.vmId(), PowerState.STOPPED) != PowerState.STOPPED;
            world.effect("let run", () -> domains.put(q.vmId(), PowerState.RUNNING) != PowerState.RUNNING);
            ready.remove(q.migrationId());
            return report(q.vmId());
        });
        bus.serve(HostMigrationApi.FORGET, there, (q, caller) -> {
            requireVoice(there);
            if (domains.get(q.vmId()) == PowerState.RUNNING) {
                throw FailureException.conflict("It runs here.");
            }
            ready.remove(q.migrationId());
            world.effect("forget", () -> domains.remove(q.vmId()) != null);
            return Nothing.NOTHING;
        });
        answer(bus, DomainApi.GET);
        bus.serve(
                DomainApi.OPEN_CONSOLE,
                there,
                (q, caller) -> new StreamTicket("h2", 1, Secret.of(q.kind().name()), "", Instant.now(), null));
    }

    private void answer(Bus bus, HostAddress<DomainApi.Domain, DomainReport> address) {
        bus.serve(address, there, (q, caller) -> {
            requireVoice(there);
            return report(q.vmId());
        });
    }

    private void requireVoice(UUID host) {
        if (silent.contains(host)) {
            throw FailureException.of(FailureCode.UNAVAILABLE, "Nobody is there.");
        }
    }

    /** The second host tells of itself; what arrives there is not in its reports. */
    void publishEverything() {
        HostReport report = new HostReport(
                there,
                "h2",
                version,
                500,
                sequence.incrementAndGet(),
                null,
                null,
                1L << 33,
                0.1,
                List.of(),
                List.of(),
                List.of(),
                null);
        buses.forEach(bus -> bus.publish(HostApi.REPORTED, report));
    }

    /** A domain that arrived, as the second host sees it, whose clock is behind the first one's. */
    DomainReport report(UUID vmId) {
        PowerState state = domains.get(vmId);
        return new DomainReport(
                vmId,
                "lqx-" + vmId,
                state == null ? PowerState.UNKNOWN : state,
                "",
                state != null,
                true,
                null,
                500,
                sequence.incrementAndGet());
    }
}
