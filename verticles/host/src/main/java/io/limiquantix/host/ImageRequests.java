package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.osinfo.OsinfoDatabase;
import io.limiquantix.host.seed.SeedImage;
import io.limiquantix.host.storage.ImportFolders;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StoragePool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests about images and seeds. */
final class ImageRequests {
    private final OpenPools pools;
    private final VolumesInUse inUse;
    private final SeedImage seeds;
    private final ImportFolders importFolders;
    private final StreamEndpoint streams;
    private final OsinfoDatabase osinfo;

    ImageRequests(
            OpenPools pools,
            VolumesInUse inUse,
            SeedImage seeds,
            ImportFolders importFolders,
            StreamEndpoint streams,
            OsinfoDatabase osinfo) {
        this.pools = pools;
        this.inUse = inUse;
        this.seeds = seeds;
        this.importFolders = importFolders;
        this.streams = streams;
        this.osinfo = osinfo;
    }

    void serve(HostRequests requests) {
        requests.perform(HostStorageApi.MAKE_SEED, (r, c) -> makeSeed(r));
        requests.answer(HostStorageApi.FIND_SEED, (r, c) -> findSeed(r));
        requests.perform(HostStorageApi.DELETE_SEED, (r, c) -> deleteSeed(r));
        requests.answer(HostStorageApi.OPEN_UPLOAD, (r, c) -> openUpload(r));
        requests.answer(HostStorageApi.LOOK_AT_ARRIVAL, (r, c) -> lookAtArrival(r));
        requests.perform(HostStorageApi.FORGET_ARRIVAL, (r, c) -> forgetArrival(r));
        requests.perform(HostStorageApi.COPY_IMAGE_FILE, (r, c) -> copyImageFile(r));
        requests.perform(HostStorageApi.ADMIT_IMAGE, (r, c) -> admitImage(r));
        requests.perform(HostStorageApi.DELETE_IMAGE, this::deleteImage);
    }

    private HostStorageApi.Seed makeSeed(HostStorageApi.MakeSeed request) {
        StoragePool pool = pools.require(request.poolId());
        DiskSource seed = StorageFailures.translate(() -> seed(request, pool.seeds()));
        return new HostStorageApi.Seed(seed.label());
    }

    private DiskSource seed(HostStorageApi.MakeSeed request, Seeds pool) {
        return switch (request.kind()) {
            case CONFIG_DRIVE ->
                seeds.make(
                        request.vmId(), SeedImage.Documents.configDrive(request.metaData(), request.userData()), pool);
            case IGNITION -> seeds.makeText(request.vmId(), request.userData(), pool);
            case NO_CLOUD -> noCloud(request, pool);
            case null -> noCloud(request, pool);
        };
    }

    private DiskSource noCloud(HostStorageApi.MakeSeed request, Seeds pool) {
        var documents = SeedImage.Documents.noCloud(request.metaData(), request.userData(), request.networkConfig());
        return seeds.make(request.vmId(), documents, pool);
    }

    private HostStorageApi.Seed findSeed(DomainApi.Domain request) {
        return StorageFailures.translate(() -> pools.usable().stream()
                .flatMap(pool -> pool.seeds().find(request.vmId()).stream())
                .findFirst()
                .map(seed -> new HostStorageApi.Seed(seed.label()))
                .orElseThrow(() -> FailureException.notFound("The host has no seed of this virtual machine.")));
    }

    private Nothing deleteSeed(DomainApi.Domain request) {
        List<Seeds> holders = pools.usable().stream()
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
        if (request.offset() != null && (request.offset() < 0 || request.offset() > request.maxBytes())) {
            throw FailureException.invalid(
                    "offset",
                    "The part begins at " + request.offset() + ", and there are " + request.maxBytes() + " bytes.");
        }
        return streams.admit(
                new StreamPurpose.Upload(request.poolId(), request.imageId(), request.maxBytes(), request.offset()));
    }

    private HostStorageApi.ArrivedBytes lookAtArrival(HostStorageApi.ImageName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(
                () -> new HostStorageApi.ArrivedBytes(pool.images().arrived(request.imageId())));
    }

    private Nothing forgetArrival(HostStorageApi.ImageName request) {
        StoragePool pool = pools.require(request.poolId());
        return StorageFailures.translate(() -> {
            // One that begins and is cut off at once leaves nothing, and never touches an image.
            pool.images().receive(request.imageId()).close();
            return Nothing.NOTHING;
        });
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
        ExpectedSums expected = new ExpectedSums(request.sha256(), request.sha512(), request.md5());
        return StorageFailures.translate(() -> {
            ImageFormat format = ImageFormat.of(request.format());
            // What is admitted may lie there as a block device's bytes only.
            Optional<IsoLabel> label =
                    format == ImageFormat.ISO ? pool.images().label(request.imageId()) : Optional.empty();
            return report(
                    pool.images().admit(request.imageId(), format, expected),
                    label.map(this::report).orElse(null));
        });
    }

    private Nothing deleteImage(HostStorageApi.ImageName request, Caller caller) {
        StoragePool pool = pools.require(request.poolId());
        refuseInDrive(pool, request, caller);
        return StorageFailures.translate(() -> {
            pool.images().delete(request.imageId());
            return Nothing.NOTHING;
        });
    }

    /** A domain that has it in a drive would not start any more. */
    private void refuseInDrive(StoragePool pool, HostStorageApi.ImageName request, Caller caller) {
        StorageFailures.translate(() -> pool.images()
                        .find(request.imageId())
                        .filter(image -> image.format() == ImageFormat.ISO)
                        .flatMap(image -> pool.images().inDrive(image.id())))
                .flatMap(file -> inUse.holder(Set.of(file), caller.deadline()))
                .ifPresent(holder -> {
                    throw FailureException.conflict("The image " + request.imageId()
                            + " is in a CD-ROM drive of the virtual machine " + holder.vmId()
                            + "; delete that machine first.");
                });
    }

    private IsoReport report(IsoLabel label) {
        return new IsoReport(
                label.volume(),
                label.diskInfo(),
                label.treeInfo(),
                osinfo.recognise(label).orElse(null));
    }

    private static ImageReport report(Image image, @Nullable IsoReport iso) {
        return new ImageReport(
                image.id(), image.sha256(), image.fileBytes(), image.format().label(), image.virtualSizeBytes(), iso);
    }
}
