package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One host with its pool and image, and the other verticles, as compute sees them; several control planes share it. */
final class World {
    static final long IMAGE_BYTES = 2L << 30;
    final UUID hostId = Uuid7.next();
    final UUID poolId = Uuid7.next();
    final UUID imageId = Uuid7.next();
    final UUID isoId = Uuid7.next();
    /** What machines the host can make. */
    volatile @Nullable MachineOffers offers =
            new MachineOffers(true, true, true, List.of("host-model", "x86-64-v2"), List.of("i6300esb"));

    volatile ImageView.State imageState = ImageView.State.READY;
    final Map<UUID, PowerState> domains = new ConcurrentHashMap<>();
    final Map<UUID, DomainSpec> specs = new ConcurrentHashMap<>();
    final Map<UUID, String> volumes = new ConcurrentHashMap<>();
    final Map<UUID, HostStorageApi.MakeSeed> seeds = new ConcurrentHashMap<>();
    /** The volumes that domains got later. */
    final Set<UUID> attached = ConcurrentHashMap.newKeySet();

    final Map<UUID, UUID> places = new ConcurrentHashMap<>();
    /** What room was asked for last for VMs that were edited. */
    final Map<UUID, SchedulerApi.Resize> rooms = new ConcurrentHashMap<>();
    /** How domains were edited last. */
    final Map<UUID, DomainApi.EditDomain> edits = new ConcurrentHashMap<>();

    final Map<UUID, DomainApi.EditDisk> diskEdits = new ConcurrentHashMap<>();
    /** What is in drives. */
    final Map<UUID, DomainApi.ChangeMedium> media = new ConcurrentHashMap<>();
    /** How large volumes were made, by tasks of this id. */
    final Map<UUID, StorageApi.ResizeVolume> grown = new ConcurrentHashMap<>();
    /** What is pending for edited domains. */
    volatile List<PendingChange> pending = List.of();
    /** What was really done, in order; a repeat that changes nothing is not in here. */
    final List<String> effects = new CopyOnWriteArrayList<>();
    /** The effects that changed what domains do, with the domain. */
    final List<String> moves = new CopyOnWriteArrayList<>();
    /** Requests that are refused, by the name of their effect. */
    final Map<String, FailureException> refusals = new ConcurrentHashMap<>();
    /** Who is told when an effect has happened and is not answered yet. */
    volatile Consumer<String> afterEffect = effect -> {};

    /** What images were to be somewhere. */
    final List<ImagesApi.ImageAt> brought = new CopyOnWriteArrayList<>();
    /** The task that copies the image to where it is to be, while there is one. */
    final AtomicReference<@Nullable TaskRef> copying = new AtomicReference<>();

    /** What domains say they are made from; absent ones say nothing. */
    final Map<UUID, String> digests = new ConcurrentHashMap<>();

    final List<DomainApi.Describe> described = new CopyOnWriteArrayList<>();

    /** What stands for tasks of the storage. */
    volatile UUID anyEndedTask = Uuid7.next();

    final FakeNetworks networks = new FakeNetworks(this);
    final FakeSuspension suspension = new FakeSuspension(this);
    final FakeSnapshots snapshots = new FakeSnapshots(this);
    final FakeStrangers strangers = new FakeStrangers(this);
    final FakeCopies copies = new FakeCopies(this);
    final FakeMigration migration = new FakeMigration(this);
    final FakeDiskMoves diskMoves = new FakeDiskMoves(this);

    volatile boolean guestsObey = true;
    /** Which boot of the host's machine this is. */
    volatile @Nullable String bootId = "first";
    /** Whether the host answers when it is asked how it is. */
    volatile boolean describesItself;

    volatile boolean agentAnswers = true;
    /** What the host remembers to have answered, in place of a fresh look. */
    volatile @Nullable DomainReport remembered;

    private volatile long processStart = 1_000;
    private final AtomicLong sequence = new AtomicLong();
    private final List<Bus> buses = new CopyOnWriteArrayList<>();

    void serve(Bus bus) {
        buses.add(bus);
        serveOthers(bus);
        serveStorage(bus);
        snapshots.serve(bus);
        copies.serve(bus);
        migration.serve(bus);
        diskMoves.serve(bus);
        serveDomains(bus);
    }

    void leave(Bus bus) {
        buses.remove(bus);
    }

    private void serveOthers(Bus bus) {
        bus.serve(
                SchedulerApi.LIST_HOSTS,
                (q, caller) -> new SchedulerApi.Hosts(migration.hosts(FakeViews.host(hostId, offers, places.size()))));
        bus.serve(SchedulerApi.RESERVE, (q, caller) -> {
            effect("reserve", () -> places.putIfAbsent(q.vmId(), hostId) == null);
            return new SchedulerApi.Reservation(q.vmId(), hostId, "h1");
        });
        bus.serve(SchedulerApi.RESIZE, (q, caller) -> nothing("resize", () -> !q.equals(rooms.put(q.vmId(), q))));
        bus.serve(SchedulerApi.RELEASE, (q, caller) -> nothing("release", () -> places.remove(q.vmId()) != null));
        bus.serve(
                SchedulerApi.LIST_PLACED,
                (q, caller) -> new SchedulerApi.Placed(places.keySet().stream()
                        .filter(id -> q.after() == null || id.compareTo(q.after()) > 0)
                        .sorted()
                        .toList()));
        bus.serve(ImagesApi.GET, (q, caller) -> {
            if (q.imageId().equals(isoId)) {
                return FakeViews.image(isoId, "installer", "iso", imageState, here());
            }
            if (!q.imageId().equals(imageId)) {
                throw FailureException.notFound("There is no such image.");
            }
            return FakeViews.image(imageId, "debian", "qcow2", imageState, here());
        });
        bus.serve(ImagesApi.BRING, (q, caller) -> {
            if (!caller.actor().seesAll()) {
                throw FailureException.notFound("There is no image " + q.imageId() + ": it is another user's.");
            }
            FailureException refusal = refusals.get("bring");
            if (refusal != null) {
                throw refusal;
            }
            brought.add(q);
            return new ImagesApi.Brought(copying.get());
        });
        bus.serve(
                StorageApi.LIST_POOLS,
                (q, caller) -> new StorageApi.Pools(diskMoves.pools(migration.pool(FakeViews.pool(poolId, hostId)))));
        bus.serve(GuestApi.ASK, (q, caller) -> guest(q.vmId()));
    }

    private void serveStorage(Bus bus) {
        bus.serve(StorageApi.PROVISION_VOLUME, (q, caller) -> {
            effect("make volume", () -> volumes.putIfAbsent(q.volumeId(), String.valueOf(q.vmId())) == null);
            copies.origins.put(q.volumeId(), q.origin());
            return FakeViews.volume(q);
        });
        bus.serve(
                StorageApi.DISCARD_VOLUME,
                (q, caller) -> nothing("discard volume", () -> volumes.remove(q.volumeId()) != null));
        bus.serve(
                StorageApi.RELEASE_VOLUME,
                (q, caller) -> nothing("release volume", () -> release(q.volumeId(), q.vmId())));
        bus.serve(StorageApi.GET_VOLUME, (q, caller) -> {
            String owner = volumes.get(q.volumeId());
            if (owner == null) {
                throw FailureException.notFound("There is no such volume.");
            }
            UUID user = owner.equals("nobody") ? null : UUID.fromString(owner);
            return copies.view(q.volumeId(), user);
        });
        bus.serve(StorageApi.RESIZE_VOLUME, (q, caller) -> {
            effect("grow volume", () -> grown.putIfAbsent(caller.operationId(), q) == null);
            // As a task that has ended by the time that somebody looks: the creation of the VM.
            return new TaskRef(anyEndedTask, q.volumeId());
        });
        bus.serve(StorageApi.ATTACH_VOLUME, (q, caller) -> {
            effect("give volume", () -> give(q.volumeId(), q.vmId()));
            return FakeViews.volume(
                    StorageApi.ProvisionVolume.ofImage(q.volumeId(), poolId, hostId, "data", 1L << 30, null, q.vmId()));
        });
        bus.serve(HostStorageApi.MAKE_SEED, hostId, (q, caller) -> {
            effect("make seed", () -> seeds.put(q.vmId(), q) == null);
            return new HostStorageApi.Seed("/seeds/" + q.vmId());
        });
        bus.serve(
                HostStorageApi.DELETE_SEED,
                hostId,
                (q, caller) -> nothing("delete seed", () -> seeds.remove(q.vmId()) != null));
    }

    /** A volume that no VM has. */
    UUID freeVolume() {
        UUID volume = Uuid7.next();
        volumes.put(volume, "nobody");
        return volume;
    }

    private boolean release(UUID volumeId, UUID vmId) {
        return volumes.replace(volumeId, vmId.toString(), "nobody");
    }

    private boolean give(UUID volumeId, UUID vmId) {
        String owner = volumes.get(volumeId);
        if (!"nobody".equals(owner) && !vmId.toString().equals(owner)) {
            throw FailureException.conflict("The volume belongs to another VM already.");
        }
        return volumes.replace(volumeId, "nobody", vmId.toString());
    }

    private void serveDisks(Bus bus) {
        bus.serve(DomainApi.ATTACH_DISK, hostId, (q, caller) -> {
            effect("attach disk", () -> attached.add(q.disk().volumeId()));
            return new DomainApi.AttachedDisk("vdz");
        });
        bus.serve(
                DomainApi.DETACH_DISK,
                hostId,
                (q, caller) -> nothing("detach disk", () -> attached.remove(q.volumeId())));
    }

    private void serveDomains(Bus bus) {
        serveDisks(bus);
        bus.serve(SchedulerApi.GET_HOST, (q, caller) -> FakeViews.host(hostId, offers, places.size()));
        networks.serve(bus);
        bus.serve(DomainApi.DEFINE, hostId, (q, caller) -> {
            specs.put(q.spec().vmId(), q.spec());
            effect("define", () -> domains.putIfAbsent(q.spec().vmId(), PowerState.STOPPED) == null);
            return report(q.spec().vmId(), "");
        });
        bus.serve(DomainApi.EDIT, hostId, (q, caller) -> {
            effect("edit", () -> !q.equals(edits.put(q.vmId(), q)));
            return report(q.vmId(), "");
        });
        bus.serve(DomainApi.EDIT_DISK, hostId, (q, caller) -> {
            effect("edit disk", () -> !q.equals(diskEdits.put(q.volumeId(), q)));
            return report(q.vmId(), "");
        });
        bus.serve(DomainApi.CHANGE_MEDIUM, hostId, (q, caller) -> {
            effect("change medium", () -> !q.equals(media.put(q.vmId(), q)));
            return report(q.vmId(), "");
        });
        bus.serve(DomainApi.DESCRIBE, hostId, (q, caller) -> {
            described.add(q);
            return report(q.vmId(), "");
        });
        move(bus, DomainApi.START, "start", PowerState.RUNNING);
        move(bus, DomainApi.FORCE_STOP, "force stop", PowerState.STOPPED);
        move(bus, DomainApi.PAUSE, "pause", PowerState.PAUSED);
        move(bus, DomainApi.RESUME, "resume", PowerState.RUNNING);
        bus.serve(HostApi.DESCRIBE, hostId, (q, caller) -> {
            if (!describesItself) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "Nobody is there.");
            }
            return everything(null);
        });
        move(bus, DomainApi.DISCARD_STATE, "discard state", PowerState.STOPPED);
        suspension.serve(bus);
        strangers.serve(bus);
        move(bus, DomainApi.REBOOT, "reboot", null);
        move(bus, DomainApi.RESET, "reset", null);
        bus.serve(DomainApi.SHUT_DOWN, hostId, (q, caller) -> {
            effects.add("ask to shut down");
            if (domains.get(q.vmId()) == PowerState.RUNNING) {
                become(q.vmId(), guestsObey ? PowerState.STOPPED : PowerState.STOPPING, "shutdown");
            }
            return report(q.vmId(), "");
        });
        bus.serve(DomainApi.UNDEFINE, hostId, (q, caller) -> {
            effect("undefine", () -> domains.remove(q.vmId()) != null);
            return report(q.vmId(), "");
        });
        bus.serve(DomainApi.READ_DEFINITION, hostId, (q, caller) -> definition(q.vmId()));
        bus.serve(DomainApi.GET, hostId, (q, caller) -> report(q.vmId(), ""));
        bus.serve(
                DomainApi.OPEN_CONSOLE,
                hostId,
                (q, caller) -> new StreamTicket("h1", 1, Secret.of(q.kind().name()), "", Instant.now(), null));
    }

    private DomainApi.Definition definition(UUID vmId) {
        PowerState state = domains.get(vmId);
        if (state == null) {
            throw FailureException.notFound("libvirt has no domain with the id " + vmId + ".");
        }
        return new DomainApi.Definition(state == PowerState.RUNNING ? "<live/>" : null, "<defined/>", Instant.EPOCH);
    }

    private boolean isMoved(UUID vmId, String name, PowerState to) {
        boolean moved = domains.replace(vmId, to) != to;
        if (moved) {
            moves.add(name + " " + vmId);
        }
        return moved;
    }

    private void move(
            Bus bus, HostAddress<DomainApi.Domain, DomainReport> address, String name, @Nullable PowerState to) {
        bus.serve(address, hostId, (q, caller) -> {
            effect(name, () -> to == null || isMoved(q.vmId(), name, to));
            DomainReport old = remembered;
            return old == null ? report(q.vmId(), name) : old;
        });
    }

    /** The host's process ends and another begins, at this time of its clock. */
    void restart(long start) {
        processStart = start;
        sequence.set(0);
    }

    /** Something happens to the domain without anybody asking compute. */
    void become(UUID vmId, PowerState state, String reason) {
        domains.replace(vmId, state);
        publish(report(vmId, reason));
    }

    void publish(DomainReport report) {
        var event = new HostApi.DomainChanged(hostId, report);
        buses.forEach(bus -> bus.publish(HostApi.DOMAIN_CHANGED, event));
    }

    DomainReport report(UUID vmId, String reason) {
        // As a host does: whoever has the greater number has looked later.
        long number = sequence.incrementAndGet();
        PowerState state = domains.get(vmId);
        return new DomainReport(
                vmId,
                "lqx-" + vmId,
                state == null ? PowerState.UNKNOWN : state,
                reason,
                state != null,
                agentAnswers,
                digests.get(vmId),
                edits.containsKey(vmId) ? pending : List.of(),
                processStart,
                number);
    }

    void publishEverything(@Nullable String problem) {
        HostReport report = everything(problem);
        buses.forEach(bus -> bus.publish(HostApi.REPORTED, report));
    }

    HostReport everything(@Nullable String problem) {
        long number = sequence.incrementAndGet();
        return new HostReport(
                hostId,
                "h1",
                "0.1.0",
                processStart,
                number,
                FakeViews.host(hostId, offers, places.size()).capabilities(),
                problem,
                1L << 33,
                0.1,
                domains.keySet().stream().map(id -> report(id, "listed")).toList(),
                List.of(),
                networks.reported(),
                bootId);
    }

    GuestReport guest(UUID vmId) {
        return new GuestReport(
                vmId,
                agentAnswers,
                "8.2",
                "guest",
                "Debian",
                List.of(new GuestReport.Address("52:54:00:00:00:01", "192.0.2.7", 24, "agent")));
    }

    private ImageView.Copy here() {
        return new ImageView.Copy(poolId, hostId);
    }

    void effect(String name, BooleanSupplier change) {
        FailureException refusal = refusals.get(name);
        if (refusal != null) {
            throw refusal;
        }
        if (change.getAsBoolean()) {
            effects.add(name);
        }
        afterEffect.accept(name);
    }

    Nothing nothing(String name, BooleanSupplier change) {
        effect(name, change);
        return Nothing.NOTHING;
    }
}
