package io.limiquantix.storage.driver;

import java.util.List;
import java.util.UUID;

/** The snapshots of a pool's volumes. */
public interface Snapshots {
    /**
     * Keeps what the volume holds now; a snapshot of that id is answered again.
     *
     * @throws StorageException {@code NOT_FOUND} without the volume, {@code CONFLICT} while a domain uses it unless
     *     {@link StorageCapabilities#liveSnapshots}, {@code INVALID} for a format that cannot be snapshotted
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
     *     {@link StorageCapabilities#liveSnapshots}
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
}
