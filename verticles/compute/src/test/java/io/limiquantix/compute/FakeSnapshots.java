package io.limiquantix.compute;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The snapshots of volumes that the storage keeps. */
final class FakeSnapshots {
    /** The volumes of those that there are. */
    final Map<UUID, UUID> kept = new ConcurrentHashMap<>();
    /** To which volumes were brought back, in order. */
    final List<UUID> broughtBack = new CopyOnWriteArrayList<>();

    /** The snapshots whose memory the host keeps. */
    final Set<UUID> memories = ConcurrentHashMap.newKeySet();

    /** Which memories guests went on from, in order. */
    final List<UUID> wentOnFrom = new CopyOnWriteArrayList<>();

    private final World world;

    FakeSnapshots(World world) {
        this.world = world;
    }

    void serve(Bus bus) {
        bus.serve(StorageApi.GET_POOL, (q, caller) -> FakeViews.pool(q.poolId(), world.hostId));
        bus.serve(StorageApi.SNAPSHOT_VM, (q, caller) -> {
            q.disks().forEach(disk -> kept.put(disk.snapshotId(), disk.volumeId()));
            if (q.memory()) {
                memories.add(q.vmSnapshotId());
            }
            world.effect("keep disks", () -> true);
            List<SnapshotView> made = q.disks().stream()
                    .map(disk -> new SnapshotView(
                            disk.snapshotId(),
                            disk.volumeId(),
                            q.name(),
                            1L << 30,
                            SnapshotView.State.READY,
                            q.vmSnapshotId(),
                            Instant.EPOCH,
                            1))
                    .toList();
            return new StorageApi.VmDisksKept(
                    made, q.quiesce() ? Stillness.QUIESCED : Stillness.RUNNING, q.memory() ? 1L << 27 : null);
        });
        bus.serve(StorageApi.BRING_BACK, (q, caller) -> {
            world.effect("bring back", () -> broughtBack.add(q.snapshotId()));
            return FakeViews.volume(StorageApi.ProvisionVolume.ofImage(
                    q.volumeId(), world.poolId, world.hostId, "data", 1L << 30, null, null));
        });
        bus.serve(DomainApi.GO_ON_FROM_MEMORY, world.hostId, (q, caller) -> {
            wentOnFrom.add(q.memoryId());
            world.effect("go on", () -> world.domains.replace(q.vmId(), PowerState.RUNNING) != PowerState.RUNNING);
            return world.report(q.vmId(), "restored");
        });
        bus.serve(
                DomainApi.FORGET_MEMORY,
                world.hostId,
                (q, caller) -> world.nothing("forget memory", () -> memories.remove(q.memoryId())));
        bus.serve(
                StorageApi.DISCARD_SNAPSHOT,
                (q, caller) -> world.nothing("discard snapshot", () -> kept.remove(q.snapshotId()) != null));
    }
}
