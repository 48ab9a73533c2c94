package io.limiquantix.host;

import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.UnpackFile;
import io.limiquantix.bus.host.HostTransferApi.UnpackReport;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.Images;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Requests to unpack and convert what has arrived of images. It takes its turn with the copies into other pools. */
final class UnpackRequests {
    private final OpenPools pools;
    private final VolumeCopies copies;

    UnpackRequests(OpenPools pools, VolumeCopies copies) {
        this.pools = pools;
        this.copies = copies;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.UNPACK_FILE, this::unpack);
    }

    private UnpackReport unpack(UnpackFile request, Caller caller) {
        Images images = pools.require(request.poolId()).images();
        ArrivalFormat stated = StorageFailures.translate(() -> ArrivalFormat.of(request.format()));
        Optional<UnpackReport> plain = StorageFailures.translate(() -> plain(images, request, stated));
        return plain.isPresent()
                ? plain.get()
                : copies.make(
                        request.imageId(),
                        caller.epoch(),
                        percent -> StorageFailures.translate(() -> unpack(images, request, stated, percent)));
    }

    /** Waits for nothing. */
    private static Optional<UnpackReport> plain(Images images, UnpackFile request, ArrivalFormat stated) {
        Optional<Image> there = images.find(request.imageId());
        if (there.isPresent()) {
            return Optional.of(
                    new UnpackReport(request.imageId(), there.get().format().label(), null));
        }
        return images.isPacked(request.imageId(), stated)
                ? Optional.empty()
                : Optional.of(
                        new UnpackReport(request.imageId(), stated.becomes().label(), null));
    }

    private static UnpackReport unpack(
            Images images, UnpackFile request, ArrivalFormat stated, DoubleConsumer percent) {
        var expected = new ExpectedSums(request.sha256(), request.sha512(), request.md5());
        Came came = images.unpack(request.imageId(), stated, expected, percent);
        @Nullable Compression compression = came.compression();
        var report = new CameAs(
                came.format().label(), compression == null ? null : compression.label(), came.sha256(), came.bytes());
        return new UnpackReport(request.imageId(), stated.becomes().label(), report);
    }
}
