package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Volumes: made, grown and deleted on the host where they lie, and stored as the host confirmed them. */
final class Volumes {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);
    /** Of a pool whose hosts have not said what it is able to do. */
    private static final String USUAL_FORMAT = "qcow2";

    private static final String NAME_INDEX = "volumes_by_name";

    private final Database database;
    private final Bus bus;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore store = new VolumeStore();

    Volumes(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    VolumeView get(UUID id) {
        return database.transaction(tx -> store.get(tx, id));
    }

    StorageApi.Volumes list(StorageApi.ListVolumes request) {
        return database.transaction(tx -> store.list(tx, request));
    }

    long usesOfImage(UUID imageId) {
        return database.transaction(tx -> store.usesOfImage(tx, imageId));
    }

    /** Makes the volume; asked again with the same id it goes on where it was. */
    VolumeView provision(StorageApi.ProvisionVolume request, Caller caller) {
        database.run(tx -> reserve(tx, request));
        VolumeView volume = get(request.volumeId());
        if (volume.state() == VolumeView.State.READY) {
            return volume;
        }
        if (volume.state() == VolumeView.State.DELETING) {
            throw FailureException.conflict("The volume " + volume.name() + " is being deleted.");
        }
        VolumeReport report = bus.request(
                HostStorageApi.CREATE_VOLUME.at(request.hostId()),
                new HostStorageApi.CreateVolume(
                        request.poolId(), request.volumeId(), volume.format(), request.sizeBytes(), request.imageId()),
                caller.part("create").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, request.volumeId());
        });
    }

    /** Stores the volume as one that is about to be made, for a task that begins with the same transaction. */
    void reserve(Transaction tx, StorageApi.ProvisionVolume request) {
        pools.lock(tx, request.poolId());
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> new FailureException(new Failure(
                        FailureCode.NOT_FOUND,
                        "There is no pool " + request.poolId() + ".",
                        Map.of("field", "poolId"))));
        boolean usable = pool.hosts().stream()
                .anyMatch(h -> h.hostId().equals(request.hostId()) && h.report().usable());
        if (!usable) {
            throw FailureException.conflict(
                    "The pool " + pool.name() + " cannot be used on the host " + request.hostId() + " now.");
        }
        try {
            store.insert(tx, request, pool.shared() ? null : request.hostId(), format(pool));
        } catch (DatabaseException e) {
            if (NAME_INDEX.equals(e.violatedUnique())) {
                throw new FailureException(
                        new Failure(
                                FailureCode.CONFLICT,
                                "The pool " + pool.name() + " already holds a volume called " + request.name() + ".",
                                Map.of("field", "name")),
                        e);
            }
            throw e;
        }
    }

    private static String format(PoolView pool) {
        return pool.abilities()
                .map(abilities -> abilities.volumeFormats().getFirst())
                .orElse(USUAL_FORMAT);
    }

    /** Deletes the volume; success when there is none. */
    Nothing discard(UUID id, Caller caller) {
        Optional<VolumeView> volume = database.transaction(tx -> {
            Optional<VolumeView> found = store.find(tx, id);
            found.ifPresent(v -> store.deleting(tx, id));
            return found;
        });
        if (volume.isPresent()) {
            deleteAtHost(volume.get(), caller);
            database.run(tx -> store.delete(tx, id));
        }
        return Nothing.NOTHING;
    }

    private void deleteAtHost(VolumeView volume, Caller caller) {
        try {
            bus.request(
                    HostStorageApi.DELETE_VOLUME.at(hostOf(volume)),
                    new HostStorageApi.VolumeName(volume.poolId(), volume.id()),
                    caller.part("delete").within(HOST_PATIENCE));
        } catch (FailureException e) {
            // After any other failure nobody knows what is left of it; it can only be deleted again.
            if (e.code() == FailureCode.CONFLICT || e.code() == FailureCode.NOT_FOUND) {
                database.run(tx -> store.keep(tx, volume.id()));
            }
            throw e;
        }
    }

    /** Takes the volume from its VM and leaves it where it is. */
    Nothing orphan(UUID id) {
        database.run(tx -> {
            if (store.find(tx, id).isPresent()) {
                store.takeFromVm(tx, id);
            }
        });
        return Nothing.NOTHING;
    }

    VolumeView resize(UUID id, long sizeBytes, Caller caller) {
        VolumeView volume = get(id);
        VolumeReport report = bus.request(
                HostStorageApi.RESIZE_VOLUME.at(hostOf(volume)),
                new HostStorageApi.ResizeVolume(volume.poolId(), id, sizeBytes),
                caller.part("resize").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, id);
        });
    }

    /** Where it lies, or any host that can reach it. */
    private UUID hostOf(VolumeView volume) {
        if (volume.hostId() != null) {
            return volume.hostId();
        }
        PoolView pool = database.transaction(tx -> pools.find(tx, volume.poolId()))
                .orElseThrow(() -> FailureException.notFound("There is no pool " + volume.poolId() + "."));
        return pool.hosts().stream()
                .filter(host -> host.report().usable())
                .map(PoolView.OnHost::hostId)
                .findFirst()
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "No host can use the pool " + pool.name() + " of the volume " + volume.name() + " now."));
    }
}
