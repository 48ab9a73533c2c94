package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.Stillness;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a VM's disks held at a moment, and its memory where that was wanted.
 *
 * @param parentId the one that the disks had gone on from; absent: none
 * @param stillness what the guest did at that moment; absent until it is made
 * @param memoryBytes what its memory takes on its host; absent where that was not kept, and until it is
 * @param usedBytes what it holds on the storage that none before it does, all its disks together; absent where that is not known now
 * @param createdBy who made it
 * @param forClones whether it was made for clones, and goes with the last one that needs it
 * @param clones the names of the VMs that need it: linked clones, and others while they are made
 */
public record VmSnapshotView(
        UUID id,
        UUID vmId,
        @Nullable UUID parentId,
        String name,
        String description,
        State state,
        @Nullable Stillness stillness,
        List<Disk> disks,
        @Nullable Long memoryBytes,
        @Nullable Long usedBytes,
        String createdBy,
        Instant createdAt,
        long version,
        boolean forClones,
        List<String> clones) {
    public VmSnapshotView {
        disks = List.copyOf(disks);
        clones = List.copyOf(clones);
    }

    /** The same with what it takes. */
    public VmSnapshotView using(@Nullable Long bytes) {
        return new VmSnapshotView(
                id,
                vmId,
                parentId,
                name,
                description,
                state,
                stillness,
                disks,
                memoryBytes,
                bytes,
                createdBy,
                createdAt,
                version,
                forClones,
                clones);
    }

    /**
     * A disk that it covers.
     *
     * @param snapshotId of the volume
     */
    public record Disk(UUID volumeId, UUID snapshotId, long sizeBytes) {}

    public enum State {
        CREATING,
        READY,
        /** Also where that ended halfway; it can only be deleted again. */
        DELETING
    }
}
