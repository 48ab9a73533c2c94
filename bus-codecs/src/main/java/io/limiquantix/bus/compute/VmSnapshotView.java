package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.Stillness;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
 * @param missingOn the volumes that do not have their part of it any more, as far as the host says that
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
        List<String> clones,
        List<UUID> missingOn) {
    public VmSnapshotView {
        missingOn = List.copyOf(Objects.requireNonNullElse(missingOn, List.of()));
        disks = List.copyOf(disks);
        clones = List.copyOf(clones);
    }

    /** As it is stored, of which the host says nothing. */
    public VmSnapshotView(
            UUID id,
            UUID vmId,
            @Nullable UUID parentId,
            String name,
            String description,
            State state,
            @Nullable Stillness stillness,
            List<Disk> disks,
            @Nullable Long memoryBytes,
            String createdBy,
            Instant createdAt,
            long version,
            boolean forClones,
            List<String> clones) {
        this(
                id,
                vmId,
                parentId,
                name,
                description,
                state,
                stillness,
                disks,
                memoryBytes,
                null,
                createdBy,
                createdAt,
                version,
                forClones,
                clones,
                List.of());
    }

    /**
     * The same as the host has it.
     *
     * @param bytes absent: unknown
     * @param lacking the volumes without it; it is broken when there are any
     */
    public VmSnapshotView found(@Nullable Long bytes, List<UUID> lacking) {
        return new VmSnapshotView(
                id,
                vmId,
                parentId,
                name,
                description,
                lacking.isEmpty() ? state : State.BROKEN,
                stillness,
                disks,
                memoryBytes,
                bytes,
                createdBy,
                createdAt,
                version,
                forClones,
                clones,
                lacking);
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
        DELETING,
        /** It was made, and a disk lacks its part of it; it can only be deleted. Never stored. */
        BROKEN
    }
}
