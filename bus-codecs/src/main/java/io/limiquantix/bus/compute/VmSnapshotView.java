package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.Stillness;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a VM's disks held at a moment.
 *
 * @param parentId the one that the disks had gone on from; absent: none
 * @param stillness what the guest did at that moment; absent until it is made
 * @param createdBy who made it
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
        String createdBy,
        Instant createdAt,
        long version) {
    public VmSnapshotView {
        disks = List.copyOf(disks);
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
