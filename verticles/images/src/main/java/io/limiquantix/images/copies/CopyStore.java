package io.limiquantix.images.copies;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The copies of images in the database. */
final class CopyStore {
    private static final String KIND = "image";

    /** An image that is ready. */
    record ReadyImage(UUID id, String name, String sha256) {}

    /**
     * The image, about whose copies nobody else decides until the transaction ends.
     *
     * @throws FailureException {@code NOT_FOUND} also to whom it is private, or {@code CONFLICT} while it has no bytes
     */
    ReadyImage lock(Transaction tx, UUID imageId, Actor actor) {
        return tx.queryOne(
                        "select id, name, state, sha256 from images.images where id = $1"
                                + " and (visibility = 'SHARED' or $2 or owner_id = $3) for update",
                        CopyStore::readyImage,
                        imageId,
                        actor.seesAll(),
                        actor.userId())
                .orElseThrow(() -> FailureException.notFound("There is no image " + imageId + "."));
    }

    private static ReadyImage readyImage(Row row) {
        if (!row.constant("state", ImageView.State.class).isUsable()) {
            throw FailureException.conflict(
                    "The image " + row.text("name") + " is not ready: its bytes are not here or not checked yet.");
        }
        return new ReadyImage(row.uuid("id"), row.text("name"), row.text("sha256"));
    }

    List<StoredCopy> of(Transaction tx, UUID imageId) {
        return tx.query(
                "select * from images.copies where image_id = $1 order by pool_id, host_id", CopyStore::copy, imageId);
    }

    /** All that may go to make room, those that were not used for longest first. */
    List<StoredCopy> notKept(Transaction tx) {
        return tx.query(
                "select * from images.copies where not kept and state = 'READY' order by last_used_at, id",
                CopyStore::copy);
    }

    Optional<StoredCopy> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from images.copies where id = $1", CopyStore::copy, id);
    }

    void insertArriving(Transaction tx, UUID id, ImageAt place, boolean kept) {
        tx.update(
                "insert into images.copies (id, image_id, pool_id, host_id, state, kept) values ($1, $2, $3, $4, $5, $6)",
                id,
                place.imageId(),
                place.poolId(),
                place.hostId(),
                CopyState.ARRIVING,
                kept);
        tx.changed(KIND, place.imageId(), Change.CHANGED);
    }

    void ready(Transaction tx, StoredCopy copy, String sha256, long bytes) {
        tx.update(
                "update images.copies set state = $2, sha256 = $3, bytes = $4, last_used_at = now() where id = $1",
                copy.id(),
                CopyState.READY,
                sha256,
                bytes);
        tx.changed(KIND, copy.imageId(), Change.CHANGED);
    }

    /** Nobody is told of it: it happens often, and only makes room later. */
    void used(Transaction tx, UUID id) {
        tx.update("update images.copies set last_used_at = now() where id = $1", id);
    }

    void keep(Transaction tx, StoredCopy copy) {
        if (tx.update("update images.copies set kept = true where id = $1 and not kept", copy.id()) == 1) {
            tx.changed(KIND, copy.imageId(), Change.CHANGED);
        }
    }

    void become(Transaction tx, StoredCopy copy, CopyState state) {
        tx.update("update images.copies set state = $2 where id = $1", copy.id(), state);
        tx.changed(KIND, copy.imageId(), Change.CHANGED);
    }

    void delete(Transaction tx, StoredCopy copy) {
        if (tx.update("delete from images.copies where id = $1", copy.id()) == 1) {
            tx.changed(KIND, copy.imageId(), Change.CHANGED);
        }
    }

    private static StoredCopy copy(Row row) {
        return new StoredCopy(
                row.uuid("id"),
                row.uuid("image_id"),
                row.uuid("pool_id"),
                row.uuid("host_id"),
                row.constant("state", CopyState.class),
                row.flag("kept"),
                row.textOrNull("sha256"),
                row.number("bytes"),
                row.instant("last_used_at"));
    }
}
