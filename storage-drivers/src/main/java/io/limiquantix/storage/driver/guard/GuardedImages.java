package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.QemuLocation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Images that no caller waits for when the server is gone. */
public record GuardedImages(Images images, Guard guard) implements Images {
    @Override
    public ImageArrival receive(UUID id) {
        return new Arrival(guard.call(() -> images.receive(id)), guard);
    }

    @Override
    public ImageArrival resume(UUID id, long offset, long length) {
        return new Arrival(guard.call(() -> images.resume(id, offset, length)), guard);
    }

    @Override
    public long arrived(UUID id) {
        return guard.call(() -> images.arrived(id));
    }

    @Override
    public boolean isPacked(UUID id, ArrivalFormat stated) {
        return guard.call(() -> images.isPacked(id, stated));
    }

    @Override
    public Came unpack(UUID id, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent) {
        return guard.callInterruptibly(() -> images.unpack(id, stated, expected, percent));
    }

    @Override
    public Optional<IsoLabel> label(UUID id) {
        return guard.call(() -> images.label(id));
    }

    @Override
    public ArrivedAppliance readAppliance(UUID id, ExpectedSums expected, DoubleConsumer percent) {
        return guard.callInterruptibly(() -> images.readAppliance(id, expected, percent));
    }

    @Override
    public Came takeDisk(UUID appliance, int disk, UUID id, DoubleConsumer percent) {
        return guard.callInterruptibly(() -> images.takeDisk(appliance, disk, id, percent));
    }

    @Override
    public Image admit(UUID id, ImageFormat format, ExpectedSums expected) {
        return guard.call(() -> images.admit(id, format, expected));
    }

    @Override
    public void delete(UUID id) {
        guard.run(() -> images.delete(id));
    }

    @Override
    public Optional<Image> find(UUID id) {
        return guard.call(() -> images.find(id));
    }

    /** One of a server's disk is nothing that others may wait for. */
    @Override
    public Optional<Path> file(UUID id) {
        return Optional.empty();
    }

    @Override
    public Optional<DiskSource.OfFile> inDrive(UUID id) {
        return guard.call(() -> images.inDrive(id));
    }

    @Override
    public ImageFormat export(UUID id, Path target, DoubleConsumer percent) {
        return guard.callInterruptibly(() -> images.export(id, target, percent));
    }

    @Override
    public QemuLocation location(UUID id) {
        return guard.call(() -> images.location(id));
    }

    @Override
    public List<Image> list() {
        return guard.call(images::list);
    }

    /** The writer's buffer is the caller's again only when the bytes are written, so a copy is written. */
    private record Arrival(ImageArrival arrival, Guard guard) implements ImageArrival {
        @Override
        public void write(ByteBuffer bytes) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            guard.run(() -> arrival.write(copy));
        }

        @Override
        public long bytesWritten() {
            return arrival.bytesWritten();
        }

        @Override
        public String complete() {
            return guard.call(arrival::complete);
        }

        @Override
        public void close() {
            guard.run(arrival::close);
        }
    }
}
