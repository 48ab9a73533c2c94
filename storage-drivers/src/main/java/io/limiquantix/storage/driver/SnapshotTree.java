package io.limiquantix.storage.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume's snapshots, and what each came of.
 *
 * @param nodes oldest first
 * @param currentId the one that the volume goes on from; absent: none
 * @param exact whether the storage knows what came of what, and not the order alone
 */
public record SnapshotTree(List<Node> nodes, @Nullable UUID currentId, boolean exact) {
    public SnapshotTree {
        nodes = List.copyOf(nodes);
    }

    /**
     * @param parentId absent: none
     * @param sizeBytes the size that the volume had
     */
    public record Node(UUID id, @Nullable UUID parentId, long sizeBytes) {}

    /** For a storage that only knows which came after which: each of the one before it. */
    public static SnapshotTree line(List<Snapshot> oldestFirst) {
        List<Node> nodes = new ArrayList<>();
        @Nullable UUID last = null;
        for (Snapshot snapshot : oldestFirst) {
            nodes.add(new Node(snapshot.id(), last, snapshot.sizeBytes()));
            last = snapshot.id();
        }
        return new SnapshotTree(nodes, last, false);
    }
}
