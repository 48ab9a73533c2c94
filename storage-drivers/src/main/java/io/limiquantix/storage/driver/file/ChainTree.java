package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotTree;
import io.limiquantix.storage.driver.SnapshotTree.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of what, by the files that snapshots stand on. */
final class ChainTree {
    private final VolumeChains chains;

    ChainTree(VolumeChains chains) {
        this.chains = chains;
    }

    /** @param inside those that lie in the volume's first file, and so are before all others */
    SnapshotTree of(UUID volumeId, List<Snapshot> inside) throws IOException {
        return chains.look(volumeId, (chain, tree) -> of(chain, tree, inside));
    }

    private static SnapshotTree of(Chain chain, FileTree tree, List<Snapshot> inside) {
        SnapshotTree first = SnapshotTree.line(inside);
        Map<String, UUID> byFile = new HashMap<>();
        chain.frozen().forEach(frozen -> byFile.put(frozen.file(), frozen.snapshotId()));
        List<Node> nodes = new ArrayList<>(first.nodes());
        for (Chain.Frozen frozen : chain.frozen()) {
            @Nullable UUID below = below(tree.parents().get(frozen.file()), tree, byFile);
            nodes.add(new Node(frozen.snapshotId(), below == null ? first.currentId() : below, frozen.sizeBytes()));
        }
        @Nullable UUID current = below(tree.parents().get(chain.current()), tree, byFile);
        return new SnapshotTree(nodes, current == null ? first.currentId() : current, true);
    }

    /** Files whose snapshots were deleted may still lie between. */
    private static @Nullable UUID below(@Nullable String start, FileTree tree, Map<String, UUID> byFile) {
        @Nullable String file = start;
        while (file != null && !byFile.containsKey(file)) {
            file = tree.parents().get(file);
        }
        return file == null ? null : byFile.get(file);
    }
}
