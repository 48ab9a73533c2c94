package io.limiquantix.storage.driver;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a pool whose volumes are chains of files, for volumes that a domain uses. The driver makes and keeps the
 * files; whoever calls has the domain go over to another one between two calls. Whatever is cut off is gone on with by the same
 * call again. The caller lets nothing else happen to a volume meanwhile, and no domain start with it.
 */
public interface Overlays {
    /** The volume whose file this is, if it is one of this pool's. */
    Optional<UUID> volumeOf(DiskSource source);

    /**
     * Lets the record follow what the domain really has, where a call between two steps never came. To be called before anything
     * else is done to the volume.
     *
     * @param named what the domain's disk names; absent when no domain is defined with the volume
     * @param running whether that domain is active
     * @return the volume; a domain that is started is to name its source
     * @throws StorageException {@code NOT_FOUND}, {@code CONFLICT} when nobody can tell which file is the newer one
     */
    Volume settle(UUID volumeId, @Nullable DiskSource named, boolean running);

    /**
     * Makes an empty overlay, which reads as what is below it, for a snapshot of a volume that a domain uses.
     *
     * @return what the domain has to go over to; empty when the snapshot is there
     * @throws StorageException as {@link Snapshots#create}; {@code CONFLICT} also while files of it are being merged
     */
    Optional<Change> prepare(UUID volumeId, UUID snapshotId);

    /** The domain writes to the overlay by now: what is below it is the snapshot. */
    Snapshot switched(UUID volumeId, UUID snapshotId);

    /** The domain never went over: the overlay is removed. Success when there is none. */
    void abandon(UUID volumeId, UUID snapshotId);

    /**
     * Forgets the snapshot and answers what the domain has to merge next, or empty when all is done that can be.
     *
     * @throws StorageException {@code CONFLICT} for a snapshot that can be deleted only while no domain uses the volume
     */
    Optional<Merge> merge(UUID volumeId, UUID snapshotId);

    /** The domain has merged the files: the upper one is removed. */
    void merged(UUID volumeId, Merge merge);

    /** From which file to which one a domain's disk goes over. */
    record Change(DiskSource from, DiskSource to, VolumeFormat format) {}

    /**
     * What is written into what.
     *
     * @param top the file whose blocks go into the base
     * @param base what the top stands on
     * @param active whether the domain writes to the top, and has to go over to the base
     */
    record Merge(DiskSource top, DiskSource base, boolean active) {}
}
