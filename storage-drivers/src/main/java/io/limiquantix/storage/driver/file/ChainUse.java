package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.SnapshotUse;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the files take that snapshots hold. */
final class ChainUse {
    private final VolumeChains chains;

    ChainUse(VolumeChains chains) {
        this.chains = chains;
    }

    /** @param inside the snapshots that lie in the volume's first file, of which nobody knows what they take */
    SnapshotUse of(UUID volumeId, List<UUID> inside) throws IOException {
        return chains.look(volumeId, (chain, tree) -> of(chain, tree, inside));
    }

    private SnapshotUse of(Chain chain, FileTree tree, List<UUID> inside) throws IOException {
        Map<UUID, Long> bytes = new HashMap<>();
        for (Chain.Frozen frozen : chain.frozen()) {
            bytes.put(frozen.snapshotId(), bytes(chain, tree, frozen.file()));
        }
        Set<UUID> there = new HashSet<>(inside);
        there.addAll(bytes.keySet());
        return new SnapshotUse(there, bytes, tree.lineOf(chain.current()).size());
    }

    /** With the files below that only it needs: one that is not merged yet. */
    private long bytes(Chain chain, FileTree tree, String file) throws IOException {
        long bytes = VolumeFile.allocatedBytes(chains.file(file));
        @Nullable String below = tree.parents().get(file);
        while (below != null && !chain.isNamed(below) && tree.childrenOf(below).size() == 1) {
            bytes += VolumeFile.allocatedBytes(chains.file(below));
            below = tree.parents().get(below);
        }
        return bytes;
    }
}
