package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.DiskMoveApi;
import io.limiquantix.bus.storage.DiskMoveApi.BeginDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.DecideDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.DecidedDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.MovingDisk;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.ArrivalStore.Leftover;
import io.limiquantix.storage.DiskMoveStore.DiskMove;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Volumes that go to another pool while a virtual machine has them. There are two of one for a while; a row says so, and what its host says
 * that the machine has decides which is the volume. Only then, and when asked for, the other one is deleted.
 */
final class DiskMoving {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(2);

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final Leftovers leftovers;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final ArrivalStore arrivals = new ArrivalStore();
    private final DiskMoveStore store = new DiskMoveStore();

    DiskMoving(Database database, Bus bus, Tasks tasks, Leftovers leftovers) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.leftovers = leftovers;
    }

    void serve() {
        bus.serve(DiskMoveApi.BEGIN, this::begin);
        bus.serve(DiskMoveApi.DECIDE, (request, caller) -> database.transaction(tx -> decide(tx, request)));
        bus.serve(DiskMoveApi.END, (request, caller) -> end(request));
    }

    /**
     * A volume that was let in.
     *
     * @param format that it has in the other pool
     * @param made whether it was made there before, so that a guest may be on its way to it
     */
    private record Admitted(VolumeView volume, String format, boolean made) {}

    private MovingDisk begin(BeginDiskMove request, Caller caller) {
        Admitted admitted = database.transaction(tx -> admitted(tx, request));
        VolumeView volume = admitted.volume();
        if (!admitted.made()) {
            // What is there was left by an earlier one.
            bus.request(
                    HostStorageApi.DELETE_VOLUME.at(request.hostId()),
                    new HostStorageApi.DeleteVolume(request.poolId(), volume.id(), true),
                    caller.part("clear").within(HOST_PATIENCE));
        }
        VolumeReport report = bus.request(
                HostStorageApi.CREATE_VOLUME.at(request.hostId()),
                new HostStorageApi.CreateVolume(
                        request.poolId(),
                        volume.id(),
                        admitted.format(),
                        volume.sizeBytes(),
                        VolumeOrigin.ZEROES,
                        true,
                        Preallocation.THIN),
                caller.part("create").within(HOST_PATIENCE));
        if (report.path().equals(volume.path())) {
            // By its path it is told which of the two a machine has.
            throw FailureException.conflict("The volume " + volume.name()
                    + " would be called the same in both pools, so nobody could tell them apart. Choose another pool.");
        }
        database.run(tx -> store.made(tx, request, report.path(), report.format()));
        return new MovingDisk(report.path(), report.format(), report.sizeBytes());
    }

    private Admitted admitted(Transaction tx, BeginDiskMove request) {
        pools.lock(tx, request.poolId());
        VolumeView volume = volumes.lock(tx, request.volumeId());
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> FailureException.notFound("There is no pool " + request.poolId() + "."));
        Optional<DiskMove> before = store.find(tx, volume.id());
        if (before.isEmpty()) {
            requireMovable(tx, volume, pool);
            requireRoom(tx, volume, pool, request);
            // Whoever deletes there has done so by then.
            arrivals.forget(tx, new Leftover(volume.id(), request.hostId(), request.poolId()));
            store.add(tx, request);
        } else if (!before.get().moveId().equals(request.moveId())
                || before.get().loser() != null) {
            throw FailureException.conflict(
                    "The volume " + volume.name() + " is on its way to another pool already, by another task.");
        }
        List<String> formats =
                pool.abilities().map(PoolAbilities::volumeFormats).orElse(List.of(volume.format()));
        return new Admitted(
                volume,
                formats.contains(volume.format()) ? volume.format() : formats.getFirst(),
                before.filter(move -> move.path() != null).isPresent());
    }

    private void requireMovable(Transaction tx, VolumeView volume, PoolView pool) {
        String name = "The volume " + volume.name();
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict(name + " is not ready.");
        }
        if (pool.id().equals(volume.poolId())) {
            throw FailureException.conflict(name + " is in the pool " + pool.name() + " already.");
        }
        if (volume.snapshotCount() > 0) {
            throw FailureException.conflict(
                    name + " has snapshots, which cannot go to another pool; delete them first.");
        }
        if (volume.origin().linked()) {
            throw FailureException.conflict(
                    name + " stands on another volume; make it independent before it goes to another pool.");
        }
        if (volume.shareable() || volume.attachments().size() != 1) {
            throw FailureException.conflict(name + " is not the disk of one virtual machine alone.");
        }
        arrivals.requireNone(tx, volume);
        if (!tasks.activeOn(tx, List.of(volume.id())).isEmpty()) {
            throw FailureException.conflict(name + " is being worked on by a task; wait for it or cancel it.");
        }
    }

    private void requireRoom(Transaction tx, VolumeView volume, PoolView pool, BeginDiskMove request) {
        UUID hostId = request.hostId();
        if (!pool.takesVolumesOn(hostId)) {
            throw FailureException.conflict("The pool " + pool.name() + " is in maintenance, or cannot be used on the"
                    + " host of the virtual machine now.");
        }
        long free = pool.hosts().stream()
                .filter(on -> on.hostId().equals(hostId))
                .map(PoolView.OnHost::report)
                .mapToLong(PoolReport::freeBytes)
                .findFirst()
                .orElse(0);
        if (request.bytes() > free - store.bytesComing(tx, pool.id())) {
            throw FailureException.conflict("The pool " + pool.name() + " has too little room left for the volume "
                    + volume.name() + ", with what else is on its way there.");
        }
        UUID place = pool.shared() ? null : hostId;
        if (volumes.isNameTaken(tx, pool.id(), place, volume.name())) {
            throw FailureException.conflict("The pool " + pool.name() + " holds another volume called " + volume.name()
                    + "; delete that, or keep it under another name first.");
        }
    }

    private DecidedDiskMove decide(Transaction tx, DecideDiskMove request) {
        VolumeView volume = volumes.lock(tx, request.volumeId());
        Optional<DiskMove> found = store.find(tx, volume.id(), request.moveId()).filter(move -> move.loser() == null);
        if (found.isEmpty()) {
            return new DecidedDiskMove(volume.poolId());
        }
        DiskMove move = found.get();
        if (!request.path().equals(move.path())) {
            store.decided(tx, move, move.poolId());
            return new DecidedDiskMove(volume.poolId());
        }
        boolean shared = pools.find(tx, move.poolId()).filter(PoolView::shared).isPresent();
        UUID place = shared ? null : move.hostId();
        store.moved(tx, volume, move, place, volumes.isNameTaken(tx, move.poolId(), place, volume.name()));
        store.decided(tx, move, volume.poolId());
        return new DecidedDiskMove(move.poolId());
    }

    private Nothing end(DiskMoveApi.DiskMove request) {
        database.transaction(tx -> ended(tx, request)).ifPresent(leftovers::attempt);
        return Nothing.NOTHING;
    }

    private Optional<Leftover> ended(Transaction tx, DiskMoveApi.DiskMove request) {
        Optional<DiskMove> found = store.find(tx, request.volumeId(), request.moveId());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DiskMove move = found.get();
        if (move.loser() == null) {
            throw FailureException.conflict("It is not known yet in which of the two pools the volume "
                    + request.volumeId() + " is, so nothing of it is deleted.");
        }
        Leftover leftover = new Leftover(move.volumeId(), move.hostId(), move.loser());
        store.remove(tx, move);
        arrivals.leave(tx, leftover);
        return Optional.of(leftover);
    }
}
