package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.Volume;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Overlays that no caller waits for when the server is gone. */
record GuardedOverlays(Overlays overlays, Guard guard) implements Overlays {
    /** Looks at no file. */
    @Override
    public Optional<UUID> volumeOf(DiskSource source) {
        return overlays.volumeOf(source);
    }

    @Override
    public Volume settle(UUID volumeId, @Nullable DiskSource named, boolean running) {
        return guard.call(() -> overlays.settle(volumeId, named, running));
    }

    @Override
    public Optional<Change> prepare(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> overlays.prepare(volumeId, snapshotId));
    }

    @Override
    public Snapshot switched(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> overlays.switched(volumeId, snapshotId));
    }

    @Override
    public void abandon(UUID volumeId, UUID snapshotId) {
        guard.run(() -> overlays.abandon(volumeId, snapshotId));
    }

    @Override
    public Optional<Merge> merge(UUID volumeId, UUID snapshotId) {
        return guard.call(() -> overlays.merge(volumeId, snapshotId));
    }

    @Override
    public void merged(UUID volumeId, Merge merge) {
        guard.run(() -> overlays.merged(volumeId, merge));
    }
}
