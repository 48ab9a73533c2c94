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
import io.limiquantix.storage.driver.StorageException;
import java.nio.file.Path;
import java.util.Optional;

/** Requests for files of images, which this or another host fetches then. One that has to be written takes its turn. */
final class ImageExportRequests {
    /** How much smaller a compressed qcow2 file is, as people publish them. */
    private static final long PACKED = 4;

    private final OpenPools pools;
    private final Exports exports;
    private final VolumeCopies copies;

    ImageExportRequests(OpenPools pools, Exports exports, VolumeCopies copies) {
        this.pools = pools;
        this.exports = exports;
        this.copies = copies;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.EXPORT_IMAGE, this::export);
    }

    private ImageFile export(ExportImage request, Caller caller) {
        Images images = pools.require(request.poolId()).images();
        Image image = StorageFailures.translate(() -> images.find(request.imageId())
                .orElseThrow(() -> StorageException.notFound("This host does not have the image " + request.imageId()
                        + " in the pool " + request.poolId() + ".")));
        Optional<Path> file = StorageFailures.translate(() -> images.file(request.imageId()));
        if (file.isPresent()) {
            long bytes = exports.link(request.exportId(), file.get());
            return new ImageFile(request.exportId(), image.format().label(), bytes, image.sha256(), true);
        }
        exports.requireRoom(roomFor(image));
        return copies.make(request.exportId(), caller.epoch(), percent -> {
            long bytes = exports.make(
                    request.exportId(),
                    target -> StorageFailures.translate(() -> {
                        images.export(request.imageId(), target, percent);
                        return Nothing.NOTHING;
                    }));
            String sha256 = exports.sha256(request.exportId());
            return new ImageFile(
                    request.exportId(), image.format().label(), bytes, sha256, sha256.equals(image.sha256()));
        });
    }

    /** What a disk holds, written anew, has more bytes than its packed file had, and at most those of the disk. */
    private static long roomFor(Image image) {
        return Math.max(image.fileBytes(), Math.min(PACKED * image.fileBytes(), image.virtualSizeBytes()));
    }
}
