package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotTree;
import io.limiquantix.storage.driver.SnapshotUse;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.Volume;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Snapshots that no caller waits for when the server is gone. */
public record GuardedSnapshots(Snapshots snapshots, Guard guard) implements Snapshots {
    @Override
    public Snapshot create(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> snapshots.create(volumeId, snapshotId));
    }

    @Override
    public Volume revert(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> snapshots.revert(volumeId, snapshotId));
    }

    @Override
    public void delete(UUID volumeId, UUID snapshotId) {
        guard.run(() -> snapshots.delete(volumeId, snapshotId));
    }

    @Override
    public QemuLocation location(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> snapshots.location(volumeId, snapshotId));
    }

    @Override
    public List<Snapshot> list(UUID volumeId) {
        return guard.call(() -> snapshots.list(volumeId));
    }

    @Override
    public SnapshotUse use(UUID volumeId) {
        return guard.call(() -> snapshots.use(volumeId));
    }

    @Override
    public SnapshotTree tree(UUID volumeId) {
        return guard.call(() -> snapshots.tree(volumeId));
    }

    @Override
    public Optional<Overlays> overlays() {
        return snapshots.overlays().map(overlays -> new GuardedOverlays(overlays, guard));
    }
}
