package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The volumes of one pool. */
public interface Volumes {
    /**
     * Makes the volume, or answers the one that is there when it fits the request.
     *
     * @throws StorageException {@code NOT_FOUND} without its origin, {@code INVALID} for a size below the origin's or a
     *     format that the pool does not have, {@code CONFLICT} when a volume of that id is there and differs, {@code NO_SPACE}
     */
    Volume create(VolumeRequest request);

    /**
     * Grows a volume that no domain uses; the size it has already is success.
     *
     * @throws StorageException {@code NOT_FOUND}, {@code INVALID} for a smaller size, {@code CONFLICT} while in use
     */
    Volume grow(UUID id, long sizeBytes);

    /**
     * Makes the volume independent of the image or snapshot that it shares blocks with; success when it is.
     *
     * @throws StorageException {@code NOT_FOUND}, {@code CONFLICT} while in use where the storage cannot do that then
     */
    Volume makeIndependent(UUID id);

    /**
     * Deletes the volume; success when there is none.
     *
     * @throws StorageException {@code CONFLICT} while another volume depends on it or one of its snapshots, and for
     *     {@link SnapshotsOfIt#KEEP} while it has snapshots
     */
    void delete(UUID id, SnapshotsOfIt snapshots);

    Optional<Volume> find(UUID id);

    List<Volume> list();

    /** Whatever a domain with this volume may name as its disk; where a volume is a chain of files, all of them. */
    default Set<DiskSource> sources(UUID id) {
        return find(id).map(volume -> Set.of(volume.source())).orElse(Set.of());
    }

    /**
     * Where the tools of QEMU on this host find the volume's bytes.
     *
     * @throws StorageException {@code NOT_FOUND}
     */
    QemuLocation location(UUID id);

    /** What lies among the volumes and was not made here. */
    List<UnmanagedVolume> unmanaged();

    /**
     * Makes something that lies among the volumes one of them, whole and where it is; answers it again when it is one.
     *
     * @param name as {@link #unmanaged} has it
     * @throws StorageException {@code NOT_FOUND}, {@code INVALID} for what cannot be a volume, for instance a qcow2 file that
     *     makes QEMU read another one
     */
    Volume adopt(String name, UUID id);

    /** What is to happen with the snapshots of a volume that is deleted. */
    enum SnapshotsOfIt {
        DELETE,
        /** The volume stays while it has any. */
        KEEP
    }
}
