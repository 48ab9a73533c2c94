package io.limiquantix.bus.images;

import io.limiquantix.bus.host.CameAs;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image of the library.
 *
 * @param sha256 known once it is ready
 * @param defaultUser the account that the image's makers prepare, where known
 * @param copies where its bytes are
 * @param problem why it was refused
 * @param format what it is; what its file is said to be while it is not ready
 * @param cameAs what its file was, where that was unpacked or converted
 * @param tags in the order of the alphabet
 * @param owner absent where nobody knows, or the platform made it
 * @param appliance the machine that it is, for a ready one of the format {@code ova}; its bytes are those of its disks' images
 * @param applianceId which appliance it is a disk of, absent for all others
 * @param catalogueEntryId which entry of the catalogue it came from, absent where it came otherwise
 */
public record ImageView(
        UUID id,
        String name,
        String description,
        @Nullable OperatingSystem operatingSystem,
        @Nullable String defaultUser,
        String format,
        State state,
        @Nullable String sha256,
        long fileBytes,
        long virtualSizeBytes,
        List<Copy> copies,
        @Nullable String problem,
        @Nullable UUID catalogueEntryId,
        Instant createdAt,
        long version,
        @Nullable CameAs cameAs,
        List<String> tags,
        @Nullable Owner owner,
        Visibility visibility,
        @Nullable Appliance appliance,
        @Nullable UUID applianceId) {

    public ImageView {
        copies = List.copyOf(copies);
        tags = List.copyOf(tags);
    }

    public enum State {
        /** Known by name, its bytes are not here yet. */
        DRAFT,
        CHECKING,
        READY,
        /** Ready, but not offered any more to whoever does not name it. */
        DEPRECATED,
        REFUSED;

        /** Whether its bytes are here and checked, so that disks can be made of them. */
        public boolean isUsable() {
            return this == READY || this == DEPRECATED;
        }
    }

    /** Who sees it and can use it. */
    public enum Visibility {
        SHARED,
        /** Its owner, and administrators. */
        PRIVATE
    }

    /** Who made it. */
    public record Owner(UUID id, String name) {}

    /**
     * Where the image's bytes are, or are to be. In a pool that its hosts share, one copy is everybody's.
     *
     * @param hostId the host that took them
     * @param kept whether a person put it there; only others are removed to make room
     * @param lastUsedAt when a volume was last to begin as it; absent where only the place matters
     */
    public record Copy(
            UUID poolId,
            UUID hostId,
            CopyState state,
            boolean kept,
            @Nullable Instant lastUsedAt) {
        public Copy {
            // Absent in what an earlier version wrote.
            state = Objects.requireNonNullElse(state, CopyState.READY);
        }

        /** A place, of which nothing else is said. */
        public Copy(UUID poolId, UUID hostId) {
            this(poolId, hostId, CopyState.READY, true, null);
        }

        /** Where it is, and nothing else. */
        public Copy place() {
            return new Copy(poolId, hostId);
        }
    }

    /** What becomes of a copy. */
    public enum CopyState {
        /** Its bytes are on their way. */
        ARRIVING,
        READY,
        /** It is being deleted. */
        LEAVING
    }
}
