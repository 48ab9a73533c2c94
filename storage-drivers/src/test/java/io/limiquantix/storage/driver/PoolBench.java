package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pool of the driver that is tried, on its real storage, and what is done to it there. */
public abstract class PoolBench {
    protected static final long MIB = 1 << 20;

    protected final Tool tool = new ProcessTool();
    protected final StorageSurroundings surroundings;
    protected final UUID poolId = UUID.randomUUID();

    protected final Path scratch;
    protected StoragePool pool;

    /** @param scratch a folder of the test's own */
    protected PoolBench(Path scratch) {
        this.scratch = scratch;
        this.surroundings = new StorageSurroundings(tool, ImageLimits.upTo(1L << 40), scratch.resolve("host"));
    }

    /** Opens the pool of this test; called again after a close it finds what was there. */
    protected abstract StoragePool openPool() throws IOException;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(surroundings.folder());
        pool = openPool();
    }

    @AfterEach
    protected void close() {
        pool.close();
    }

    protected Volume snapshottable(long bytes) {
        VolumeFormat format =
                pool.capabilities().snapshotFormats().stream().findFirst().orElseThrow();
        return pool.volumes().create(VolumeRequest.empty(UUID.randomUUID(), format, bytes));
    }

    /** The pool's usual one. */
    protected VolumeFormat anyFormat() {
        return pool.capabilities().volumeFormats().contains(VolumeFormat.QCOW2) ? VolumeFormat.QCOW2 : VolumeFormat.RAW;
    }

    protected Volume volume(long bytes, @Nullable UUID imageId) {
        VolumeOrigin origin = imageId == null ? new VolumeOrigin.Zeroes() : new VolumeOrigin.OfImage(imageId);
        return pool.volumes().create(VolumeRequest.of(UUID.randomUUID(), anyFormat(), bytes, origin));
    }

    protected UUID arrived(byte[] bytes) {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(bytes));
            arrival.complete();
        }
        return id;
    }

    protected Image image(byte[] raw) {
        return pool.images().admit(arrived(raw), ImageFormat.RAW, ExpectedSums.NONE);
    }

    protected static void refuses(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    /** The first bytes of what QEMU would read from the disk that is given to it as this file or device. */
    protected String seedText(DiskSource seed) throws IOException {
        return Files.readString(Path.of(seed.label()));
    }

    /** As a guest would, at the beginning of the disk. */
    protected void write(Volume volume, int pattern) {
        write(volume, pattern, 0, 4096);
    }

    protected void write(Volume volume, int pattern, long offset, long bytes) {
        QemuLocation location = pool.volumes().location(volume.id());
        String format = location.format().label();
        String command = "write -P " + pattern + " " + offset + " " + bytes;
        tool.run(CommandLine.of("qemu-io", "-f", format, "-c", command, location.name()));
    }

    protected byte[] firstBytes(Volume volume) {
        QemuLocation location = pool.volumes().location(volume.id());
        Path raw = scratch.resolve("first-bytes");
        tool.run(CommandLine.of("qemu-img", "dd", "-f", location.format().label(), "-O", "raw", "bs=4096", "count=1")
                .with("if=" + location.name(), "of=" + raw));
        try {
            byte[] bytes = Files.readAllBytes(raw);
            Files.delete(raw);
            return bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
