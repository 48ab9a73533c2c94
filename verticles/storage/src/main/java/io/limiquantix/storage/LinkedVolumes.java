package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes that stand on snapshots of others. Whoever makes one, or deletes what it stands on, locks that row first. */
final class LinkedVolumes {
    private static final int SHOWN = 10;

    /** Refuses a volume that would stand on something that is not there, or is being deleted. */
    void requireOrigin(Transaction tx, VolumeOrigin origin) {
        UUID volume = Objects.requireNonNull(origin.volumeId(), "a linked volume stands on a volume");
        UUID snapshot = Objects.requireNonNull(origin.snapshotId(), "a linked volume stands on a snapshot");
        boolean there = tx.queryOne(
                        "select v.state as volume_state, s.state as snapshot_state from storage.volumes v"
                                + " join storage.snapshots s on s.volume_id = v.id"
                                + " where v.id = $1 and s.id = $2 for share",
                        row -> row.constant("volume_state", VolumeView.State.class) == VolumeView.State.READY
                                && row.constant("snapshot_state", SnapshotView.State.class) == SnapshotView.State.READY,
                        volume,
                        snapshot)
                .orElse(false);
        if (!there) {
            throw FailureException.conflict(
                    "The snapshot that the new volume was to stand on is gone, or about to be deleted.");
        }
        requireStill(
                tx,
                "select exists (select from storage.snapshots where volume_id = $1 and state = 'DELETING') as yes",
                volume,
                "A snapshot of the volume that the new one is to stand on is being deleted, or was so halfway, and its files change"
                        + " meanwhile. It is waited for; delete it again where that had failed.");
    }

    /** Refuses to change a volume's files while another one is made that is to stand on one of them. */
    void requireNoneBegun(Transaction tx, UUID volumeId) {
        tx.queryOne("select id from storage.volumes where id = $1 for update", row -> row.uuid("id"), volumeId);
        requireStill(
                tx,
                "select exists (select from storage.volumes where linked and origin_volume_id = $1 and state = 'CREATING')"
                        + " as yes",
                volumeId,
                "A linked volume is being made on this one, whose files are not to change meanwhile; ask again in a moment.");
    }

    private static void requireStill(Transaction tx, String question, UUID volumeId, String otherwise) {
        if (tx.queryOne(question, row -> row.flag("yes"), volumeId).orElse(false)) {
            throw FailureException.of(FailureCode.UNAVAILABLE, otherwise);
        }
    }

    /**
     * Refuses to go on while volumes stand on it; its row is locked.
     *
     * @param snapshotId absent for any snapshot of the volume
     */
    void requireNone(Transaction tx, UUID volumeId, @Nullable UUID snapshotId, String what) {
        List<String> names = tx.query(
                "select name from storage.volumes where linked and origin_volume_id = $1"
                        + " and ($2::uuid is null or origin_snapshot_id = $2) order by lower(name) limit " + SHOWN,
                row -> row.text("name"),
                volumeId,
                snapshotId);
        if (!names.isEmpty()) {
            throw FailureException.conflict(what + " is what linked volumes stand on, among them "
                    + String.join(", ", names) + "; make them independent or delete them first.");
        }
    }
}
