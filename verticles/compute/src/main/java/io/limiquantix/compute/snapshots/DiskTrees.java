package io.limiquantix.compute.snapshots;

import io.limiquantix.bus.host.SnapshotTreeApi.Node;
import io.limiquantix.bus.host.SnapshotTreeApi.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The snapshots that each disk of a VM has on its storage, by the disk's volume. */
public record DiskTrees(Map<UUID, Tree> trees) {
    public DiskTrees {
        trees = Map.copyOf(trees);
    }

    boolean has(UUID volumeId, UUID snapshotId) {
        return node(volumeId, snapshotId).isPresent();
    }

    /** Whether the storage knows what came of what, and not the order alone. */
    boolean isExact(UUID volumeId) {
        return tree(volumeId).exact();
    }

    private Tree tree(UUID volumeId) {
        return trees.getOrDefault(volumeId, new Tree(List.of(), null, false));
    }

    private Optional<Node> node(UUID volumeId, @Nullable UUID snapshotId) {
        return tree(volumeId).nodes().stream()
                .filter(node -> node.snapshotId().equals(snapshotId))
                .findFirst();
    }

    /** The nearest one below the snapshot that is wanted; empty when there is none. */
    Optional<UUID> below(UUID volumeId, UUID snapshotId, Predicate<UUID> wanted) {
        return node(volumeId, snapshotId).flatMap(node -> nearest(volumeId, node.parentId(), wanted));
    }

    /** The nearest one that the volume goes on from and that is wanted; empty when there is none. */
    Optional<UUID> current(UUID volumeId, Predicate<UUID> wanted) {
        return nearest(volumeId, tree(volumeId).currentId(), wanted);
    }

    private Optional<UUID> nearest(UUID volumeId, @Nullable UUID start, Predicate<UUID> wanted) {
        @Nullable UUID id = start;
        while (id != null && !wanted.test(id)) {
            id = node(volumeId, id).map(Node::parentId).orElse(null);
        }
        return Optional.ofNullable(id);
    }
}
