package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Volumes that no caller waits for when the server is gone. */
public record GuardedVolumes(Volumes volumes, Guard guard) implements Volumes {
    @Override
    public Volume create(VolumeRequest request) {
        return guard.call(() -> volumes.create(request));
    }

    @Override
    public Volume grow(UUID id, long sizeBytes) {
        return guard.call(() -> volumes.grow(id, sizeBytes));
    }

    @Override
    public Volume makeIndependent(UUID id) {
        return guard.call(() -> volumes.makeIndependent(id));
    }

    @Override
    public void delete(UUID id, SnapshotsOfIt snapshots) {
        guard.run(() -> volumes.delete(id, snapshots));
    }

    @Override
    public Optional<Volume> find(UUID id) {
        return guard.call(() -> volumes.find(id));
    }

    @Override
    public List<Volume> list() {
        return guard.call(volumes::list);
    }

    @Override
    public Set<DiskSource> sources(UUID id) {
        return guard.call(() -> volumes.sources(id));
    }

    @Override
    public QemuLocation location(UUID id) {
        return guard.call(() -> volumes.location(id));
    }

    @Override
    public List<UnmanagedVolume> unmanaged() {
        return guard.call(volumes::unmanaged);
    }

    @Override
    public Volume adopt(String name, UUID id) {
        return guard.call(() -> volumes.adopt(name, id));
    }
}
