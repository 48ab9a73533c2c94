package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
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
    protected final StorageSurroundings surroundings;
    protected final UUID poolId = UUID.randomUUID();

    protected final Path scratch;
    protected StoragePool pool;

    /** @param scratch a folder of the test's own */
    protected StorageContract(Path scratch) {
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

    @Test
    void makesAnEmptyVolumeOfTheSizeAsked() {
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            UUID id = UUID.randomUUID();
            Volume volume = pool.volumes().create(VolumeRequest.empty(id, format, 8 * MIB));
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            assertThat(volume.format()).isEqualTo(format);
            assertThat(pool.volumes().find(id)).contains(volume);
            assertThat(firstBytes(volume)).containsOnly(0);
        }
        assertThat(pool.volumes().list()).hasSameSizeAs(pool.capabilities().volumeFormats());
    }

    @Test
    void answersTheSameVolumeWhenAskedTwice() {
        var request = VolumeRequest.empty(UUID.randomUUID(), anyFormat(), 8 * MIB);
        assertThat(pool.volumes().create(request)).isEqualTo(pool.volumes().create(request));
        var other = VolumeRequest.empty(request.id(), anyFormat(), 16 * MIB);
        refuses(Reason.CONFLICT, () -> pool.volumes().create(other));
    }

    @Test
    void makesOneVolumeWhenAskedByManyAtOnce() throws Exception {
        Image image = image(new byte[(int) MIB]);
        var request = VolumeRequest.of(UUID.randomUUID(), anyFormat(), 8 * MIB, new VolumeOrigin.OfImage(image.id()));
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
        pool.volumes().create(VolumeRequest.empty(id, anyFormat(), 8 * MIB));
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        refuses(Reason.INVALID, () -> pool.volumes().grow(id, 8 * MIB));
        refuses(Reason.NOT_FOUND, () -> pool.volumes().grow(UUID.randomUUID(), 8 * MIB));
    }

    @Test
    void roundsASizeUpToItsUnitAndKnowsItAgain() {
        long odd = 8 * MIB + 1;
        long rounded = pool.capabilities().roundedUp(odd);
        var request = VolumeRequest.empty(UUID.randomUUID(), anyFormat(), odd);
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(rounded);
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(rounded);
        assertThat(pool.volumes().grow(request.id(), odd).sizeBytes()).isEqualTo(rounded);
        long larger = 16 * MIB + 1;
        assertThat(pool.volumes().grow(request.id(), larger).sizeBytes())
                .isEqualTo(pool.capabilities().roundedUp(larger))
                .isEqualTo(pool.volumes().grow(request.id(), larger).sizeBytes());
    }

    @Test
    void deletesAVolumeAsOftenAsAsked() {
        UUID id = UUID.randomUUID();
        pool.volumes().create(VolumeRequest.empty(id, anyFormat(), 8 * MIB));
        pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void refusesSizesThatCannotBe() {
        refuses(Reason.INVALID, () -> volume(0, null));
        refuses(Reason.INVALID, () -> volume(-1, null));
        refuses(Reason.INVALID, () -> volume(Long.MIN_VALUE, null));
        refuses(Reason.INVALID, () -> volume(Long.MAX_VALUE, null));
        Volume volume = volume(MIB, null);
        refuses(Reason.INVALID, () -> pool.volumes().grow(volume.id(), Long.MAX_VALUE));
        refuses(Reason.INVALID, () -> pool.volumes().grow(volume.id(), -1));
    }

    @Test
    void beginsAVolumeWithTheImagesBytes() {
        byte[] bytes = new byte[(int) MIB];
        bytes[0] = 42;
        Image image = image(bytes);
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            var request = VolumeRequest.of(UUID.randomUUID(), format, 8 * MIB, new VolumeOrigin.OfImage(image.id()));
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
            pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
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
        DiskSource seed = pool.seeds().store(vmId, iso);
        assertThat(seedText(seed)).startsWith("one");
        Files.writeString(iso, "two");
        assertThat(pool.seeds().store(vmId, iso)).isEqualTo(seed);
        assertThat(seedText(seed)).startsWith("two");
        assertThat(pool.seeds().find(vmId)).contains(seed);
        refuses(Reason.CONFLICT, pool::release);
        pool.seeds().delete(vmId);
        pool.seeds().delete(vmId);
        assertThat(pool.seeds().find(vmId)).isEmpty();
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
        pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
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

    @Test
    void keepsWhatAVolumeHeldAndBringsItBack() {
        Volume volume = snapshottable(8 * MIB);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        write(volume, 1);
        assertThat(pool.snapshots().create(volume.id(), first))
                .isEqualTo(new Snapshot(first, volume.id(), volume.sizeBytes(), false));
        write(volume, 2);
        pool.snapshots().create(volume.id(), second);
        pool.snapshots().create(volume.id(), second);
        write(volume, 3);
        assertThat(pool.snapshots().list(volume.id())).extracting(Snapshot::id).containsExactly(first, second);
        pool.snapshots().revert(volume.id(), second);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 2);
        pool.snapshots().revert(volume.id(), first);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 1);
        pool.snapshots().delete(volume.id(), first);
        pool.snapshots().delete(volume.id(), first);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 1);
        assertThat(pool.snapshots().list(volume.id())).extracting(Snapshot::id).containsExactly(second);
        refuses(Reason.NOT_FOUND, () -> pool.snapshots().revert(volume.id(), first));
        refuses(Reason.NOT_FOUND, () -> pool.snapshots().create(UUID.randomUUID(), first));
    }

    @Test
    void deletesASnapshotBetweenTwoOthersAndChangesNeither() {
        Volume volume = snapshottable(8 * MIB);
        List<UUID> snapshots = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        for (int i = 0; i < snapshots.size(); i++) {
            write(volume, i + 1);
            pool.snapshots().create(volume.id(), snapshots.get(i));
        }
        write(volume, 7);
        pool.snapshots().delete(volume.id(), snapshots.get(1));
        var first = new VolumeOrigin.OfSnapshot(volume.id(), snapshots.getFirst());
        var last = new VolumeOrigin.OfSnapshot(volume.id(), snapshots.getLast());
        assertThat(firstBytes(clone(volume.format(), first))[0]).isEqualTo((byte) 1);
        assertThat(firstBytes(clone(volume.format(), last))[0]).isEqualTo((byte) 3);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 7);
    }

    @Test
    void bringsBackTheSizeOfTheSnapshot() {
        Volume volume = snapshottable(8 * MIB);
        UUID before = UUID.randomUUID();
        pool.snapshots().create(volume.id(), before);
        pool.volumes().grow(volume.id(), 16 * MIB);
        assertThat(pool.snapshots().list(volume.id()))
                .extracting(Snapshot::sizeBytes)
                .containsExactly(8 * MIB);
        assertThat(pool.snapshots().revert(volume.id(), before).sizeBytes()).isEqualTo(8 * MIB);
    }

    @Test
    void deletesAVolumeWithItsSnapshotsOnlyWhenToldTo() {
        Volume volume = snapshottable(8 * MIB);
        pool.snapshots().create(volume.id(), UUID.randomUUID());
        refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP));
        assertThat(pool.snapshots().list(volume.id())).hasSize(1);
        pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE);
        assertThat(pool.volumes().list()).isEmpty();
        assertThat(pool.snapshots().list(volume.id())).isEmpty();
    }

    @Test
    void clonesAVolumeAndASnapshot() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        write(volume, 2);
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            Volume now = clone(format, new VolumeOrigin.OfVolume(volume.id()));
            Volume then = clone(format, new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
            assertThat(firstBytes(now)[0]).isEqualTo((byte) 2);
            assertThat(firstBytes(then)[0]).isEqualTo((byte) 1);
            assertThat(pool.snapshots().list(now.id())).isEmpty();
            write(now, 7);
            write(then, 8);
        }
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 2);
        VolumeOrigin none = new VolumeOrigin.OfSnapshot(volume.id(), UUID.randomUUID());
        refuses(Reason.NOT_FOUND, () -> clone(anyFormat(), none));
        refuses(Reason.NOT_FOUND, () -> clone(anyFormat(), new VolumeOrigin.OfVolume(UUID.randomUUID())));
        var small = VolumeRequest.of(
                UUID.randomUUID(), anyFormat(), 4 * MIB, new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        refuses(Reason.INVALID, () -> pool.volumes().create(small));
    }

    @Test
    void clonesASnapshotOfAVolumeThatGrewSince() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        pool.volumes().grow(volume.id(), 16 * MIB);
        Volume then = clone(volume.format(), new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        assertThat(then.sizeBytes()).isEqualTo(8 * MIB);
        assertThat(firstBytes(then)[0]).isEqualTo((byte) 1);
    }

    @Test
    void keepsASnapshotThatACloneDependsOn() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        Volume clone = clone(volume.format(), new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        if (pool.snapshots().list(volume.id()).getFirst().depended()) {
            refuses(Reason.CONFLICT, () -> pool.snapshots().delete(volume.id(), snapshot));
            refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE));
            pool.volumes().makeIndependent(clone.id());
        }
        pool.snapshots().delete(volume.id(), snapshot);
        pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE);
        assertThat(firstBytes(clone)[0]).isEqualTo((byte) 1);
    }

    @Test
    void makesAVolumeIndependentOfItsImage() {
        byte[] bytes = new byte[(int) MIB];
        bytes[0] = 42;
        Image image = image(bytes);
        Volume later = volume(8 * MIB, image.id());
        var request = VolumeRequest.of(UUID.randomUUID(), anyFormat(), 8 * MIB, new VolumeOrigin.OfImage(image.id()));
        Volume atOnce = pool.volumes().create(request.asIndependent());
        pool.volumes().makeIndependent(later.id());
        pool.volumes().makeIndependent(later.id());
        pool.images().delete(image.id());
        assertThat(firstBytes(later)[0]).isEqualTo((byte) 42);
        assertThat(firstBytes(atOnce)[0]).isEqualTo((byte) 42);
        refuses(Reason.NOT_FOUND, () -> pool.volumes().makeIndependent(UUID.randomUUID()));
    }

    @Test
    void takesAllOfTheSpaceAtOnceWhenAsked() {
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            var request =
                    VolumeRequest.empty(UUID.randomUUID(), format, 8 * MIB).preallocated(Preallocation.FULL);
            Volume full = pool.volumes().create(request);
            assertThat(full.allocatedBytes()).isGreaterThanOrEqualTo(8 * MIB);
            assertThat(firstBytes(full)).containsOnly(0);
        }
    }

    private Volume clone(VolumeFormat format, VolumeOrigin origin) {
        return pool.volumes().create(VolumeRequest.of(UUID.randomUUID(), format, 8 * MIB, origin));
    }

    private Volume snapshottable(long bytes) {
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
        return pool.images().admit(arrived(raw), ImageFormat.RAW, null);
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
        QemuLocation location = pool.volumes().location(volume.id());
        String format = location.format().label();
        tool.run(CommandLine.of("qemu-io", "-f", format, "-c", "write -P " + pattern + " 0 4096", location.name()));
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
