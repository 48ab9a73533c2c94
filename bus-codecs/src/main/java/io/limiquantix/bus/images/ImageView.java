package io.limiquantix.bus.images;

import io.limiquantix.bus.host.CameAs;
import java.time.Instant;
import java.util.List;
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
        Visibility visibility) {

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

    public record Copy(UUID poolId, UUID hostId) {}
}
