package io.limiquantix.storage.driver.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One of each thing that a pool on LVM is asked for, on volumes of its own. */
final class CrashWorks {
    private static final int MIB = 1 << 20;
    private static final int EXTENT = LvmBed.EXTENT;

    private final LvmBed bed;
    private final UUID poolId;
    private final Path scratch;
    private final UUID image = UUID.randomUUID();
    private final UUID original = UUID.randomUUID();
    private final UUID snapshot = UUID.randomUUID();
    private final List<Work> all;

    CrashWorks(LvmBed bed, UUID poolId, Path scratch) throws IOException {
        this.bed = bed;
        this.poolId = poolId;
        this.scratch = scratch;
        this.all = List.of(
                made(VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, EXTENT), 0),
                made(
                        VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, EXTENT)
                                .preallocated(Preallocation.FULL),
                        0),
                made(request(2 * EXTENT, new VolumeOrigin.OfImage(image)), 7),
                made(request(EXTENT, new VolumeOrigin.OfVolume(original)), 2),
                made(request(EXTENT, new VolumeOrigin.OfSnapshot(original, snapshot)), 1),
                snapshotMade(),
                broughtBack(),
                read(),
                grown(),
                deleted(),
                admitted(),
                seedReplaced(),
                adopted());
    }

    /**
     * @param prepare makes what is there before
     * @param work is asked for again as a whole by the next process, or not at all any more
     * @param remove leaves nothing of either
     */
    record Work(Consumer<LvmPool> prepare, Consumer<LvmPool> work, Consumer<LvmPool> remove) {}

    List<Work> all() {
        return all;
    }

    void prepareWhatAllUse(LvmPool pool) {
        arrive(pool, image);
        pool.images().admit(image, ImageFormat.RAW, ExpectedSums.NONE);
        snapshotted(pool, original, snapshot);
    }

    void removeWhatAllUse(LvmPool pool) {
        pool.volumes().delete(original, SnapshotsOfIt.DELETE);
        pool.images().delete(image);
    }

    private static VolumeRequest request(long bytes, VolumeOrigin origin) {
        return VolumeRequest.of(UUID.randomUUID(), VolumeFormat.RAW, bytes, origin);
    }

    private Work made(VolumeRequest request, int pattern) {
        return new Work(
                _ -> {},
                pool -> {
                    assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(request.sizeBytes());
                    holds(volume(request.id()), pattern);
                },
                pool -> delete(pool, request.id()));
    }

    private Work snapshotMade() {
        UUID id = UUID.randomUUID();
        return new Work(_ -> {}, pool -> pool.snapshots().create(original, id), pool -> {
            pool.snapshots().delete(original, id);
            assertThat(pool.snapshots().list(original)).extracting(Snapshot::id).containsExactly(snapshot);
        });
    }

    private Work broughtBack() {
        UUID id = UUID.randomUUID();
        UUID before = UUID.randomUUID();
        return new Work(
                pool -> snapshotted(pool, id, before),
                pool -> {
                    assertThat(pool.snapshots().revert(id, before).sizeBytes()).isEqualTo(EXTENT);
                    holds(volume(id), 1);
                },
                pool -> {
                    assertThat(pool.volumes().find(id)).isPresent();
                    delete(pool, id);
                });
    }

    /** Copies of snapshots are read from them by whoever asks where they are. */
    private Work read() {
        return new Work(
                _ -> {},
                pool -> LvmBed.assertHolds(
                        Path.of(pool.snapshots().location(original, snapshot).name()), 1),
                _ -> {});
    }

    private Work grown() {
        UUID id = UUID.randomUUID();
        return new Work(
                pool -> pool.volumes().create(VolumeRequest.empty(id, VolumeFormat.RAW, EXTENT)),
                pool -> assertThat(pool.volumes().grow(id, 2 * EXTENT).sizeBytes())
                        .isEqualTo(2 * EXTENT),
                pool -> delete(pool, id));
    }

    private Work deleted() {
        UUID id = UUID.randomUUID();
        UUID before = UUID.randomUUID();
        return new Work(
                pool -> snapshotted(pool, id, before),
                pool -> {
                    pool.volumes().delete(id, SnapshotsOfIt.DELETE);
                    assertThat(pool.snapshots().list(id)).isEmpty();
                },
                pool -> delete(pool, id));
    }

    private Work admitted() {
        UUID id = UUID.randomUUID();
        return new Work(
                pool -> arrive(pool, id),
                pool -> {
                    assertThat(pool.images()
                                    .admit(id, ImageFormat.RAW, ExpectedSums.NONE)
                                    .virtualSizeBytes())
                            .isEqualTo(MIB);
                    holds(OwnName.Kind.IMAGE.name(id), 7);
                },
                pool -> pool.images().delete(id));
    }

    private Work seedReplaced() throws IOException {
        UUID vm = UUID.randomUUID();
        Path two = Files.write(scratch.resolve("two"), filled(2));
        return new Work(
                _ -> {
                    String name = OwnName.Kind.SEED.name(vm);
                    String group = LvmBed.group(poolId);
                    bed.lvm(poolId, "lvcreate", "--yes", "-V", "4M", "--thinpool", LvmBed.THIN_POOL, "-n", name, group);
                    LvmBed.fill(device(name), 1);
                },
                pool -> LvmBed.assertHolds(Path.of(pool.seeds().store(vm, two).label()), 2),
                pool -> {
                    pool.seeds().delete(vm);
                    assertThat(pool.seeds().find(vm)).isEmpty();
                });
    }

    private Work adopted() {
        UUID id = UUID.randomUUID();
        String group = LvmBed.group(poolId);
        return new Work(
                _ -> bed.lvm(
                        poolId, "lvcreate", "--yes", "-V", "4M", "--thinpool", LvmBed.THIN_POOL, "-n", "theirs", group),
                pool -> assertThat(pool.volumes().adopt("theirs", id).sizeBytes())
                        .isEqualTo(EXTENT),
                pool -> {
                    if (!pool.volumes().unmanaged().isEmpty()) {
                        pool.volumes().adopt("theirs", id);
                    }
                    delete(pool, id);
                });
    }

    private static void delete(LvmPool pool, UUID id) {
        pool.volumes().delete(id, SnapshotsOfIt.DELETE);
    }

    private static byte[] filled(int pattern) {
        byte[] bytes = new byte[MIB];
        Arrays.fill(bytes, (byte) pattern);
        return bytes;
    }

    private static void arrive(LvmPool pool, UUID id) {
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(filled(7)));
            arrival.complete();
        }
    }

    /** A volume that holds 2, and its snapshot that holds 1. */
    private void snapshotted(LvmPool pool, UUID id, UUID before) {
        pool.volumes().create(VolumeRequest.empty(id, VolumeFormat.RAW, EXTENT));
        LvmBed.fill(device(volume(id)), 1);
        pool.snapshots().create(id, before);
        LvmBed.fill(device(volume(id)), 2);
    }

    private static String volume(UUID id) {
        return OwnName.Kind.VOLUME.name(id);
    }

    private void holds(String name, int pattern) {
        LvmBed.assertHolds(device(name), pattern);
    }

    private Path device(String name) {
        return Path.of("/dev", LvmBed.group(poolId), name);
    }
}
