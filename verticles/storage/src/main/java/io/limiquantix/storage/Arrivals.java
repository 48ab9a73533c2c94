package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.ArrivalApi.Arriving;
import io.limiquantix.bus.storage.ArrivalApi.BeginArrival;
import io.limiquantix.bus.storage.ArrivalApi.EndArrival;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.ArrivalStore.Arrival;
import io.limiquantix.storage.ArrivalStore.Leftover;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Volumes that go to another host with their virtual machine. There are two of one for a while; a row says which is the volume, and what the
 * other host has is deleted only in the transaction's wake that says so.
 */
final class Arrivals {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(2);

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final Leftovers leftovers;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final ArrivalStore store = new ArrivalStore();
    private final DiskMoveStore moves = new DiskMoveStore();

    Arrivals(Database database, Bus bus, Tasks tasks, Leftovers leftovers) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.leftovers = leftovers;
    }

    /** Makes its place at the host; asked again it is success. */
    Arriving begin(BeginArrival request, Caller caller) {
        requireNothingThere(request, caller);
        VolumeView volume = database.transaction(tx -> admitted(tx, request));
        if (volume.hostId() == null) {
            return new Arriving(
                    false,
                    Objects.requireNonNull(volume.path(), "a volume that is ready has a path"),
                    volume.format(),
                    volume.poolId());
        }
        VolumeOrigin origin = origin(volume, caller);
        // What is there was made for this, or left by an earlier one, and would show through.
        bus.request(
                HostStorageApi.DELETE_VOLUME.at(request.hostId()),
                new HostStorageApi.DeleteVolume(volume.poolId(), volume.id(), true),
                caller.part("clear").within(HOST_PATIENCE));
        VolumeReport report = bus.request(
                HostStorageApi.CREATE_VOLUME.at(request.hostId()),
                new HostStorageApi.CreateVolume(
                        volume.poolId(),
                        volume.id(),
                        volume.format(),
                        volume.sizeBytes(),
                        origin,
                        false,
                        Preallocation.THIN),
                caller.part("create").within(HOST_PATIENCE));
        database.run(tx -> store.made(tx, volume.id(), report.path()));
        return new Arriving(true, report.path(), report.format(), volume.poolId());
    }

    /**
     * What is called as the volume is may be the volume itself, in a directory that the hosts share although each has the pool for itself.
     * Where we have made it there, that was looked at before.
     */
    private void requireNothingThere(BeginArrival request, Caller caller) {
        VolumeView volume = database.transaction(tx -> volumes.get(tx, request.volumeId()));
        boolean ours = volume.hostId() == null
                || database.transaction(tx -> store.mayHave(tx, request.volumeId(), request.hostId()));
        if (ours) {
            return;
        }
        boolean there = bus
                .request(
                        HostStorageApi.LIST_VOLUMES.at(request.hostId()),
                        new HostStorageApi.PoolName(volume.poolId()),
                        caller.part("look").within(HOST_PATIENCE))
                .volumes()
                .stream()
                .anyMatch(report -> report.volumeId().equals(volume.id()));
        if (there) {
            throw FailureException.conflict("On the host to which it is to go, the pool has a volume " + volume.id()
                    + " already, which nobody made there for " + volume.name()
                    + ". If the pool's directory is the same one on both hosts, its disks cannot be sent from one to the"
                    + " other: use a pool of a kind that hosts share. Else move that file away.");
        }
    }

    private VolumeView admitted(Transaction tx, BeginArrival request) {
        VolumeView volume = volumes.lock(tx, request.volumeId());
        PoolView pool = pools.find(tx, volume.poolId())
                .orElseThrow(() -> FailureException.notFound("There is no pool " + volume.poolId() + "."));
        if (!pool.takesVolumesOn(request.hostId()) && !isUsable(pool, request.hostId())) {
            throw FailureException.conflict("The pool " + pool.name() + " of the volume " + volume.name()
                    + " cannot be used on the host to which it is to go.");
        }
        if (volume.hostId() != null) {
            Optional<Arrival> before = store.find(tx, volume.id());
            if (before.isEmpty()) {
                requireMovable(tx, volume, pool, request);
                // Whoever deletes there has done so by then.
                store.forget(tx, new Leftover(volume.id(), request.hostId(), volume.poolId()));
                store.add(tx, new Arrival(volume.id(), request.hostId(), request.migrationId(), null));
            } else if (!before.get().migrationId().equals(request.migrationId())) {
                throw FailureException.conflict("The volume " + volume.name()
                        + " is on its way to another host already, by another migration.");
            }
        }
        return volume;
    }

    /** In one that is shared nothing new is made. */
    private static boolean isUsable(PoolView pool, UUID hostId) {
        return pool.shared()
                && pool.hosts().stream()
                        .anyMatch(
                                on -> on.hostId().equals(hostId) && on.report().usable());
    }

    private void requireMovable(Transaction tx, VolumeView volume, PoolView pool, BeginArrival request) {
        String name = "The volume " + volume.name();
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict(name + " is not ready.");
        }
        if (request.hostId().equals(volume.hostId())) {
            throw FailureException.conflict(name + " is on that host already.");
        }
        if (volume.snapshotCount() > 0) {
            throw FailureException.conflict(
                    name + " has snapshots, which cannot go to another host; delete them first.");
        }
        if (volume.origin().linked()) {
            throw FailureException.conflict(
                    name + " stands on another volume; make it independent before it goes to another host.");
        }
        moves.requireNone(tx, volume);
        if (volume.attachments().size() != 1) {
            throw FailureException.conflict(name + " is not the disk of one virtual machine alone.");
        }
        if (!tasks.activeOn(tx, List.of(volume.id())).isEmpty()) {
            throw FailureException.conflict(name + " is being worked on by a task; wait for it or cancel it.");
        }
        if (volumes.isNameTaken(tx, pool.id(), request.hostId(), volume.name())) {
            throw FailureException.conflict("The pool " + pool.name() + " holds another volume called " + volume.name()
                    + " on that host; delete it, or keep it under another name first.");
        }
    }

    private VolumeOrigin origin(VolumeView volume, Caller caller) {
        if (!volume.format().equals("qcow2")) {
            return VolumeOrigin.ZEROES;
        }
        UUID vmId = Objects.requireNonNull(volume.vmId(), "a volume that moves is a VM's");
        UUID hostId = Objects.requireNonNull(volume.hostId(), "it lies on one host");
        String live = bus.request(DomainApi.READ_DEFINITION.at(hostId), new DomainApi.Domain(vmId), caller)
                .live();
        if (live == null) {
            throw FailureException.conflict("The virtual machine of the volume " + volume.name() + " does not run.");
        }
        return RunningDisk.origin(live, volume.id(), volume.name());
    }

    /** Says which of the two is the volume, and deletes the other, now or later. */
    Nothing end(EndArrival request, Caller caller) {
        database.transaction(tx -> decided(tx, request)).ifPresent(leftovers::attempt);
        return Nothing.NOTHING;
    }

    private Optional<Leftover> decided(Transaction tx, EndArrival request) {
        if (volumes.find(tx, request.volumeId()).isEmpty()) {
            return Optional.empty();
        }
        VolumeView volume = volumes.lock(tx, request.volumeId());
        Optional<Arrival> found = store.find(tx, request.volumeId())
                .filter(arrival -> arrival.migrationId().equals(request.migrationId())
                        && arrival.hostId().equals(request.hostId()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Arrival arrival = found.get();
        UUID other =
                request.arrived() ? Objects.requireNonNull(volume.hostId(), "it lies on one host") : arrival.hostId();
        if (request.arrived()) {
            boolean taken = volumes.isNameTaken(tx, volume.poolId(), arrival.hostId(), volume.name());
            store.moved(tx, volume, arrival, taken);
        }
        store.remove(tx, volume.id());
        Leftover leftover = new Leftover(volume.id(), other, volume.poolId());
        store.leave(tx, leftover);
        return Optional.of(leftover);
    }
}
