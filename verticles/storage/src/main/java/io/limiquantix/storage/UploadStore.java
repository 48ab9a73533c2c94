package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Uploads of volumes in the database. */
final class UploadStore {
    /**
     * Bytes that are to become a volume.
     *
     * @param sizeBytes of the volume, absent for what the bytes describe
     */
    record Upload(
            UUID id,
            String name,
            UUID poolId,
            UUID hostId,
            String format,
            @Nullable Long sizeBytes,
            @Nullable String sha256,
            Instant expiresAt) {}

    /** The same id again changes nothing. */
    void insert(Transaction tx, Upload upload) {
        tx.update(
                "insert into storage.uploads (id, name, pool_id, host_id, format, size_bytes, sha256, expires_at)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
                upload.id(),
                upload.name(),
                upload.poolId(),
                upload.hostId(),
                upload.format(),
                upload.sizeBytes(),
                upload.sha256(),
                upload.expiresAt());
    }

    Optional<Upload> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from storage.uploads where id = $1", UploadStore::upload, id);
    }

    /** @throws FailureException {@code NOT_FOUND} */
    Upload get(Transaction tx, UUID id) {
        return find(tx, id)
                .orElseThrow(() -> FailureException.notFound(
                        "There is no upload " + id + "; it may have ended or expired. Begin it anew."));
    }

    /** One whose bytes come now is not given up. */
    void expiresAt(Transaction tx, UUID id, Instant when) {
        tx.update("update storage.uploads set expires_at = $2 where id = $1", id, when);
    }

    List<Upload> expired(Transaction tx, Instant now) {
        return tx.query("select * from storage.uploads where expires_at < $1 order by id", UploadStore::upload, now);
    }

    void delete(Transaction tx, UUID id) {
        tx.update("delete from storage.uploads where id = $1", id);
    }

    private static Upload upload(Row row) {
        return new Upload(
                row.uuid("id"),
                row.text("name"),
                row.uuid("pool_id"),
                row.uuid("host_id"),
                row.text("format"),
                row.numberOrNull("size_bytes"),
                row.textOrNull("sha256"),
                row.instant("expires_at"));
    }
}
