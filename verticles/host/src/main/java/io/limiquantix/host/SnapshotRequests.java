package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MergeApi;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.SnapshotUseApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.libvirt.MergeJobs;
import io.limiquantix.host.storage.ChainedSnapshots;
import io.limiquantix.host.storage.DiskSnapshots;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.SnapshotUses;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests about the snapshots of volumes. */
final class SnapshotRequests {
    private final OpenPools pools;
    private final ChainedSnapshots chained;
    private final DiskSnapshots together;
    private final VolumesInUse inUse;
    private final MergeJobs merges;

    SnapshotRequests(
            OpenPools pools, ChainedSnapshots chained, DiskSnapshots together, VolumesInUse inUse, MergeJobs merges) {
        this.merges = merges;
        this.pools = pools;
        this.chained = chained;
        this.together = together;
        this.inUse = inUse;
    }

    void serve(HostRequests requests) {
        requests.perform(HostStorageApi.CREATE_SNAPSHOT, this::create);
        requests.perform(HostStorageApi.CREATE_SNAPSHOTS, this::createTogether);
        requests.perform(HostStorageApi.REVERT_TO_SNAPSHOT, this::revert);
        requests.perform(HostStorageApi.DELETE_SNAPSHOT, this::delete);
        requests.answer(HostStorageApi.LIST_SNAPSHOTS, (r, c) -> list(r));
        SnapshotUses uses = new SnapshotUses(pools);
        requests.answer(SnapshotUseApi.LOOK, (r, c) -> uses.of(r));
        requests.answer(SnapshotTreeApi.READ, (r, c) -> uses.tree(r));
        requests.answer(MergeApi.LOOK, (r, c) -> merges.look(r.vmId(), DiskName.serial(r.volumeId()), c.deadline()));
        requests.perform(MergeApi.END, (r, c) -> {
            merges.end(r.vmId(), DiskName.serial(r.volumeId()), c.deadline());
            return Nothing.NOTHING;
        });
    }

    private HostStorageApi.SnapshotMade create(HostStorageApi.SnapshotName request, Caller caller) {
        if (isChained(request)) {
            HostStorageApi.SnapshotReport made = report(chained.create(request, caller.deadline()));
            return new HostStorageApi.SnapshotMade(made, volume(request));
        }
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            if (!pool.capabilities().liveSnapshots()) {
                refuseWhileUsed(pool, request, "A snapshot of it can be made when that is stopped.", caller);
            }
            Snapshot made = pool.snapshots().create(request.volumeId(), request.snapshotId());
            return new HostStorageApi.SnapshotMade(report(made), null);
        });
    }

    private HostStorageApi.SnapshotsMade createTogether(HostStorageApi.SnapshotsOfDomain request, Caller caller) {
        DiskSnapshots.Made made = together.create(request, caller.deadline());
        List<HostStorageApi.SnapshotMade> disks = new ArrayList<>();
        for (int i = 0; i < request.disks().size(); i++) {
            HostStorageApi.SnapshotName name = request.disks().get(i);
            disks.add(new HostStorageApi.SnapshotMade(
                    report(made.snapshots().get(i)), isChained(name) ? volume(name) : null));
        }
        return new HostStorageApi.SnapshotsMade(disks, made.stillness(), made.memoryBytes());
    }

    private @Nullable VolumeReport volume(HostStorageApi.SnapshotName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> pool.volumes().find(request.volumeId()))
                .map(VolumeRequests::report)
                .orElse(null);
    }

    /** Whether the volume is a chain of files, so that its domain has a part in its snapshots. */
    private boolean isChained(HostStorageApi.SnapshotName request) {
        return pools.require(request.poolId()).snapshots().overlays().isPresent();
    }

    private VolumeReport revert(HostStorageApi.SnapshotName request, Caller caller) {
        if (isChained(request)) {
            return VolumeRequests.report(chained.revert(request, caller.deadline()));
        }
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            refuseWhileUsed(pool, request, "It can be brought back to a snapshot when that is stopped.", caller);
            return VolumeRequests.report(pool.snapshots().revert(request.volumeId(), request.snapshotId()));
        });
    }

    private HostStorageApi.SnapshotDeleted delete(HostStorageApi.SnapshotName request, Caller caller) {
        if (isChained(request)) {
            chained.delete(request, caller.deadline());
            return new HostStorageApi.SnapshotDeleted(volume(request));
        }
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            if (!pool.capabilities().liveSnapshots()) {
                refuseWhileUsed(pool, request, "Its snapshots can be deleted when that is stopped.", caller);
            }
            pool.snapshots().delete(request.volumeId(), request.snapshotId());
            return new HostStorageApi.SnapshotDeleted(null);
        });
    }

    private void refuseWhileUsed(StoragePool pool, HostStorageApi.SnapshotName request, String remedy, Caller caller) {
        Optional<Volume> volume = StorageFailures.translate(() -> pool.volumes().find(request.volumeId()));
        volume.flatMap(v -> inUse.find(v.source(), caller.deadline())).ifPresent(user -> {
            throw FailureException.conflict(
                    "The volume " + request.volumeId() + " is a disk of " + user.described() + ". " + remedy);
        });
    }

    private HostStorageApi.Snapshots list(HostStorageApi.VolumeName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(
                () -> new HostStorageApi.Snapshots(pool.snapshots().list(request.volumeId()).stream()
                        .map(SnapshotRequests::report)
                        .toList()));
    }

    private static HostStorageApi.SnapshotReport report(Snapshot snapshot) {
        return new HostStorageApi.SnapshotReport(
                snapshot.id(), snapshot.volumeId(), snapshot.sizeBytes(), snapshot.depended());
    }
}
