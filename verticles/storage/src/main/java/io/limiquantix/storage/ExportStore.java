package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.ExportView.State;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Exports in the database. */
final class ExportStore {
    /** Stores an export that is about to be made. */
    void insert(Transaction tx, ExportView export) {
        tx.update(
                "insert into storage.exports (id, volume_id, snapshot_id, file_name, format, host_id)"
                        + " values ($1, $2, $3, $4, $5, $6)",
                export.id(),
                export.volumeId(),
                export.snapshotId(),
                export.fileName(),
                export.format(),
                export.hostId());
    }

    void ready(Transaction tx, UUID id, long bytes, Instant expiresAt) {
        tx.update("update storage.exports set bytes = $2, expires_at = $3 where id = $1", id, bytes, expiresAt);
    }

    Optional<ExportView> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from storage.exports where id = $1", ExportStore::view, id);
    }

    /** @throws FailureException {@code NOT_FOUND} when the volume has no such export */
    ExportView get(Transaction tx, UUID volumeId, UUID id) {
        return find(tx, id)
                .filter(export -> export.volumeId().equals(volumeId))
                .orElseThrow(() -> FailureException.notFound(
                        "The volume has no export " + id + "; it may have expired. Export it again."));
    }

    /** Newest first. */
    List<ExportView> list(Transaction tx, UUID volumeId) {
        return tx.query(
                "select * from storage.exports where volume_id = $1 order by created_at desc, id",
                ExportStore::view,
                volumeId);
    }

    List<ExportView> expired(Transaction tx, Instant now) {
        return tx.query("select * from storage.exports where expires_at < $1 order by id", ExportStore::view, now);
    }

    void delete(Transaction tx, UUID id) {
        tx.update("delete from storage.exports where id = $1", id);
    }

    private static ExportView view(Row row) {
        Optional<Long> bytes = Optional.ofNullable(row.numberOrNull("bytes"));
        return new ExportView(
                row.uuid("id"),
                row.uuid("volume_id"),
                row.uuidOrNull("snapshot_id"),
                row.text("file_name"),
                row.text("format"),
                row.uuid("host_id"),
                bytes.isPresent() ? State.READY : State.MAKING,
                bytes.orElse(0L),
                row.instant("created_at"),
                row.instantOrNull("expires_at"));
    }
}
