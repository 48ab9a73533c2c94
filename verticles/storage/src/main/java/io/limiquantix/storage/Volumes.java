package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolAbilities;
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
import java.util.List;
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
    private final VolumePlace place;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore store = new VolumeStore();
    private final LinkedVolumes linked = new LinkedVolumes();
    private final AttachmentStore attachments = new AttachmentStore();

    Volumes(Database database, Bus bus, VolumePlace place) {
        this.database = database;
        this.bus = bus;
        this.place = place;
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

    StorageApi.Dependents dependents(UUID imageId) {
        return new StorageApi.Dependents(database.transaction(tx -> store.dependents(tx, imageId)));
    }

    long usesOfImageAt(StorageApi.ImageAt copy) {
        return database.transaction(tx -> store.usesOfImageAt(tx, copy));
    }

    /** Makes the volume; asked again with the same id it goes on where it was. */
    VolumeView provision(StorageApi.ProvisionVolume request, Caller caller) {
        VolumeView volume =
                database.transaction(tx -> store.find(tx, request.volumeId()).orElseGet(() -> {
                    reserve(tx, request);
                    return store.get(tx, request.volumeId());
                }));
        if (volume.state() == VolumeView.State.READY) {
            return volume;
        }
        if (volume.state() == VolumeView.State.DELETING) {
            throw FailureException.conflict("The volume " + volume.name() + " is being deleted.");
        }
        VolumeReport report = bus.request(
                HostStorageApi.CREATE_VOLUME.at(request.hostId()),
                new HostStorageApi.CreateVolume(
                        request.poolId(),
                        request.volumeId(),
                        volume.format(),
                        request.sizeBytes(),
                        request.origin(),
                        request.independent(),
                        request.preallocation()),
                caller.part("create").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, request.volumeId());
        });
    }

    /** What was stored meanwhile stays as it is. */
    private void reserve(Transaction tx, StorageApi.ProvisionVolume request) {
        pools.lock(tx, request.poolId());
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> new FailureException(new Failure(
                        FailureCode.NOT_FOUND,
                        "There is no pool " + request.poolId() + ".",
                        Map.of("field", "poolId"))));
        reserve(tx, request, pool);
    }

    /**
     * Stores a volume that is about to be made, for a task that begins with the same transaction.
     *
     * @param pool is locked
     */
    void reserve(Transaction tx, StorageApi.ProvisionVolume request, PoolView pool) {
        requireRoom(pool, request.hostId());
        try {
            insert(tx, request, pool);
        } catch (DatabaseException e) {
            throw nameTaken(e, pool, request.name());
        }
    }

    private void insert(Transaction tx, StorageApi.ProvisionVolume request, PoolView pool) {
        if (request.origin().linked()) {
            linked.requireOrigin(tx, request.origin());
        }
        String format = format(tx, request, pool);
        if (request.shareable()) {
            Attachments.requireRaw(request.name(), format);
        }
        boolean isNew = store.insert(tx, request, pool.shared() ? null : request.hostId(), format);
        if (isNew && request.vmId() != null) {
            attachments.add(tx, store.get(tx, request.volumeId()), request.vmId(), false);
        }
    }

    static void requireRoom(PoolView pool, UUID hostId) {
        if (pool.maintenance()) {
            throw FailureException.conflict(
                    "The pool " + pool.name() + " is in maintenance: nothing new is put into it until that ends.");
        }
        if (!pool.takesVolumesOn(hostId)) {
            throw FailureException.conflict(
                    "The pool " + pool.name() + " cannot be used on the host " + hostId + " now.");
        }
    }

    static RuntimeException nameTaken(DatabaseException e, PoolView pool, String name) {
        if (!NAME_INDEX.equals(e.violatedUnique())) {
            return e;
        }
        return new FailureException(
                new Failure(
                        FailureCode.CONFLICT,
                        "The pool " + pool.name() + " already holds a volume called " + name + ".",
                        Map.of("field", "name")),
                e);
    }

    /** A copy of a volume is what that is, where the pool has such. */
    private String format(Transaction tx, StorageApi.ProvisionVolume request, PoolView pool) {
        List<String> formats =
                pool.abilities().map(PoolAbilities::volumeFormats).orElse(List.of(USUAL_FORMAT));
        String wanted = request.format() == null && request.shareable() ? "raw" : request.format();
        if (wanted != null) {
            if (!formats.contains(wanted)) {
                throw FailureException.invalid(
                        "format",
                        "The pool " + pool.name() + " has volumes of the format " + String.join(" or ", formats)
                                + ", not " + wanted + ".");
            }
            return wanted;
        }
        if (request.origin().volumeId() != null) {
            String origin = store.get(tx, request.origin().volumeId()).format();
            return formats.contains(origin) ? origin : formats.getFirst();
        }
        return formats.getFirst();
    }

    /** Deletes the volume; success when there is none. */
    Nothing discard(UUID id, Caller caller) {
        return discard(new StorageApi.DeleteVolume(id, true), caller);
    }

    Nothing discard(StorageApi.DeleteVolume request, Caller caller) {
        UUID id = request.volumeId();
        Optional<VolumeView> volume = database.transaction(tx -> {
            Optional<VolumeView> found = store.find(tx, id);
            found.filter(v -> v.state() != VolumeView.State.DELETING).ifPresent(v -> store.deleting(tx, id));
            found.ifPresent(v -> linked.requireNone(tx, id, null, "The volume " + v.name()));
            return found;
        });
        if (volume.isPresent()) {
            deleteAtHost(volume.get(), request.withSnapshots(), caller);
            database.run(tx -> store.delete(tx, id));
        }
        return Nothing.NOTHING;
    }

    private void deleteAtHost(VolumeView volume, boolean withSnapshots, Caller caller) {
        try {
            bus.request(
                    HostStorageApi.DELETE_VOLUME.at(place.hostOf(volume, caller)),
                    new HostStorageApi.DeleteVolume(volume.poolId(), volume.id(), withSnapshots),
                    caller.part("delete").within(HOST_PATIENCE));
        } catch (FailureException e) {
            // After any other failure nobody knows what is left of it; it can only be deleted again.
            if (e.code() == FailureCode.CONFLICT || e.code() == FailureCode.NOT_FOUND) {
                database.run(tx -> store.keep(tx, volume.id()));
            }
            throw e;
        }
    }

    VolumeView resize(UUID id, long sizeBytes, Caller caller) {
        VolumeView volume = get(id);
        VolumeReport report = bus.request(
                HostStorageApi.RESIZE_VOLUME.at(place.hostOf(volume, caller)),
                new HostStorageApi.ResizeVolume(volume.poolId(), id, sizeBytes),
                caller.part("resize").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, id);
        });
    }

    VolumeView makeIndependent(UUID id, Caller caller) {
        VolumeView volume = get(id);
        VolumeReport report = bus.request(
                HostStorageApi.MAKE_INDEPENDENT.at(place.hostOf(volume, caller)),
                new HostStorageApi.VolumeName(volume.poolId(), id),
                caller.part("make independent").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            store.independent(tx, id);
            return store.get(tx, id);
        });
    }
}
