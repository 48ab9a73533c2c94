package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the snapshots of a volume came of, as a host reads it from the storage. */
public final class SnapshotTreeApi {
    /** None for a volume that is not there. Fails where the storage cannot be read: nothing is known then. */
    public static final HostAddress<HostStorageApi.VolumeName, Tree> READ =
            HostAddress.reading("host.storage.read-snapshot-tree", HostStorageApi.VolumeName.class, Tree.class);

    private SnapshotTreeApi() {}

    /**
     * @param nodes oldest first
     * @param currentId the one that the volume goes on from; absent: none
     * @param exact whether the storage knows what came of what; if not, each is said to come of the one before it
     */
    public record Tree(List<Node> nodes, @Nullable UUID currentId, boolean exact) {
        public Tree {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param parentId the one that it came of, as well as the storage knows that; absent: none
     * @param sizeBytes the size that the volume had
     */
    public record Node(UUID snapshotId, @Nullable UUID parentId, long sizeBytes) {}
}
