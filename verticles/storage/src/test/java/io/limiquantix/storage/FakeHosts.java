package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Two hosts as storage sees them, with a journal as real ones have; several control planes share them. */
final class FakeHosts {
    static final long CAPACITY = 1L << 40;
    final UUID one = Uuid7.next();
    final UUID two = Uuid7.next();
    /** The pools that are open, by host. */
    final Map<UUID, Set<UUID>> pools = Map.of(one, ConcurrentHashMap.newKeySet(), two, ConcurrentHashMap.newKeySet());

    final Map<UUID, Long> volumes = new ConcurrentHashMap<>();
    private final Map<UUID, String> formats = new ConcurrentHashMap<>();
    /** What volumes were made as; a repeat is not in here. */
    final List<HostStorageApi.CreateVolume> creations = new CopyOnWriteArrayList<>();
    /** What was deleted, whether it was there or not. */
    final List<HostStorageApi.DeleteVolume> deletions = new CopyOnWriteArrayList<>();
    /** Where pools have their volumes, other than in the usual place. */
    final Map<UUID, String> folders = new ConcurrentHashMap<>();
    /** Volumes that a running virtual machine has. */
    final Set<UUID> busyVolumes = ConcurrentHashMap.newKeySet();

    /** Their sizes. */
    final Map<UUID, Long> snapshots = new ConcurrentHashMap<>();
    /** Snapshots on which a volume depends. */
    final Set<UUID> neededSnapshots = ConcurrentHashMap.newKeySet();
    /** The hosts on which VMs are. */
    final Map<UUID, UUID> vms = new ConcurrentHashMap<>();
    /** Those of them that are templates. */
    final Set<UUID> templates = ConcurrentHashMap.newKeySet();
    /** What VMs are, where a test says more than where they are. */
    final Map<UUID, VmView> machines = new ConcurrentHashMap<>();
    /** What somebody made by hand, in every pool. */
    final Set<String> byHand = ConcurrentHashMap.newKeySet();

    final Set<UUID> poolsWithImages = ConcurrentHashMap.newKeySet();
    /** What was really done, in order; a repeat that changes nothing is not in here. */
    final List<String> effects = new CopyOnWriteArrayList<>();
    /** Pools that both hosts see, with raw volumes. */
    final Set<UUID> shared = ConcurrentHashMap.newKeySet();

    final FakeCopies copies = new FakeCopies(this);
    final FakeTransfers transfers = new FakeTransfers(this);

    /** The secrets that the last opening of a pool came with. */
    final Map<UUID, Map<String, Secret>> secrets = new ConcurrentHashMap<>();
    /** By which definition each host uses a pool. */
    private final Map<String, HostStorageApi.OpenPool> definitions = new ConcurrentHashMap<>();

    /** Hosts that do not answer, as the scheduler has it. */
    final Set<UUID> down = ConcurrentHashMap.newKeySet();
    /** Images, and where their bytes are. */
    final List<ImageView> images = new CopyOnWriteArrayList<>();
    /** The task that copies images, while one does. */
    final AtomicReference<@Nullable TaskRef> copying = new AtomicReference<>();
    /** How much of every pool is free. */
    volatile int freePercent = 50;
    /** Whether the pools that are opened from here on are shared. */
    volatile boolean sharing;

    /** Requests are called for instance {@code open pool 2}. */
    final Faults faults = new Faults();

    private final AtomicLong sequence = new AtomicLong();
    private final List<Bus> buses = new CopyOnWriteArrayList<>();

    /** What volumes have of snapshots, where a test says it. */
    final Map<UUID, SnapshotTreeApi.Tree> trees = new ConcurrentHashMap<>();

    void serve(Bus bus) {
        buses.add(bus);
        bus.serve(SchedulerApi.LIST_HOSTS, (q, caller) -> new SchedulerApi.Hosts(List.of(view(one), view(two))));
        bus.serve(ImagesApi.LIST, (q, caller) -> new ImagesApi.Images(images, null));
        bus.serve(ImagesApi.GET, (q, caller) -> images.stream()
                .filter(image -> image.id().equals(q.imageId()))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("There is no image " + q.imageId() + ".")));
        bus.serve(ImagesApi.BRING, (q, caller) -> {
            effects.add("bring image");
            return new ImagesApi.Brought(copying.get());
        });
        bus.serve(ComputeApi.GET, (q, caller) -> vm(q.vmId()));
        for (UUID host : List.of(one, two)) {
            serve(bus, host);
        }
    }

    private HostView view(UUID host) {
        return FakeViews.host(host, host.equals(one) ? "h1" : "h2", down.contains(host));
    }

    private void use(UUID host, HostStorageApi.OpenPool pool) {
        definitions.put(host + " " + pool.poolId(), pool);
        secrets.put(pool.poolId(), pool.secrets());
    }

    /** What the host was told of the pool last. */
    HostStorageApi.@Nullable OpenPool used(UUID host, UUID pool) {
        return definitions.get(host + " " + pool);
    }

    void leave(Bus bus) {
        buses.remove(bus);
    }

    private void serve(Bus bus, UUID host) {
        perform(bus, host, HostStorageApi.OPEN_POOL, "open pool", (name, q) -> {
            note(name, pools(host).add(q.poolId()));
            use(host, q);
            if (sharing) {
                shared.add(q.poolId());
            }
            return pool(host, q.poolId(), null);
        });
        perform(bus, host, HostStorageApi.CHANGE_POOL, "change pool", (name, q) -> {
            boolean other = pools(host).add(q.pool().poolId())
                    || !q.pool().equals(used(host, q.pool().poolId()));
            use(host, q.pool());
            note(name, other);
            return pool(host, q.pool().poolId(), null);
        });
        perform(bus, host, HostStorageApi.CLOSE_POOL, "leave pool", (name, q) -> {
            note(name, pools(host).remove(q.poolId()));
            return Nothing.NOTHING;
        });
        perform(bus, host, HostStorageApi.RELEASE_POOL, "close pool", (name, q) -> {
            if (poolsWithImages.contains(q.poolId())) {
                throw FailureException.conflict("The pool still holds images.");
            }
            note(name, pools(host).remove(q.poolId()));
            return Nothing.NOTHING;
        });
        perform(bus, host, HostStorageApi.CREATE_VOLUME, "create volume", (name, q) -> {
            creations.add(q);
            VolumeReport made = makeVolume(name, q.volumeId(), q.format(), q.sizeBytes());
            String folder = folders.get(q.poolId());
            return folder == null ? made : volumeIn(q.volumeId(), folder + "/" + q.volumeId());
        });
        perform(bus, host, HostStorageApi.RESIZE_VOLUME, "resize volume", (name, q) -> {
            note(name, !Long.valueOf(q.sizeBytes()).equals(volumes.put(q.volumeId(), q.sizeBytes())));
            return volume(q.volumeId());
        });
        perform(bus, host, HostStorageApi.MAKE_INDEPENDENT, "make independent", (name, q) -> {
            note(name, true);
            return volume(q.volumeId());
        });
        serveSnapshots(bus, host);
        copies.serve(bus, host);
        transfers.serve(bus, host);
        serveUnmanaged(bus, host);
        perform(bus, host, HostStorageApi.DELETE_VOLUME, "delete volume", (name, q) -> {
            if (busyVolumes.contains(q.volumeId())) {
                throw FailureException.conflict("The volume is a disk of a running virtual machine.");
            }
            deletions.add(q);
            note(name, volumes.remove(q.volumeId()) != null);
            return Nothing.NOTHING;
        });
    }

    private void serveSnapshots(Bus bus, UUID host) {
        bus.serve(
                SnapshotTreeApi.READ,
                host,
                (q, caller) -> trees.getOrDefault(q.volumeId(), new SnapshotTreeApi.Tree(List.of(), null, true)));
        perform(bus, host, HostStorageApi.CREATE_SNAPSHOT, "create snapshot", (name, q) -> {
            long size = volumes.getOrDefault(q.volumeId(), 0L);
            note(name, snapshots.putIfAbsent(q.snapshotId(), size) == null);
            var made = new HostStorageApi.SnapshotReport(q.snapshotId(), q.volumeId(), size, false);
            return new HostStorageApi.SnapshotMade(
                    made, volumeIn(q.volumeId(), "/pool/" + q.volumeId() + "." + q.snapshotId()));
        });
        perform(bus, host, HostStorageApi.CREATE_SNAPSHOTS, "create snapshots", (name, q) -> {
            List<HostStorageApi.SnapshotMade> made = q.disks().stream()
                    .map(disk -> new HostStorageApi.SnapshotMade(
                            new HostStorageApi.SnapshotReport(
                                    disk.snapshotId(),
                                    disk.volumeId(),
                                    volumes.getOrDefault(disk.volumeId(), 0L),
                                    false),
                            null))
                    .toList();
            note(name, snapshots.putIfAbsent(q.disks().getFirst().snapshotId(), 0L) == null);
            return new HostStorageApi.SnapshotsMade(
                    made, q.quiesce() ? Stillness.QUIESCED : Stillness.RUNNING, q.memoryId() == null ? null : 1L << 27);
        });
        perform(bus, host, HostStorageApi.REVERT_TO_SNAPSHOT, "revert", (name, q) -> {
            long size = snapshots.getOrDefault(q.snapshotId(), 0L);
            note(name, !Long.valueOf(size).equals(volumes.put(q.volumeId(), size)));
            return volume(q.volumeId());
        });
        perform(bus, host, HostStorageApi.DELETE_SNAPSHOT, "delete snapshot", (name, q) -> {
            if (neededSnapshots.contains(q.snapshotId())) {
                throw FailureException.conflict("A volume depends on the snapshot.");
            }
            note(name, snapshots.remove(q.snapshotId()) != null);
            return new HostStorageApi.SnapshotDeleted(volumes.containsKey(q.volumeId()) ? volume(q.volumeId()) : null);
        });
    }

    private void serveUnmanaged(Bus bus, UUID host) {
        bus.serve(
                HostStorageApi.LIST_UNMANAGED,
                host,
                (q, caller) -> new HostStorageApi.UnmanagedVolumes(byHand.stream()
                        .map(name -> new HostStorageApi.UnmanagedVolume(name, "raw", 4096))
                        .toList()));
        perform(bus, host, HostStorageApi.ADOPT_VOLUME, "adopt", (name, q) -> {
            boolean there = byHand.remove(q.name());
            if (!there && !volumes.containsKey(q.volumeId())) {
                throw FailureException.notFound("The pool has nothing called " + q.name() + ".");
            }
            note(name, volumes.putIfAbsent(q.volumeId(), 4096L) == null);
            return new VolumeReport(q.volumeId(), "/pool/" + q.volumeId(), "raw", 4096, 4096);
        });
        var drivers = new HostStorageApi.Drivers(List.of(
                new HostStorageApi.DriverView("local", List.of(FakeViews.fixed("path"))), FakeViews.remoteDriver()));
        bus.serve(HostStorageApi.LIST_DRIVERS, host, (q, caller) -> drivers);
    }

    <Q extends Record, R extends Record> void perform(
            Bus bus, UUID host, HostAddress<Q, R> address, String what, BiFunction<String, Q, R> work) {
        String name = name(what, host);
        bus.serve(
                address, host, (q, caller) -> faults.answer(name, address.reply(), caller, () -> work.apply(name, q)));
    }

    String name(String what, UUID host) {
        return what + (host.equals(one) ? " 1" : " 2");
    }

    void note(String name, boolean changed) {
        if (changed) {
            effects.add(name);
        }
    }

    Set<UUID> pools(UUID host) {
        return pools.getOrDefault(host, Set.of());
    }

    VolumeReport makeVolume(String name, UUID id, String format, long bytes) {
        formats.put(id, format);
        note(name, volumes.putIfAbsent(id, bytes) == null);
        return volume(id);
    }

    private VolumeReport volume(UUID id) {
        return volumeIn(id, "/pool/" + id);
    }

    private VolumeReport volumeIn(UUID id, String path) {
        return new VolumeReport(id, path, formats.getOrDefault(id, "qcow2"), volumes.getOrDefault(id, 0L), 4096);
    }

    /** Publishes what the host has now, as it does every 30 s. */
    void report(UUID host, @Nullable String problem) {
        HostReport report = new HostReport(
                host,
                host.equals(one) ? "h1" : "h2",
                "0.1.0",
                1,
                sequence.incrementAndGet(),
                null,
                null,
                1L << 33,
                0.1,
                List.of(),
                pools(host).stream().map(pool -> pool(host, pool, problem)).toList(),
                List.of(),
                null);
        buses.forEach(bus -> bus.publish(HostApi.REPORTED, report));
    }

    private PoolReport pool(UUID host, UUID pool, @Nullable String problem) {
        boolean usable = problem == null;
        HostStorageApi.@Nullable OpenPool used = used(host, pool);
        return new PoolReport(
                pool,
                usable,
                usable ? CAPACITY : 0,
                usable ? CAPACITY / 100 * freePercent : 0,
                problem,
                abilities(pool),
                used == null ? null : used.definition());
    }

    private PoolAbilities abilities(UUID pool) {
        return shared.contains(pool)
                ? new PoolAbilities(true, true, List.of("raw"), List.of("raw"), 512)
                : new PoolAbilities(false, false, List.of("qcow2", "raw"), List.of("qcow2"), 512);
    }

    private VmView vm(UUID id) {
        VmView machine = machines.get(id);
        if (machine != null) {
            return machine;
        }
        UUID host = Optional.ofNullable(vms.get(id))
                .orElseThrow(() -> FailureException.notFound("There is no VM " + id + "."));
        return new VmView(
                id,
                new VmSpec("vm-1", "", 1, 1L << 30, List.of(), List.of(), null),
                VmView.Phase.READY,
                PowerState.RUNNING,
                "",
                host,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                templates.contains(id) ? new VmView.Template("web", 1, "", Instant.EPOCH) : null);
    }
}
