package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.SnapshotReport;
import io.limiquantix.bus.storage.FoundSnapshotApi;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.SnapshotView.State;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Snapshots in the database. A change of one is a change of its volume. */
final class SnapshotStore {
    private static final String NAME_INDEX = "snapshots_by_name";

    /** Stores a snapshot that is about to be made; the same id again changes nothing. */
    void insert(Transaction tx, UUID id, UUID volumeId, String name, @Nullable UUID vmSnapshotId) {
        try {
            tx.update(
                    "insert into storage.snapshots (id, volume_id, name, state, vm_snapshot_id)"
                            + " values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
                    id,
                    volumeId,
                    name,
                    State.CREATING,
                    vmSnapshotId);
        } catch (DatabaseException e) {
            if (NAME_INDEX.equals(e.violatedUnique())) {
                throw new FailureException(
                        new Failure(
                                FailureCode.CONFLICT,
                                "The volume already has a snapshot called " + name + ".",
                                Map.of("field", "name")),
                        e);
            }
            throw e;
        }
        changed(tx, volumeId);
    }

    /** Stores one that is there already; the same id again changes nothing. */
    void found(Transaction tx, StorageApi.Snapshot part, FoundSnapshotApi.Found of, long sizeBytes) {
        tx.update(
                "insert into storage.snapshots (id, volume_id, name, state, vm_snapshot_id, size_bytes, created_at)"
                        + " values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
                part.snapshotId(),
                part.volumeId(),
                of.name(),
                State.READY,
                of.vmSnapshotId(),
                sizeBytes,
                of.madeAt());
        changed(tx, part.volumeId());
    }

    Optional<SnapshotView> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from storage.snapshots where id = $1", SnapshotStore::view, id);
    }

    /** @throws FailureException {@code NOT_FOUND} when the volume has no such snapshot */
    SnapshotView get(Transaction tx, UUID volumeId, UUID id) {
        return find(tx, id)
                .filter(snapshot -> snapshot.volumeId().equals(volumeId))
                .orElseThrow(() -> FailureException.notFound("The volume has no snapshot " + id + "."));
    }

    /** Oldest first. */
    List<SnapshotView> list(Transaction tx, UUID volumeId) {
        return tx.query(
                "select * from storage.snapshots where volume_id = $1 order by created_at, id",
                SnapshotStore::view,
                volumeId);
    }

    void confirmed(Transaction tx, SnapshotReport report) {
        tx.update(
                "update storage.snapshots set state = $2, size_bytes = $3, version = version + 1"
                        + " where id = $1 and state <> 'DELETING'",
                report.snapshotId(),
                State.READY,
                report.sizeBytes());
        changed(tx, report.volumeId());
    }

    void deleting(Transaction tx, SnapshotView snapshot) {
        state(tx, snapshot, State.DELETING);
    }

    /** One that was to be deleted and is not. */
    void keep(Transaction tx, SnapshotView snapshot) {
        state(tx, snapshot, State.READY);
    }

    private static void state(Transaction tx, SnapshotView snapshot, State state) {
        tx.update("update storage.snapshots set state = $2, version = version + 1 where id = $1", snapshot.id(), state);
        changed(tx, snapshot.volumeId());
    }

    void delete(Transaction tx, SnapshotView snapshot) {
        tx.update("delete from storage.snapshots where id = $1", snapshot.id());
        changed(tx, snapshot.volumeId());
    }

    /** Lets those of a volume that leaves its VM be the volume's own; one whose name is taken gets the end of its id to it. */
    void setFree(Transaction tx, UUID volumeId) {
        int freed = tx.update(
                "update storage.snapshots s set vm_snapshot_id = null, version = version + 1, name = case when exists ("
                        + "select 1 from storage.snapshots o where o.volume_id = s.volume_id and o.vm_snapshot_id is null"
                        + " and lower(o.name) = lower(s.name)) then s.name || ' ' || right(s.id::text, 8) else s.name end"
                        + " where volume_id = $1 and vm_snapshot_id is not null",
                volumeId);
        if (freed > 0) {
            changed(tx, volumeId);
        }
    }

    private static void changed(Transaction tx, UUID volumeId) {
        tx.update("update storage.volumes set version = version + 1 where id = $1", volumeId);
        tx.changed(VolumeStore.KIND, volumeId, Change.CHANGED);
    }

    private static SnapshotView view(Row row) {
        return new SnapshotView(
                row.uuid("id"),
                row.uuid("volume_id"),
                row.text("name"),
                row.number("size_bytes"),
                row.constant("state", State.class),
                row.uuidOrNull("vm_snapshot_id"),
                row.instant("created_at"),
                row.number("version"));
    }
}
