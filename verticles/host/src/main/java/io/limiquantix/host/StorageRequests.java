package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.seed.NoCloudSeed;
import io.limiquantix.host.storage.ImportFolders;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.util.List;

/** Requests about pools, volumes, seeds and images. */
final class StorageRequests {
    private final OpenPools pools;
    private final VolumesInUse inUse;
    private final NoCloudSeed seeds;
    private final ImportFolders importFolders;
    private final StreamEndpoint streams;

    StorageRequests(
            OpenPools pools,
            VolumesInUse inUse,
            NoCloudSeed seeds,
            ImportFolders importFolders,
            StreamEndpoint streams) {
        this.pools = pools;
        this.inUse = inUse;
        this.seeds = seeds;
        this.importFolders = importFolders;
        this.streams = streams;
    }

    void serve(HostRequests requests) {
        requests.perform(HostStorageApi.OPEN_POOL, (r, c) -> pools.open(r));
        requests.perform(HostStorageApi.CLOSE_POOL, (r, c) -> closePool(r));
        requests.perform(HostStorageApi.CREATE_VOLUME, (r, c) -> createVolume(r));
        requests.perform(HostStorageApi.DELETE_VOLUME, this::deleteVolume);
        requests.perform(HostStorageApi.RESIZE_VOLUME, this::resizeVolume);
        requests.answer(HostStorageApi.LIST_VOLUMES, (r, c) -> listVolumes(r));
        requests.perform(HostStorageApi.MAKE_SEED, (r, c) -> makeSeed(r));
        requests.perform(HostStorageApi.DELETE_SEED, (r, c) -> deleteSeed(r));
        requests.answer(HostStorageApi.OPEN_UPLOAD, (r, c) -> openUpload(r));
        requests.perform(HostStorageApi.COPY_IMAGE_FILE, (r, c) -> copyImageFile(r));
        requests.perform(HostStorageApi.ADMIT_IMAGE, (r, c) -> admitImage(r));
        requests.perform(HostStorageApi.DELETE_IMAGE, (r, c) -> deleteImage(r));
    }

    private Nothing closePool(HostStorageApi.PoolName request) {
        pools.close(request.poolId());
        return Nothing.NOTHING;
    }

    private VolumeReport createVolume(HostStorageApi.CreateVolume request) {
        StoragePool pool = pools.require(request.poolId());
        VolumeOrigin origin =
                request.imageId() == null ? new VolumeOrigin.Zeroes() : new VolumeOrigin.OfImage(request.imageId());
        return StorageFailures.translate(() -> report(pool.volumes()
                .create(VolumeRequest.of(
                        request.volumeId(), VolumeFormat.of(request.format()), request.sizeBytes(), origin))));
    }

    private Nothing deleteVolume(HostStorageApi.VolumeName request, Caller caller) {
        StoragePool pool = pools.require(request.poolId());
        StorageFailures.translate(() -> pool.volumes().find(request.volumeId())).ifPresent(volume -> {
            inUse.find(volume.source(), caller.deadline()).ifPresent(user -> {
                throw FailureException.conflict(
                        "The volume " + volume.id() + " is a disk of the running virtual machine " + user.vmId() + ".");
            });
        });
        return StorageFailures.translate(() -> {
            pool.volumes().delete(request.volumeId(), SnapshotsOfIt.DELETE);
            return Nothing.NOTHING;
        });
    }

    private VolumeReport resizeVolume(HostStorageApi.ResizeVolume request, Caller caller) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> {
            Volume volume = pool.volumes()
                    .find(request.volumeId())
                    .orElseThrow(() -> FailureException.notFound("The pool has no volume " + request.volumeId() + "."));
            boolean grows = request.sizeBytes() > volume.sizeBytes();
            var user = inUse.find(volume.source(), caller.deadline());
            if (grows && user.isPresent()) {
                inUse.resize(user.get(), request.sizeBytes(), caller.deadline());
                return report(pool.volumes().find(volume.id()).orElse(volume));
            }
            return report(pool.volumes().grow(request.volumeId(), request.sizeBytes()));
        });
    }

    private HostStorageApi.Volumes listVolumes(HostStorageApi.PoolName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> new HostStorageApi.Volumes(
                pool.volumes().list().stream().map(StorageRequests::report).toList()));
    }

    private HostStorageApi.Seed makeSeed(HostStorageApi.MakeSeed request) {
        StoragePool pool = pools.require(request.poolId());
        var documents = new NoCloudSeed.Documents(request.metaData(), request.userData(), request.networkConfig());
        DiskSource seed = StorageFailures.translate(() -> seeds.make(request.vmId(), documents, pool.seeds()));
        return new HostStorageApi.Seed(seed.label());
    }

    private Nothing deleteSeed(DomainApi.Domain request) {
        List<Seeds> holders = pools.all().stream()
                .map(StoragePool::seeds)
                .filter(seeds -> seeds.find(request.vmId()).isPresent())
                .toList();
        if (holders.isEmpty()) {
            // It may lie in a pool that is not open, and would keep that from ever being given back.
            pools.requireAll();
        }
        return StorageFailures.translate(() -> {
            holders.forEach(seeds -> seeds.delete(request.vmId()));
            return Nothing.NOTHING;
        });
    }

    private StreamTicket openUpload(HostStorageApi.OpenUpload request) {
        pools.require(request.poolId());
        if (request.maxBytes() <= 0) {
            throw FailureException.invalid("maxBytes", "An upload needs room for at least one byte.");
        }
        return streams.admit(new StreamPurpose.Upload(request.poolId(), request.imageId(), request.maxBytes()));
    }

    private Nothing copyImageFile(HostStorageApi.CopyImageFile request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> {
            try (ImageArrival arrival = pool.images().receive(request.imageId())) {
                importFolders.copy(request.path(), arrival);
                return Nothing.NOTHING;
            }
        });
    }

    private ImageReport admitImage(HostStorageApi.AdmitImage request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() ->
                report(pool.images().admit(request.imageId(), ImageFormat.of(request.format()), request.sha256())));
    }

    private Nothing deleteImage(HostStorageApi.ImageName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> {
            pool.images().delete(request.imageId());
            return Nothing.NOTHING;
        });
    }

    private static VolumeReport report(Volume volume) {
        return new VolumeReport(
                volume.id(), volume.path(), volume.format().label(), volume.sizeBytes(), volume.allocatedBytes());
    }

    private static ImageReport report(Image image) {
        return new ImageReport(
                image.id(), image.sha256(), image.fileBytes(), image.format().label(), image.virtualSizeBytes());
    }
}
