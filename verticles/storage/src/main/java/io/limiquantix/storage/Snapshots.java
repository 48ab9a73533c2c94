package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotDeleted;
import io.limiquantix.bus.host.HostStorageApi.SnapshotMade;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Snapshots of volumes: made, gone back to and deleted on a host that reaches the volume, and stored as it confirmed them. */
final class Snapshots {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Bus bus;
    private final VolumePlace place;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore store = new SnapshotStore();
    private final LinkedVolumes linked = new LinkedVolumes();

    Snapshots(Database database, Bus bus, VolumePlace place) {
        this.database = database;
        this.bus = bus;
        this.place = place;
    }

    StorageApi.Snapshots list(UUID volumeId) {
        return database.transaction(tx -> {
            volumes.get(tx, volumeId);
            return new StorageApi.Snapshots(store.list(tx, volumeId));
        });
    }

    /** Makes the stored snapshot. */
    SnapshotView make(StorageApi.Snapshot name, Caller caller) {
        VolumeView volume = volume(name.volumeId());
        SnapshotMade made = bus.request(
                HostStorageApi.CREATE_SNAPSHOT.at(place.hostOf(volume, caller)),
                hostName(volume, name),
                caller.part("create").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, made.snapshot());
            volumes.seen(tx, made.volume());
            return store.get(tx, name.volumeId(), name.snapshotId());
        });
    }

    VolumeView revert(StorageApi.Snapshot name, Caller caller) {
        VolumeView volume = volume(name.volumeId());
        VolumeReport report = bus.request(
                HostStorageApi.REVERT_TO_SNAPSHOT.at(place.hostOf(volume, caller)),
                hostName(volume, name),
                caller.part("revert").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            volumes.confirmed(tx, report);
            return volumes.get(tx, volume.id());
        });
    }

    /** Deletes the snapshot; success when there is none. */
    Nothing discard(StorageApi.Snapshot name, Caller caller) {
        Optional<SnapshotView> found = database.transaction(tx -> {
            Optional<SnapshotView> snapshot = store.find(tx, name.snapshotId());
            snapshot.ifPresent(s -> {
                linked.requireNoneBegun(tx, s.volumeId());
                store.deleting(tx, s);
                linked.requireNone(tx, s.volumeId(), s.id(), "The snapshot " + s.name());
            });
            return snapshot;
        });
        if (found.isPresent()) {
            SnapshotDeleted deleted = deleteAtHost(found.get(), name, caller);
            database.run(tx -> {
                store.delete(tx, found.get());
                volumes.seen(tx, deleted.volume());
            });
        }
        return Nothing.NOTHING;
    }

    private SnapshotDeleted deleteAtHost(SnapshotView snapshot, StorageApi.Snapshot name, Caller caller) {
        VolumeView volume = volume(name.volumeId());
        try {
            return bus.request(
                    HostStorageApi.DELETE_SNAPSHOT.at(place.hostOf(volume, caller)),
                    hostName(volume, name),
                    caller.part("delete").within(HOST_PATIENCE));
        } catch (FailureException e) {
            // After any other failure nobody knows what is left of it; it can only be deleted again.
            if (e.code() == FailureCode.CONFLICT) {
                database.run(tx -> store.keep(tx, snapshot));
            }
            throw e;
        }
    }

    private VolumeView volume(UUID id) {
        return database.transaction(tx -> volumes.get(tx, id));
    }

    private static HostStorageApi.SnapshotName hostName(VolumeView volume, StorageApi.Snapshot name) {
        return new HostStorageApi.SnapshotName(volume.poolId(), name.volumeId(), name.snapshotId());
    }
}
