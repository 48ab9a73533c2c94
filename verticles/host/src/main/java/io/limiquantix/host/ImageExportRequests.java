package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ExportImage;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.host.storage.Exports;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Requests for files of images, which this or another host fetches then. One that has to be written takes its turn. */
final class ImageExportRequests {
    /** How much smaller a compressed qcow2 file is, as people publish them. */
    private static final long PACKED = 4;

    private final OpenPools pools;
    private final Exports exports;
    private final VolumeCopies copies;
    private final QemuImg qemuImg;

    ImageExportRequests(OpenPools pools, Exports exports, VolumeCopies copies, QemuImg qemuImg) {
        this.pools = pools;
        this.exports = exports;
        this.copies = copies;
        this.qemuImg = qemuImg;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.EXPORT_IMAGE, this::export);
    }

    private ImageFile export(ExportImage request, Caller caller) {
        Images images = pools.require(request.poolId()).images();
        Image image = StorageFailures.translate(() -> images.find(request.imageId())
                .orElseThrow(() -> StorageException.notFound("This host does not have the image " + request.imageId()
                        + " in the pool " + request.poolId() + ".")));
        String format = request.format();
        return format == null || format.equals(image.format().label())
                ? asItIs(request, images, image, caller)
                : converted(request, images, StorageFailures.translate(() -> VolumeFormat.of(format)), caller);
    }

    private ImageFile asItIs(ExportImage request, Images images, Image image, Caller caller) {
        Optional<Path> file = StorageFailures.translate(() -> images.file(request.imageId()));
        if (file.isPresent()) {
            long bytes = exports.link(request.exportId(), file.get());
            return new ImageFile(request.exportId(), image.format().label(), bytes, image.sha256(), true);
        }
        exports.requireRoom(roomFor(image));
        return written(
                request,
                image.format().label(),
                image.sha256(),
                caller,
                (target, percent) -> images.export(request.imageId(), target, percent));
    }

    private ImageFile converted(ExportImage request, Images images, VolumeFormat format, Caller caller) {
        QemuLocation source = StorageFailures.translate(() -> images.location(request.imageId()));
        exports.requireRoom(StorageFailures.translate(() -> qemuImg.dataBytes(source)));
        return written(
                request,
                format.label(),
                "",
                caller,
                (target, percent) -> qemuImg.export(source, target, format, percent));
    }

    @FunctionalInterface
    private interface Writing {
        void write(Path target, DoubleConsumer percent);
    }

    /** @param original the checksum of the bytes that were admitted */
    private ImageFile written(ExportImage request, String format, String original, Caller caller, Writing writing) {
        return copies.make(request.exportId(), caller.epoch(), percent -> {
            long bytes = exports.make(
                    request.exportId(),
                    target -> StorageFailures.translate(() -> {
                        writing.write(target, percent);
                        return Nothing.NOTHING;
                    }));
            String sha256 = exports.sha256(request.exportId());
            return new ImageFile(request.exportId(), format, bytes, sha256, sha256.equals(original));
        });
    }

    /** What a disk holds, written anew, has more bytes than its packed file had, and at most those of the disk. */
    private static long roomFor(Image image) {
        return Math.max(image.fileBytes(), Math.min(PACKED * image.fileBytes(), image.virtualSizeBytes()));
    }
}
