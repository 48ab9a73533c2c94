package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.MergeApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.SnapshotUseApi;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.storage.FoundSnapshotApi;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.runtime.bus.Bus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

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

    /** Whether the memory takes until nobody wants it any more. */
    volatile boolean hangs;

    /** What each snapshot of a disk takes. */
    static final long BYTES = 1L << 20;

    /** Volumes of whose snapshots the storage does not say what they take. */
    final Set<UUID> untold = ConcurrentHashMap.newKeySet();

    /** Snapshots of volumes that are not there any more, though nobody deleted them. */
    final Set<UUID> lost = ConcurrentHashMap.newKeySet();

    /** What the storage knows of those that are not a VM's, and of those that were found. */
    final Map<UUID, SnapshotView> noted = new ConcurrentHashMap<>();

    /** What those of a volume came of, where it is not the one before. */
    final Map<UUID, SnapshotTreeApi.Tree> trees = new ConcurrentHashMap<>();

    /** Whether the host does not say what they take. */
    volatile boolean silent;

    /** Whether files are merged until nobody wants that any more. */
    volatile boolean merges;

    private final CountDownLatch unwanted = new CountDownLatch(1);
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
            if (q.memory() && hangs) {
                awaitEnd();
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
        serveFinding(bus);
        bus.serve(SnapshotUseApi.LOOK, world.hostId, (q, caller) -> uses(q.volumes()));
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
                DomainApi.LOOK_AT_MEMORY,
                world.hostId,
                (q, caller) ->
                        new CopyProgress(hangs ? CopyState.COPYING : CopyState.NOT_HERE, 40, new Moved(40, 100L)));
        bus.serve(DomainApi.END_MEMORY, world.hostId, (q, caller) -> {
            unwanted.countDown();
            return world.nothing("end memory", () -> hangs);
        });
        bus.serve(
                DomainApi.FORGET_MEMORY,
                world.hostId,
                (q, caller) -> world.nothing("forget memory", () -> memories.remove(q.memoryId())));
        bus.serve(StorageApi.DISCARD_SNAPSHOT, (q, caller) -> {
            if (merges) {
                awaitEnd();
            }
            return world.nothing("discard snapshot", () -> kept.remove(q.snapshotId()) != null);
        });
        bus.serve(
                MergeApi.LOOK,
                world.hostId,
                (q, caller) ->
                        new CopyProgress(merges ? CopyState.COPYING : CopyState.NOT_HERE, 40, new Moved(40, 100L)));
        bus.serve(MergeApi.END, world.hostId, (q, caller) -> {
            merges = false;
            unwanted.countDown();
            world.effects.add("end merge");
            return Nothing.NOTHING;
        });
    }

    private void serveFinding(Bus bus) {
        bus.serve(SnapshotTreeApi.READ, world.hostId, (q, caller) -> {
            if (silent) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "The host is away.");
            }
            return trees.getOrDefault(q.volumeId(), line(q.volumeId()));
        });
        bus.serve(
                StorageApi.LIST_SNAPSHOTS,
                (q, caller) -> new StorageApi.Snapshots(noted.values().stream()
                        .filter(one -> one.volumeId().equals(q.volumeId()))
                        .toList()));
        bus.serve(FoundSnapshotApi.STORE, (q, caller) -> {
            q.parts().forEach(part -> noted.put(part.snapshotId(), view(part, q.name(), q.vmSnapshotId(), q.madeAt())));
            world.effect("store found", () -> true);
            return new FoundSnapshotApi.Stored(
                    q.parts().stream().map(part -> noted.get(part.snapshotId())).toList());
        });
    }

    static SnapshotView view(StorageApi.Snapshot part, String name, @Nullable UUID vmSnapshotId, Instant madeAt) {
        return new SnapshotView(
                part.snapshotId(), part.volumeId(), name, 1L << 30, SnapshotView.State.READY, vmSnapshotId, madeAt, 1);
    }

    /** As a storage says it that knows the order alone. */
    private SnapshotTreeApi.Tree line(UUID volume) {
        List<SnapshotTreeApi.Node> nodes = new ArrayList<>();
        @Nullable UUID last = null;
        for (UUID id : kept.keySet().stream().sorted().toList()) {
            if (volume.equals(kept.get(id)) && !lost.contains(id)) {
                nodes.add(new SnapshotTreeApi.Node(id, last, 1L << 30));
                last = id;
            }
        }
        return new SnapshotTreeApi.Tree(nodes, last, false);
    }

    /** As a storage says it that does not know what those of {@link #untold} take, and does not have {@link #lost}. */
    private SnapshotUseApi.Uses uses(List<HostStorageApi.VolumeName> volumes) {
        if (silent) {
            throw FailureException.of(FailureCode.UNAVAILABLE, "The host is away.");
        }
        return new SnapshotUseApi.Uses(
                volumes.stream().map(name -> use(name.volumeId())).toList());
    }

    private SnapshotUseApi.Use use(UUID volume) {
        List<SnapshotUseApi.OfSnapshot> there = kept.entrySet().stream()
                .filter(entry -> entry.getValue().equals(volume) && !lost.contains(entry.getKey()))
                .map(entry -> new SnapshotUseApi.OfSnapshot(entry.getKey(), untold.contains(volume) ? null : BYTES))
                .toList();
        return new SnapshotUseApi.Use(volume, there, there.isEmpty() ? null : there.size() + 1);
    }

    private void awaitEnd() {
        try {
            unwanted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(FailureCode.CANCELLED, "It is not wanted any more.");
    }
}
