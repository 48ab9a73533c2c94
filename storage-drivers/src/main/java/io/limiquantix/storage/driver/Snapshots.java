package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The snapshots of a pool's volumes. */
public interface Snapshots {
    /**
     * Keeps what the volume holds now; a snapshot of that id is answered again.
     *
     * @throws StorageException {@code NOT_FOUND} without the volume, {@code INVALID} for a format that cannot be snapshotted,
     *     {@code CONFLICT} while a domain uses it unless {@link StorageCapabilities#liveSnapshots} without {@link #overlays}
     */
    Snapshot create(UUID volumeId, UUID snapshotId);

    /**
     * Brings the volume's contents and size back to the snapshot's. The snapshot stays, and so do later ones where the
     * storage is able to keep them.
     *
     * @throws StorageException {@code NOT_FOUND}, {@code CONFLICT} while a domain uses the volume
     */
    Volume revert(UUID volumeId, UUID snapshotId);

    /**
     * Deletes the snapshot; success when there is none.
     *
     * @throws StorageException {@code CONFLICT} while a volume depends on it, and while a domain uses the volume unless
     *     {@link StorageCapabilities#liveSnapshots} without {@link #overlays}
     */
    void delete(UUID volumeId, UUID snapshotId);

    /**
     * Where the tools of QEMU on this host find what the snapshot holds.
     *
     * @throws StorageException {@code NOT_FOUND}
     */
    QemuLocation location(UUID volumeId, UUID snapshotId);

    /** Oldest first; none for a volume that is not there. */
    List<Snapshot> list(UUID volumeId);

    /** Which there are, and what they take as far as the storage tells at little cost; it may change while this is read. */
    SnapshotUse use(UUID volumeId);

    /** What came of what; as well as the storage knows it, which may be the order alone. None for a volume that is not there. */
    default SnapshotTree tree(UUID volumeId) {
        return SnapshotTree.line(list(volumeId));
    }

    /** How snapshots of a volume come and go while a domain uses it, where the domain has a part in that. */
    default Optional<Overlays> overlays() {
        return Optional.empty();
    }
}
