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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every driver must do; each one runs it against its real storage. */
public abstract class StorageContract {
    protected static final long MIB = 1 << 20;

    protected final Tool tool = new ProcessTool();
    protected final StorageSurroundings surroundings = new StorageSurroundings(tool, ImageLimits.upTo(1L << 40));
    protected final UUID poolId = UUID.randomUUID();

    protected final Path scratch;
    protected StoragePool pool;

    protected StorageContract(Path scratch) {
        this.scratch = scratch;
    }

    /** Opens the pool of this test; called again after a close it finds what was there. */
    protected abstract StoragePool openPool() throws IOException;

    @BeforeEach
    void open() throws IOException {
        pool = openPool();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void makesAnEmptyVolumeOfTheSizeAsked() {
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            UUID id = UUID.randomUUID();
            Volume volume = pool.volumes().create(new VolumeRequest(id, format, 8 * MIB, null));
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            assertThat(volume.format()).isEqualTo(format);
            assertThat(pool.volumes().find(id)).contains(volume);
            assertThat(firstBytes(volume)).containsOnly(0);
        }
        assertThat(pool.volumes().list()).hasSameSizeAs(pool.capabilities().volumeFormats());
    }

    @Test
    void answersTheSameVolumeWhenAskedTwice() {
        var request = new VolumeRequest(UUID.randomUUID(), VolumeFormat.QCOW2, 8 * MIB, null);
        assertThat(pool.volumes().create(request)).isEqualTo(pool.volumes().create(request));
        var other = new VolumeRequest(request.id(), VolumeFormat.QCOW2, 16 * MIB, null);
        refuses(Reason.CONFLICT, () -> pool.volumes().create(other));
    }

    @Test
    void makesOneVolumeWhenAskedByManyAtOnce() throws Exception {
        Image image = image(new byte[(int) MIB]);
        var request = new VolumeRequest(UUID.randomUUID(), VolumeFormat.QCOW2, 8 * MIB, image.id());
        Callable<Volume> create = () -> pool.volumes().create(request);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var made : threads.invokeAll(List.of(create, create, create, create))) {
                assertThat(made.get().path())
                        .isEqualTo(
                                pool.volumes().find(request.id()).orElseThrow().path());
            }
        }
        assertThat(pool.volumes().list()).hasSize(1);
    }

    @Test
    void growsAVolumeAndNeverShrinksIt() {
        UUID id = UUID.randomUUID();
        pool.volumes().create(new VolumeRequest(id, VolumeFormat.QCOW2, 8 * MIB, null));
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        refuses(Reason.INVALID, () -> pool.volumes().grow(id, 8 * MIB));
        refuses(Reason.NOT_FOUND, () -> pool.volumes().grow(UUID.randomUUID(), 8 * MIB));
    }

    @Test
    void deletesAVolumeAsOftenAsAsked() {
        UUID id = UUID.randomUUID();
        pool.volumes().create(new VolumeRequest(id, VolumeFormat.QCOW2, 8 * MIB, null));
        pool.volumes().delete(id);
        pool.volumes().delete(id);
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void refusesSizesThatCannotBe() {
        refuses(Reason.INVALID, () -> volume(0, null));
        refuses(Reason.INVALID, () -> volume(-1, null));
    }

    @Test
    void beginsAVolumeWithTheImagesBytes() {
        byte[] bytes = new byte[(int) MIB];
        bytes[0] = 42;
        Image image = image(bytes);
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            var request = new VolumeRequest(UUID.randomUUID(), format, 8 * MIB, image.id());
            Volume volume = pool.volumes().create(request);
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            assertThat(firstBytes(volume)[0]).isEqualTo((byte) 42);
        }
    }

    @Test
    void refusesAVolumeSmallerThanItsImageOrOfNoImage() {
        Image image = image(new byte[(int) MIB]);
        refuses(Reason.INVALID, () -> volume(MIB / 2, image.id()));
        refuses(Reason.NOT_FOUND, () -> volume(MIB, UUID.randomUUID()));
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void keepsAnImageThatAVolumeDependsOn() {
        Image image = image(new byte[(int) MIB]);
        Volume volume = volume(MIB, image.id());
        if (pool.capabilities().instantClone()) {
            pool.images().delete(image.id());
            assertThat(firstBytes(volume)).containsOnly(0);
        } else {
            refuses(Reason.CONFLICT, () -> pool.images().delete(image.id()));
            pool.volumes().delete(volume.id());
            pool.images().delete(image.id());
        }
        pool.images().delete(image.id());
        assertThat(pool.images().list()).isEmpty();
    }

    @Test
    void admitsAnImageOnce() {
        byte[] bytes = new byte[(int) MIB];
        UUID id = arrived(bytes);
        Image image = pool.images().admit(id, ImageFormat.RAW, null);
        assertThat(image.virtualSizeBytes()).isEqualTo(MIB);
        assertThat(image.sha256()).isEqualTo("30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58");
        assertThat(pool.images().admit(id, ImageFormat.RAW, image.sha256())).isEqualTo(image);
        refuses(Reason.CONFLICT, () -> pool.images().admit(id, ImageFormat.RAW, "00"));
        refuses(Reason.CONFLICT, () -> pool.images().receive(id));
        assertThat(pool.images().list()).containsExactly(image);
    }

    @Test
    void refusesAWrongChecksumAndForgetsTheBytes() {
        UUID id = arrived(new byte[512]);
        refuses(Reason.INVALID, () -> pool.images().admit(id, ImageFormat.RAW, "ab".repeat(32)));
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, null));
    }

    @Test
    void forgetsAnArrivalThatWasCutOff() {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(new byte[512]));
            refuses(Reason.CONFLICT, () -> pool.images().receive(id));
            refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, null));
        }
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, null));
    }

    @Test
    void replacesASeedAndDeletesIt() throws IOException {
        UUID vmId = UUID.randomUUID();
        Path iso = Files.writeString(scratch.resolve("seed"), "one");
        Path seed = pool.seeds().store(vmId, iso);
        Files.writeString(iso, "two");
        assertThat(pool.seeds().store(vmId, iso)).isEqualTo(seed).hasContent("two");
        pool.seeds().delete(vmId);
        pool.seeds().delete(vmId);
        assertThat(seed).doesNotExist();
    }

    @Test
    void findsEverythingAgainWhenOpenedAgain() throws IOException {
        Image image = image(new byte[(int) MIB]);
        Volume volume = volume(MIB, image.id());
        pool.close();
        pool = openPool();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
        assertThat(pool.images().find(image.id())).contains(image);
        assertThat(pool.capacity().totalBytes()).isGreaterThan(pool.capacity().freeBytes());
    }

    @Test
    void isGivenBackOnlyWhenEmpty() throws IOException {
        Volume volume = volume(MIB, null);
        refuses(Reason.CONFLICT, pool::release);
        pool.volumes().delete(volume.id());
        pool.release();
        pool = openPool();
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void isNotGivenBackWhileAnImageArrives() throws IOException {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(new byte[512]));
            refuses(Reason.CONFLICT, pool::release);
            arrival.complete();
        }
        refuses(Reason.CONFLICT, pool::release);
        pool.images().delete(id);
        pool.release();
        pool = openPool();
    }

    protected Volume volume(long bytes, @Nullable UUID imageId) {
        return pool.volumes().create(new VolumeRequest(UUID.randomUUID(), VolumeFormat.QCOW2, bytes, imageId));
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
        return pool.images().admit(arrived(raw), ImageFormat.RAW, null);
    }

    protected static void refuses(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    private byte[] firstBytes(Volume volume) {
        Path raw = scratch.resolve("first-bytes");
        tool.run(CommandLine.of("qemu-img", "dd", "-f", volume.format().label(), "-O", "raw", "bs=4096", "count=1")
                .with("if=" + volume.path(), "of=" + raw));
        try {
            byte[] bytes = Files.readAllBytes(raw);
            Files.delete(raw);
            return bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
