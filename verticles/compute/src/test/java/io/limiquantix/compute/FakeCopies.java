package io.limiquantix.compute;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What volumes began with, and copies of what snapshots hold. */
final class FakeCopies {
    final Map<UUID, VolumeOrigin> origins = new ConcurrentHashMap<>();
    /** Those that share nothing with their origin any more. */
    final Set<UUID> independent = ConcurrentHashMap.newKeySet();

    private final World world;

    FakeCopies(World world) {
        this.world = world;
    }

    void serve(Bus bus) {
        bus.serve(StorageApi.COPY_SNAPSHOT, (q, caller) -> {
            world.effect(
                    "copy disk",
                    () -> world.volumes.putIfAbsent(q.volumeId(), q.vmId().toString()) == null);
            origins.put(
                    q.volumeId(),
                    new VolumeOrigin(null, q.source().volumeId(), q.source().snapshotId()));
            independent.add(q.volumeId());
            return new TaskRef(world.anyEndedTask, q.volumeId());
        });
    }

    VolumeView view(UUID id, @Nullable UUID user) {
        return FakeViews.volume(new StorageApi.ProvisionVolume(
                id,
                world.diskMoves.poolOf(id),
                world.hostId,
                "data",
                1L << 30,
                origins.getOrDefault(id, VolumeOrigin.ZEROES),
                independent.contains(id),
                Preallocation.THIN,
                user));
    }
}
