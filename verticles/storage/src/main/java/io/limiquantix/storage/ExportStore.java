package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.ExportView.State;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exports in the database. */
final class ExportStore {
    /**
     * An export that is about to be made.
     *
     * @param volumeId the volume that it is of, absent for images and appliances
     */
    record NewExport(
            UUID id,
            ExportOrigin origin,
            @Nullable UUID volumeId,
            @Nullable UUID snapshotId,
            String fileName,
            String format,
            UUID hostId) {}

    void insert(Transaction tx, NewExport export) {
        tx.update(
                "insert into storage.exports (id, origin_kind, origin_id, volume_id, snapshot_id, file_name, format,"
                        + " host_id) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                export.id(),
                export.origin().kind(),
                export.origin().id(),
                export.volumeId(),
                export.snapshotId(),
                export.fileName(),
                export.format(),
                export.hostId());
    }

    void ready(Transaction tx, UUID id, long bytes, String sha256, Instant expiresAt) {
        tx.update(
                "update storage.exports set bytes = $2, sha256 = $3, expires_at = $4 where id = $1",
                id,
                bytes,
                sha256,
                expiresAt);
    }

    Optional<ExportView> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from storage.exports where id = $1", ExportStore::view, id);
    }

    /** @throws FailureException {@code NOT_FOUND} when there is no such export of this */
    ExportView get(Transaction tx, ExportOrigin origin, UUID id) {
        return find(tx, id)
                .filter(export -> export.origin().equals(origin))
                .orElseThrow(() -> FailureException.notFound(
                        "The " + word(origin) + " has no export " + id + "; it may have expired. Export it again."));
    }

    private static String word(ExportOrigin origin) {
        return switch (origin.kind()) {
            case VOLUME -> "volume";
            case IMAGE -> "image";
            case VM -> "virtual machine";
        };
    }

    /** Newest first. */
    List<ExportView> list(Transaction tx, ExportOrigin origin) {
        return tx.query(
                "select * from storage.exports where coalesce(origin_id, volume_id) = $1 and origin_kind = $2"
                        + " order by created_at desc, id",
                ExportStore::view,
                origin.id(),
                origin.kind());
    }

    List<ExportView> expired(Transaction tx, Instant now) {
        return tx.query("select * from storage.exports where expires_at < $1 order by id", ExportStore::view, now);
    }

    void delete(Transaction tx, UUID id) {
        tx.update("delete from storage.exports where id = $1", id);
    }

    private static ExportView view(Row row) {
        Optional<Long> bytes = Optional.ofNullable(row.numberOrNull("bytes"));
        UUID volumeId = row.uuidOrNull("volume_id");
        UUID originId = row.uuidOrNull("origin_id");
        return new ExportView(
                row.uuid("id"),
                new ExportOrigin(
                        row.constant("origin_kind", ExportOrigin.Kind.class),
                        originId == null ? Objects.requireNonNull(volumeId) : originId),
                volumeId,
                row.uuidOrNull("snapshot_id"),
                row.text("file_name"),
                row.text("format"),
                row.uuid("host_id"),
                bytes.isPresent() ? State.READY : State.MAKING,
                bytes.orElse(0L),
                row.textOrNull("sha256"),
                row.instant("created_at"),
                row.instantOrNull("expires_at"));
    }
}
