package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.DiskMoveApi.BeginDiskMove;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes on their way to other pools. */
final class DiskMoveStore {
    private static final int SHORT_ID = 8;

    /**
     * @param path in the other pool, with its format; absent until it is made there
     * @param loser the pool that has something of the volume that is not it; absent until that is known
     */
    record DiskMove(
            UUID volumeId,
            UUID moveId,
            UUID hostId,
            UUID poolId,
            @Nullable String path,
            @Nullable String format,
            @Nullable UUID loser) {}

    Optional<DiskMove> find(Transaction tx, UUID volumeId) {
        return tx.queryOne(
                "select * from storage.disk_moves where volume_id = $1",
                row -> new DiskMove(
                        row.uuid("volume_id"),
                        row.uuid("move_id"),
                        row.uuid("host_id"),
                        row.uuid("pool_id"),
                        row.textOrNull("path"),
                        row.textOrNull("format"),
                        row.uuidOrNull("loser")),
                volumeId);
    }

    Optional<DiskMove> find(Transaction tx, UUID volumeId, UUID moveId) {
        return find(tx, volumeId).filter(move -> move.moveId().equals(moveId));
    }

    /** Refuses what would change a volume while it is copied. */
    void requireNone(Transaction tx, VolumeView volume) {
        if (find(tx, volume.id()).isPresent()) {
            throw FailureException.conflict(
                    "The volume " + volume.name() + " is on its way to another pool; wait until that has ended.");
        }
    }

    void add(Transaction tx, BeginDiskMove request) {
        tx.update(
                "insert into storage.disk_moves (volume_id, move_id, host_id, pool_id, bytes) values ($1, $2, $3, $4, $5)",
                request.volumeId(),
                request.moveId(),
                request.hostId(),
                request.poolId(),
                request.bytes());
    }

    void made(Transaction tx, BeginDiskMove request, String path, String format) {
        tx.update(
                "update storage.disk_moves set path = $3, format = $4 where volume_id = $1 and move_id = $2",
                request.volumeId(),
                request.moveId(),
                path,
                format);
    }

    /** What those that are on their way to the pool take there at most. */
    long bytesComing(Transaction tx, UUID poolId) {
        return tx.queryOne(
                        "select coalesce(sum(bytes), 0)::bigint as bytes from storage.disk_moves where pool_id = $1",
                        row -> row.number("bytes"),
                        poolId)
                .orElse(0L);
    }

    /** It is in the other pool from now on and stands on nothing; a name that is taken there is made another one. */
    void moved(Transaction tx, VolumeView volume, DiskMove move, @Nullable UUID hostId, boolean nameTaken) {
        String id = volume.id().toString();
        String name = nameTaken ? volume.name() + "-" + id.substring(id.length() - SHORT_ID) : volume.name();
        tx.update(
                "update storage.volumes set pool_id = $2, host_id = $3, path = $4, format = $5, name = $6,"
                        + " independent = true, linked = false, version = version + 1 where id = $1",
                volume.id(),
                move.poolId(),
                hostId,
                move.path(),
                move.format(),
                name);
        tx.changed(VolumeStore.KIND, volume.id(), Change.CHANGED);
    }

    void decided(Transaction tx, DiskMove move, UUID loser) {
        tx.update("update storage.disk_moves set loser = $2 where volume_id = $1", move.volumeId(), loser);
    }

    void remove(Transaction tx, DiskMove move) {
        tx.update("delete from storage.disk_moves where volume_id = $1", move.volumeId());
    }
}
