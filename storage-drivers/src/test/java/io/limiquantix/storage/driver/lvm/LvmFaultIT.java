package io.limiquantix.storage.driver.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What fails in the middle, in a process that goes on. */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "is run in the test bed's VM, whose kernel it may spoil")
class LvmFaultIT {
    private static final int EXTENT = LvmBed.EXTENT;
    private static final int MIB = 1 << 20;
    private static final long DISK = 48L * MIB;
    /** Two of them are too much for the disk. */
    private static final int LARGE = 24 * MIB;

    private static final Path PATIENCE = Path.of("/sys/module/dm_thin_pool/parameters/no_space_timeout");

    private final UUID poolId = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private final UUID snapshot = UUID.randomUUID();
    private final LoopDisk disk;
    private final LvmBed bed;
    private final LvmBed.Life life;
    private final LvmPool pool;

    LvmFaultIT(@TempDir Path scratch) throws IOException {
        disk = new LoopDisk(scratch.resolve("disk"), DISK);
        bed = new LvmBed(Files.createDirectory(scratch.resolve("host")), disk);
        life = bed.start(poolId);
        pool = life.pool();
    }

    @AfterEach
    void giveBack() {
        pool.release();
        assertThat(disk.signatures()).isEmpty();
        disk.close();
    }

    /** Between the two, neither the old contents nor the new ones have the volume's name. */
    @Test
    void hasAVolumeWhoseReplacementFailedBetweenItsRenames() {
        Path device = Path.of("/dev", LvmBed.group(poolId), OwnName.Kind.VOLUME.name(id));
        pool.volumes().create(VolumeRequest.empty(id, VolumeFormat.RAW, EXTENT));
        LvmBed.fill(device, 1);
        pool.snapshots().create(id, snapshot);
        LvmBed.fill(device, 2);
        life.tool().failAfter(2);
        var failure = catchThrowableOfType(
                StorageException.class, () -> pool.snapshots().revert(id, snapshot));
        assertThat(failure).hasMessageContaining("failed for the test");
        assertThat(bed.shape(poolId)).noneMatch(line -> line.startsWith(OwnName.Kind.VOLUME.name(id)));

        assertThat(pool.volumes().find(id)).isPresent();
        LvmBed.assertHolds(device, 1);
        afterAFailure(
                () -> assertThat(pool.volumes().list()).extracting(Volume::id).containsExactly(id));
        afterAFailure(() -> assertThat(pool.volumes()
                        .create(VolumeRequest.empty(id, VolumeFormat.RAW, EXTENT))
                        .sizeBytes())
                .isEqualTo(EXTENT));
        afterAFailure(() ->
                assertThat(pool.volumes().grow(id, 2 * EXTENT).sizeBytes()).isEqualTo(2 * EXTENT));
        afterAFailure(
                () -> assertThat(Path.of(pool.volumes().location(id).name())).isEqualTo(device));
        afterAFailure(() -> pool.snapshots().delete(id, snapshot));
        afterAFailure(() ->
                assertThat(pool.snapshots().create(id, snapshot).volumeId()).isEqualTo(id));
        UUID copy = UUID.randomUUID();
        var origin = new VolumeOrigin.OfVolume(id);
        afterAFailure(() -> pool.volumes().create(VolumeRequest.of(copy, VolumeFormat.RAW, 2 * EXTENT, origin)));
        pool.volumes().delete(copy, SnapshotsOfIt.KEEP);
        afterAFailure(
                () -> assertThat(pool.snapshots().revert(id, snapshot).id()).isEqualTo(id));
        LvmBed.assertHolds(device, 1);
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::id).containsExactly(snapshot);
        afterAFailure(this::refusesRelease);
        afterAFailure(() -> pool.volumes().delete(id, SnapshotsOfIt.DELETE));
        assertThat(bed.shape(poolId)).as("nothing but the thin pool").hasSize(1);
    }

    /** Brings about by hand what the driver leaves when it fails between the two. */
    private void afterAFailure(Runnable work) {
        String name = OwnName.Kind.VOLUME.name(id);
        bed.lvm(poolId, "lvrename", LvmBed.group(poolId), name, name.replace("limiquantix-", OwnName.READY));
        work.run();
    }

    private void refusesRelease() {
        var refusal = catchThrowableOfType(StorageException.class, pool::release);
        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(pool.volumes().find(id)).isPresent();
    }

    @Test
    void losesNothingWhenTheThinPoolIsFullInTheMiddleOfACopy() throws IOException {
        String before = Files.readString(PATIENCE);
        Files.writeString(PATIENCE, "3");
        try {
            Volume kept = pool.volumes().create(VolumeRequest.empty(id, VolumeFormat.RAW, EXTENT));
            LvmBed.fill(Path.of(kept.path()), 5);
            arrive(snapshot);
            pool.images().admit(snapshot, ImageFormat.RAW, ExpectedSums.NONE);
            UUID second = UUID.randomUUID();
            arrive(second);
            var refusal = catchThrowableOfType(
                    StorageException.class, () -> pool.images().admit(second, ImageFormat.RAW, ExpectedSums.NONE));
            assertThat(refusal.reason()).as("%s", refusal).isEqualTo(Reason.NO_SPACE);
            assertThat(pool.images().find(second)).isEmpty();
            LvmBed.assertHolds(Path.of(kept.path()), 5);
            assertThat(bed.shape(poolId)).noneMatch(line -> line.contains(OwnName.MAKING));

            pool.images().delete(snapshot);
            assertThat(pool.images()
                            .admit(second, ImageFormat.RAW, ExpectedSums.NONE)
                            .virtualSizeBytes())
                    .isEqualTo(LARGE);
            assertThat(pool.capacity(Duration.ofSeconds(9)).freeBytes()).isPositive();
            LvmBed.assertHolds(Path.of(kept.path()), 5);
            pool.images().delete(second);
            pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        } finally {
            Files.writeString(PATIENCE, before);
        }
    }

    private void arrive(UUID image) {
        byte[] bytes = new byte[MIB];
        Arrays.fill(bytes, (byte) 7);
        try (ImageArrival arrival = pool.images().receive(image)) {
            for (int written = 0; written < LARGE; written += bytes.length) {
                arrival.write(ByteBuffer.wrap(bytes));
            }
            arrival.complete();
        }
    }
}
