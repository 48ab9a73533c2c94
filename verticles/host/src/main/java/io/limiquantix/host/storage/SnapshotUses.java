package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.SnapshotUseApi;
import io.limiquantix.storage.driver.SnapshotTree;
import io.limiquantix.storage.driver.SnapshotUse;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which snapshots volumes have and what they take. A volume of which that cannot be read takes nothing from the others. */
public final class SnapshotUses {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotUses.class);

    private final OpenPools pools;

    public SnapshotUses(OpenPools pools) {
        this.pools = pools;
    }

    /** What is known of them. */
    public SnapshotUseApi.Uses of(SnapshotUseApi.Volumes request) {
        return new SnapshotUseApi.Uses(request.volumes().stream()
                .flatMap(volume -> read(volume).stream())
                .toList());
    }

    /** What they came of. */
    public SnapshotTreeApi.Tree tree(VolumeName name) {
        SnapshotTree tree = StorageFailures.translate(
                () -> pools.require(name.poolId()).snapshots().tree(name.volumeId()));
        return new SnapshotTreeApi.Tree(
                tree.nodes().stream()
                        .map(node -> new SnapshotTreeApi.Node(node.id(), node.parentId(), node.sizeBytes()))
                        .toList(),
                tree.currentId(),
                tree.exact());
    }

    private Optional<SnapshotUseApi.Use> read(VolumeName name) {
        try {
            SnapshotUse use = StorageFailures.translate(
                    () -> pools.require(name.poolId()).snapshots().use(name.volumeId()));
            return Optional.of(new SnapshotUseApi.Use(name.volumeId(), ofSnapshots(use), use.chainLength()));
        } catch (FailureException e) {
            LOG.info("The snapshots of the volume {} cannot be read: {}", name.volumeId(), e.getMessage());
            return Optional.empty();
        }
    }

    private static List<SnapshotUseApi.OfSnapshot> ofSnapshots(SnapshotUse use) {
        return use.there().stream()
                .map(id -> new SnapshotUseApi.OfSnapshot(id, use.bytes().get(id)))
                .toList();
    }
}
