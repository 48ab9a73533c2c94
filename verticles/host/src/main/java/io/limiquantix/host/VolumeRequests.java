package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.domain.DiskAccess;
import io.limiquantix.host.domain.DiskDocument;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.util.Set;
import java.util.UUID;

/** Requests about volumes. */
final class VolumeRequests {
    private final OpenPools pools;
    private final VolumesInUse inUse;
    private final DirectIo directIo;

    VolumeRequests(OpenPools pools, VolumesInUse inUse, DirectIo directIo) {
        this.pools = pools;
        this.inUse = inUse;
        this.directIo = directIo;
    }

    void serve(HostRequests requests) {
        requests.perform(HostStorageApi.CREATE_VOLUME, this::create);
        requests.perform(HostStorageApi.DELETE_VOLUME, this::delete);
        requests.perform(HostStorageApi.RESIZE_VOLUME, this::resize);
        requests.perform(HostStorageApi.MAKE_INDEPENDENT, this::makeIndependent);
        requests.answer(HostStorageApi.LIST_VOLUMES, (r, c) -> list(r));
        requests.answer(HostStorageApi.DESCRIBE_DISK, (r, c) -> describeDisk(r));
        requests.answer(HostStorageApi.LIST_UNMANAGED, (r, c) -> listUnmanaged(r));
        requests.perform(HostStorageApi.ADOPT_VOLUME, this::adopt);
    }

    private VolumeReport create(HostStorageApi.CreateVolume request, Caller caller) {
        VolumeOrigin origin = origin(request.origin());
        var wanted = new VolumeRequest(
                request.volumeId(),
                StorageFailures.translate(() -> VolumeFormat.of(request.format())),
                request.sizeBytes(),
                origin,
                request.independent(),
                preallocation(request.preallocation()));
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            if (origin instanceof VolumeOrigin.OfVolume volume) {
                refuseWhileUsed(pool, volume.volumeId(), caller);
            }
            return report(pool.volumes().create(wanted));
        });
    }

    private static VolumeOrigin origin(io.limiquantix.bus.host.VolumeOrigin origin) {
        origin.contradiction().ifPresent(wrong -> {
            throw FailureException.invalid("origin", wrong);
        });
        UUID image = origin.imageId();
        UUID volume = origin.volumeId();
        UUID snapshot = origin.snapshotId();
        if (image != null) {
            return new VolumeOrigin.OfImage(image);
        }
        if (volume == null) {
            return new VolumeOrigin.Zeroes();
        }
        return snapshot == null
                ? new VolumeOrigin.OfVolume(volume)
                : new VolumeOrigin.OfSnapshot(volume, snapshot, origin.linked());
    }

    private static Preallocation preallocation(HostStorageApi.Preallocation preallocation) {
        return switch (preallocation) {
            case THIN -> Preallocation.THIN;
            case FULL -> Preallocation.FULL;
        };
    }

    private Nothing delete(HostStorageApi.DeleteVolume request, Caller caller) {
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            refuseWhileUsed(pool, request.volumeId(), caller);
            pool.volumes()
                    .delete(request.volumeId(), request.withSnapshots() ? SnapshotsOfIt.DELETE : SnapshotsOfIt.KEEP);
            return Nothing.NOTHING;
        });
    }

    private void refuseWhileUsed(StoragePool pool, UUID volumeId, Caller caller) {
        Set<DiskSource> sources = StorageFailures.translate(() -> pool.volumes().sources(volumeId));
        inUse.findAny(sources, caller.deadline()).ifPresent(user -> {
            throw FailureException.conflict("The volume " + volumeId + " is a disk of " + user.described() + ".");
        });
    }

    private VolumeReport resize(HostStorageApi.ResizeVolume request, Caller caller) {
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            Volume volume = pool.volumes()
                    .find(request.volumeId())
                    .orElseThrow(() -> FailureException.notFound("The pool has no volume " + request.volumeId() + "."));
            boolean grows = request.sizeBytes() > volume.sizeBytes();
            var user = inUse.findAny(pool.volumes().sources(volume.id()), caller.deadline());
            if (grows && user.isPresent() && !user.get().running()) {
                throw FailureException.conflict("The volume " + volume.id() + " is a disk of "
                        + user.get().described()
                        + ". It can be grown when that is started, or its saved state discarded.");
            }
            if (grows && user.isPresent()) {
                inUse.resize(user.get(), grownForQemu(pool, volume, request.sizeBytes()), caller.deadline());
                return report(pool.volumes().find(volume.id()).orElse(volume));
            }
            return report(pool.volumes().grow(request.volumeId(), request.sizeBytes()));
        });
    }

    /** QEMU grows files and RBD images by itself; a device it only looks at anew, and that must be as large as it is told. */
    private static long grownForQemu(StoragePool pool, Volume volume, long sizeBytes) {
        return volume.source() instanceof DiskSource.OfDevice
                ? pool.volumes().grow(volume.id(), sizeBytes).sizeBytes()
                : sizeBytes;
    }

    private VolumeReport makeIndependent(HostStorageApi.VolumeName request, Caller caller) {
        return pools.change(
                request.poolId(),
                caller.deadline(),
                pool -> report(pool.volumes().makeIndependent(request.volumeId())));
    }

    private HostStorageApi.Volumes list(HostStorageApi.PoolName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> new HostStorageApi.Volumes(
                pool.volumes().list().stream().map(VolumeRequests::report).toList()));
    }

    private HostStorageApi.DiskXml describeDisk(HostStorageApi.DiskOf request) {
        StoragePool pool = pools.require(request.poolId());
        Volume volume = StorageFailures.translate(() -> pool.volumes().find(request.volumeId()))
                .orElseThrow(() -> FailureException.notFound("The pool has no volume " + request.volumeId() + "."));
        var disk = new PlacedDisk(volume.source(), directIo.works(volume.source()));
        return new HostStorageApi.DiskXml(DiskDocument.of(
                disk,
                volume.format().label(),
                request.target(),
                DiskHardware.PLAIN,
                volume.id().toString(),
                DiskAccess.OWN));
    }

    private HostStorageApi.UnmanagedVolumes listUnmanaged(HostStorageApi.PoolName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> new HostStorageApi.UnmanagedVolumes(
                pool.volumes().unmanaged().stream().map(VolumeRequests::report).toList()));
    }

    private VolumeReport adopt(HostStorageApi.AdoptVolume request, Caller caller) {
        return pools.change(
                request.poolId(),
                caller.deadline(),
                pool -> report(pool.volumes().adopt(request.name(), request.volumeId())));
    }

    private static HostStorageApi.UnmanagedVolume report(UnmanagedVolume volume) {
        return new HostStorageApi.UnmanagedVolume(volume.name(), volume.format().label(), volume.sizeBytes());
    }

    static VolumeReport report(Volume volume) {
        return new VolumeReport(
                volume.id(), volume.path(), volume.format().label(), volume.sizeBytes(), volume.allocatedBytes());
    }
}
