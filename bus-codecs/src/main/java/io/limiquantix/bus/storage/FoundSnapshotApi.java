package io.limiquantix.bus.storage;

import io.limiquantix.bus.ServiceAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Snapshots that volumes have and that nobody here knew of. */
public final class FoundSnapshotApi {
    /**
     * Stores them as parts of a snapshot of a VM, for a task; asked again it answers the same. {@code NOT_FOUND} when the host does not
     * find one of them, and then none is stored.
     */
    public static final ServiceAddress<Found, Stored> STORE =
            ServiceAddress.changing("storage.store-found-snapshots", Found.class, Stored.class);

    private FoundSnapshotApi() {}

    /**
     * @param name of the VM's snapshot
     * @param parts at least one, each of another volume
     * @param madeAt when they were made
     */
    public record Found(UUID hostId, UUID vmSnapshotId, String name, List<StorageApi.Snapshot> parts, Instant madeAt) {
        public Found {
            parts = List.copyOf(parts);
        }
    }

    /** In the order of the request. */
    public record Stored(List<SnapshotView> parts) {
        public Stored {
            parts = List.copyOf(parts);
        }
    }
}
