package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.storage.VolumeView.State;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Volumes in the database. */
final class VolumeStore {
    static final String KIND = "volume";

    private static final String SELECT =
            "select v.*, (select count(*) from storage.snapshots s where s.volume_id = v.id) as snapshot_count, "
                    + AttachmentStore.AS_COLUMN + " from storage.volumes v ";

    /**
     * Stores a volume that is about to be made; false when there is one of that id, which stays as it is.
     *
     * @param hostId where it is to lie, absent in a pool that its hosts share
     */
    boolean insert(Transaction tx, StorageApi.ProvisionVolume volume, @Nullable UUID hostId, String format) {
        int added = tx.update(
                "insert into storage.volumes (id, pool_id, host_id, name, format, size_bytes, state, shareable, image_id,"
                        + " origin_volume_id, origin_snapshot_id, independent, linked)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing",
                volume.volumeId(),
                volume.poolId(),
                hostId,
                volume.name(),
                format,
                volume.sizeBytes(),
                State.CREATING,
                volume.shareable(),
                volume.origin().imageId(),
                volume.origin().volumeId(),
                volume.origin().snapshotId(),
                volume.independent(),
                volume.origin().linked());
        if (added == 1) {
            tx.changed(KIND, volume.volumeId(), Change.CREATED);
        }
        return added == 1;
    }

    Optional<VolumeView> find(Transaction tx, UUID id) {
        return tx.queryOne(SELECT + "where v.id = $1", VolumeStore::view, id);
    }

    VolumeView get(Transaction tx, UUID id) {
        return find(tx, id).orElseThrow(() -> FailureException.notFound("There is no volume " + id + "."));
    }

    /** As {@link #get}, and nobody else decides about the volume until the transaction ends. */
    VolumeView lock(Transaction tx, UUID id) {
        tx.queryOne("select id from storage.volumes where id = $1 for update", row -> row.uuid("id"), id);
        return get(tx, id);
    }

    void setShareable(Transaction tx, UUID id, boolean shareable) {
        tx.update("update storage.volumes set shareable = $2, version = version + 1 where id = $1", id, shareable);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** The volume as its host confirmed it. */
    void confirmed(Transaction tx, VolumeReport report) {
        tx.update(
                "update storage.volumes set state = $2, path = $3, size_bytes = $4, allocated_bytes = $5,"
                        + " format = $6, version = version + 1 where id = $1 and state <> 'DELETING'",
                report.volumeId(),
                State.READY,
                report.path(),
                report.sizeBytes(),
                report.allocatedBytes(),
                report.format());
        tx.changed(KIND, report.volumeId(), Change.CHANGED);
    }

    /** A volume that is in use or was, as its host sees it now. */
    void seen(Transaction tx, @Nullable VolumeReport report) {
        if (report == null) {
            return;
        }
        int changed = tx.update(
                "update storage.volumes set path = $2, size_bytes = $3, allocated_bytes = $4, version = version + 1"
                        + " where id = $1 and state = 'READY' and (path, size_bytes, allocated_bytes)"
                        + " is distinct from ($2, $3, $4)",
                report.volumeId(),
                report.path(),
                report.sizeBytes(),
                report.allocatedBytes());
        if (changed == 1) {
            tx.changed(KIND, report.volumeId(), Change.CHANGED);
        }
    }

    /** It shares blocks with nothing any more. */
    void independent(Transaction tx, UUID id) {
        tx.update(
                "update storage.volumes set independent = true, linked = false, version = version + 1 where id = $1",
                id);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** What it began with is gone, and was nobody's but its own. */
    void withoutOrigin(Transaction tx, UUID id) {
        tx.update("update storage.volumes set image_id = null, version = version + 1 where id = $1", id);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** @param hostId absent in a pool that its hosts share */
    boolean isNameTaken(Transaction tx, UUID poolId, @Nullable UUID hostId, String name) {
        return tx.queryOne(
                                "select count(*) as there from storage.volumes where pool_id = $1"
                                        + " and host_id is not distinct from $2::uuid and lower(name) = lower($3)",
                                row -> row.number("there"),
                                poolId,
                                hostId,
                                name)
                        .orElse(0L)
                > 0;
    }

    /** Stores a volume that is there already and about to be taken over; its size is not known yet. */
    void insertAdopted(Transaction tx, UUID id, PoolView pool, StorageApi.AdoptVolume wish) {
        tx.update(
                "insert into storage.volumes (id, pool_id, host_id, name, format, size_bytes, state, independent)"
                        + " values ($1, $2, $3, $4, 'raw', 0, $5, true)",
                id,
                pool.id(),
                pool.shared() ? null : wish.hostId(),
                wish.name(),
                State.CREATING);
        tx.changed(KIND, id, Change.CREATED);
    }

    /** How many lie on this host alone. */
    long countOn(Transaction tx, UUID poolId, UUID hostId) {
        return tx.queryOne(
                        "select (select count(*) from storage.volumes where pool_id = $1 and (host_id = $2 or exists"
                                + " (select from storage.arrivals a where a.volume_id = volumes.id and a.host_id = $2)))"
                                + " + (select count(*) from storage.disk_moves where pool_id = $1 and host_id = $2) as there",
                        row -> row.number("there"),
                        poolId,
                        hostId)
                .orElse(0L);
    }

    void deleting(Transaction tx, UUID id) {
        tx.update("update storage.volumes set state = $2, version = version + 1 where id = $1", id, State.DELETING);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** A volume that was to be deleted and is not; one that never was made stays as it is. */
    void keep(Transaction tx, UUID id) {
        int kept = tx.update(
                "update storage.volumes set state = $2, version = version + 1"
                        + " where id = $1 and state = 'DELETING' and path is not null",
                id,
                State.READY);
        if (kept == 1) {
            tx.changed(KIND, id, Change.CHANGED);
        }
    }

    void delete(Transaction tx, UUID id) {
        if (tx.update("delete from storage.volumes where id = $1", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }

    long usesOfImage(Transaction tx, UUID imageId) {
        return tx.queryOne(
                        "select count(*) as uses from storage.volumes where image_id = $1 and not independent",
                        row -> row.number("uses"),
                        imageId)
                .orElse(0L);
    }

    List<StorageApi.Dependent> dependents(Transaction tx, UUID imageId) {
        return tx.query(
                "select id, name from storage.volumes where image_id = $1 and not independent order by id limit 500",
                row -> new StorageApi.Dependent(row.uuid("id"), row.text("name")),
                imageId);
    }

    /** In a pool that its hosts share, volumes have no host. */
    long usesOfImageAt(Transaction tx, StorageApi.ImageAt copy) {
        return tx.queryOne(
                        "select count(*) as uses from storage.volumes where image_id = $1 and not independent"
                                + " and pool_id = $2 and (host_id is null or host_id = $3 or exists"
                                + " (select from storage.arrivals a where a.volume_id = volumes.id and a.host_id = $3))",
                        row -> row.number("uses"),
                        copy.imageId(),
                        copy.poolId(),
                        copy.hostId())
                .orElse(0L);
    }

    StorageApi.Volumes list(Transaction tx, StorageApi.ListVolumes request) {
        int limit = request.page().limit();
        UUID after =
                request.page().cursor() == null ? null : cursor(request.page().cursor());
        List<VolumeView> found = tx.query(
                SELECT + "where ($1::uuid is null or v.id > $1)"
                        + " and ($2::uuid is null or v.pool_id = $2) and ($3::uuid is null or exists"
                        + " (select 1 from storage.attachments a where a.volume_id = v.id and a.vm_id = $3))"
                        + " order by v.id limit $4",
                VolumeStore::view,
                after,
                request.poolId(),
                request.vmId(),
                limit + 1);
        List<VolumeView> page = PageRoom.fitting(found, limit, Function.identity());
        return new StorageApi.Volumes(
                page, page.size() < found.size() ? page.getLast().id().toString() : null);
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw FailureException.invalid("cursor", "This cursor is not one that a list of volumes returned.");
        }
    }

    private static VolumeView view(Row row) {
        return new VolumeView(
                row.uuid("id"),
                row.uuid("pool_id"),
                row.uuidOrNull("host_id"),
                row.text("name"),
                row.text("format"),
                row.number("size_bytes"),
                row.number("allocated_bytes"),
                row.constant("state", State.class),
                new VolumeOrigin(
                        row.uuidOrNull("image_id"),
                        row.uuidOrNull("origin_volume_id"),
                        row.uuidOrNull("origin_snapshot_id"),
                        row.flag("linked")),
                row.flag("independent"),
                (int) row.number("snapshot_count"),
                row.flag("shareable"),
                List.of(row.json("attachments", VolumeView.Attachment[].class)),
                row.textOrNull("path"),
                row.instant("created_at"),
                row.number("version"));
    }
}
