package io.limiquantix.storage.driver.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import io.limiquantix.storage.driver.ceph.UnfinishedName.Doing;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.DyingTool;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed after any command that changes something, or rbd in the middle of one; the pool is opened again. */
@EnabledIfSystemProperty(
        named = "ceph.env",
        matches = "/.+",
        disabledReason = "needs the file that scripts/testbed/ceph up writes")
class CephCrashIT {
    private static final int MIB = 1 << 20;
    private static final Set<String> LOOKS = Set.of("ls", "info", "status", "du", "children", "get", "df");
    /** More commands than anything takes. */
    private static final int MANY = 100;

    private final CephBed bed;
    private final Path scratch;
    private final UUID poolId = UUID.randomUUID();
    private final UUID imageId = UUID.randomUUID();
    private final UUID originId = UUID.randomUUID();
    private final UUID snapshotId = UUID.randomUUID();

    CephCrashIT(@TempDir Path scratch) throws IOException {
        this.scratch = scratch;
        bed = new CephBed(Path.of(System.getProperty("ceph.env", "/")));
        bed.wipe();
    }

    @AfterEach
    void wipe() {
        bed.wipe();
    }

    private StoragePool open(DyingTool tool) {
        return new CephDriver()
                .open(poolId, bed.settings(), new StorageSurroundings(tool, ImageLimits.upTo(1L << 40), scratch));
    }

    private StoragePool open() {
        return open(new DyingTool(new ProcessTool(), LOOKS));
    }

    @Test
    void makesAnEmptyVolumeOnceOpenedAgain() {
        atEachStep(pool -> {
            var request = VolumeRequest.empty(originId, VolumeFormat.RAW, MIB);
            assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(MIB);
            assertThat(pool.volumes().list()).extracting(Volume::id).containsExactly(originId);
        });
    }

    @Test
    void makesAVolumeOfAnImageOnceOpenedAgain() {
        atEachStep(pool -> {
            admit(pool);
            var request =
                    VolumeRequest.of(UUID.randomUUID(), VolumeFormat.RAW, 8 * MIB, new VolumeOrigin.OfImage(imageId));
            Volume volume = pool.volumes().create(request.asIndependent());
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
        });
    }

    @Test
    void makesAVolumeOfASnapshotOnceOpenedAgain() {
        UUID clone = UUID.randomUUID();
        atEachStep(pool -> {
            pool.volumes().create(VolumeRequest.empty(originId, VolumeFormat.RAW, MIB));
            pool.snapshots().create(originId, snapshotId);
            var origin = new VolumeOrigin.OfSnapshot(originId, snapshotId);
            pool.volumes().create(VolumeRequest.of(clone, VolumeFormat.RAW, MIB, origin));
            pool.volumes().makeIndependent(clone);
            pool.volumes().delete(originId, SnapshotsOfIt.DELETE);
            assertThat(pool.volumes().list()).extracting(Volume::id).containsExactly(clone);
            pool.volumes().delete(clone, SnapshotsOfIt.KEEP);
            assertThat(pool.volumes().list()).isEmpty();
        });
    }

    @Test
    void admitsAnImageOnceOpenedAgain() {
        atEachStep(pool -> {
            admit(pool);
            assertThat(pool.images().find(imageId)).isPresent();
            pool.images().delete(imageId);
            assertThat(pool.images().list()).isEmpty();
        });
    }

    @Test
    void replacesASeedOnceOpenedAgain() throws IOException {
        Path iso = Files.writeString(scratch.resolve("seed"), "seed");
        atEachStep(pool -> {
            var seed = pool.seeds().store(originId, iso);
            assertThat(pool.seeds().store(originId, iso)).isEqualTo(seed);
            pool.seeds().delete(originId);
        });
    }

    @Test
    void adoptsOnceOpenedAgain() {
        bed.rbd("create", "--size", "1M", bed.spec("foreign"));
        atEachStep(pool -> {
            assertThat(pool.volumes().adopt("foreign", originId).sizeBytes()).isEqualTo(MIB);
            assertThat(pool.volumes().unmanaged()).isEmpty();
        });
    }

    /** Dies after the first command that changes anything, after the second…, until the work ends; each time it is done again as a whole. */
    private void atEachStep(Consumer<StoragePool> work) {
        for (int commands = 0; commands < MANY; commands++) {
            boolean died = diedIn(work, commands);
            try (StoragePool pool = open()) {
                assertThat(bed.images()).as("after %d commands", commands).noneMatch(name -> UnfinishedName.of(name)
                        .isPresent());
                work.accept(pool);
            }
            if (!died) {
                return;
            }
        }
        throw new AssertionError("it never ends");
    }

    private boolean diedIn(Consumer<StoragePool> work, int commands) {
        DyingTool tool = new DyingTool(new ProcessTool(), LOOKS);
        StoragePool pool = open(tool);
        tool.dieAfter(commands);
        try {
            work.accept(pool);
            return false;
        } catch (DyingTool.Death _) {
            return true;
        }
    }

    private void admit(StoragePool pool) {
        if (pool.images().find(imageId).isEmpty()) {
            try (ImageArrival arrival = pool.images().receive(imageId)) {
                arrival.write(ByteBuffer.allocate(MIB));
                arrival.complete();
            }
        }
        pool.images().admit(imageId, ImageFormat.RAW, ExpectedSums.NONE);
    }

    @Test
    void keepsAVolumeWhoseRenamingWasCutOff() throws IOException {
        String volume = Kind.VOLUME.name(originId);
        try (StoragePool pool = open()) {
            pool.volumes().create(VolumeRequest.empty(originId, VolumeFormat.RAW, MIB));
        }
        String making = new UnfinishedName(
                        Doing.MAKING, Maker.of(scratch.resolve(poolId.toString())), Instant.now(), volume)
                .text();
        bed.rbd("rename", bed.spec(volume), bed.spec(making));
        copyName(making, volume);
        try (StoragePool pool = open()) {
            assertThat(pool.volumes().list()).extracting(Volume::id).containsExactly(originId);
            assertThat(bed.images()).containsExactlyInAnyOrder(PoolMarker.NAME, volume);
        }
        copyName(volume, making);
        try (StoragePool pool = open()) {
            assertThat(pool.volumes().list()).extracting(Volume::id).containsExactly(originId);
            pool.volumes().delete(originId, SnapshotsOfIt.KEEP);
        }
    }

    @Test
    void makesAVolumeWhoseNameLeadsToNothing() throws IOException {
        String volume = Kind.VOLUME.name(originId);
        try (StoragePool pool = open()) {
            var request = VolumeRequest.empty(originId, VolumeFormat.RAW, MIB);
            pool.volumes().create(request);
            bed.rados("get", "rbd_id." + volume, scratch.resolve("name").toString());
            pool.volumes().delete(originId, SnapshotsOfIt.KEEP);
            bed.rados("put", "rbd_id." + volume, scratch.resolve("name").toString());
            assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(MIB);
            pool.volumes().delete(originId, SnapshotsOfIt.KEEP);
            assertThat(pool.volumes().list()).isEmpty();
        }
    }

    /** What rbd leaves that was killed while it renamed an image. */
    private void copyName(String from, String to) {
        String file = scratch.resolve("name").toString();
        bed.rados("get", "rbd_id." + from, file);
        bed.rados("put", "rbd_id." + to, file);
    }
}
