package io.limiquantix.storage.driver.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageContract;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.qemu.ImageUser;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The contract in an RBD pool of the cluster that {@code ceph.env} describes, and what is particular to RBD. */
@EnabledIfSystemProperty(
        named = "ceph.env",
        matches = "/.+",
        disabledReason = "needs the file that scripts/testbed/ceph up writes")
class CephStorageIT extends StorageContract {
    private final CephBed bed;

    CephStorageIT(@TempDir Path scratch) throws IOException {
        super(scratch);
        bed = new CephBed(Path.of(System.getProperty("ceph.env", "/")));
        bed.wipe();
    }

    @AfterEach
    void wipe() {
        bed.wipe();
    }

    @Override
    protected StoragePool openPool() {
        return open(poolId, bed.settings());
    }

    private StoragePool open(UUID id, Map<String, String> settings) {
        return driver().open(id, settings, surroundings);
    }

    private static StorageDriver driver() {
        return ServiceLoader.load(StorageDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(d -> d.name().equals("ceph"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected String seedText(DiskSource seed) {
        return bed.rbd("export", "--no-progress", seed.label().substring("rbd:".length()), "-");
    }

    private Path hostFolder() {
        return surroundings.folder().resolve(poolId.toString());
    }

    @Test
    void letsADomainReachAVolumeByTheKeyThatTheHypervisorKeeps() {
        var secret = pool.hypervisorSecrets().getFirst();
        assertThat(secret.base64()).isEqualTo(bed.key());
        assertThat(volume(MIB, null).source()).isInstanceOfSatisfying(DiskSource.OfRbd.class, source -> {
            assertThat(source.secretId()).isEqualTo(secret.id());
            assertThat(bed.images())
                    .contains(source.image().substring(bed.pool().length() + 1));
        });
        pool.close();
        pool = openPool();
        assertThat(pool.hypervisorSecrets()).containsExactly(secret);
    }

    @Test
    void keepsTheKeyWhereOnlyRootReadsItAndOnlyWhileThePoolIsOpen() throws IOException {
        Path key = hostFolder().resolve("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        pool.close();
        assertThat(key).doesNotExist();
        pool = openPool();
        Files.delete(key);
        assertThat(pool.capacity().totalBytes()).isPositive();
        pool.release();
        assertThat(hostFolder()).doesNotExist();
    }

    @Test
    void goesOnByAnotherUserAndKeyAndBackAgain() throws IOException {
        Volume volume = volume(MIB, null);
        Map<String, String> other = new HashMap<>(bed.settings("user", "second"));
        other.put("key", bed.userKey("second", "profile rbd"));
        pool.tryOut(other);
        assertThat(hostFolder().resolve("key-trial")).doesNotExist();
        pool.change(other);
        assertThat(pool.capacity().totalBytes()).isPositive();
        assertThat(pool.volumes().grow(volume.id(), 2 * MIB).sizeBytes()).isEqualTo(2 * MIB);
        assertThat(pool.hypervisorSecrets().getFirst().base64()).isEqualTo(other.get("key"));
        assertThat(pool.reachedNow(volume.source()))
                .isInstanceOfSatisfying(DiskSource.OfRbd.class, source -> assertThat(source.user())
                        .isEqualTo("second"));
        bed.ceph("auth", "del", "client.second");
        refuses(Reason.TIMEOUT, () -> pool.tryOut(other));
        pool.change(bed.settings());
        assertThat(pool.volumes().find(volume.id()).orElseThrow().sizeBytes()).isEqualTo(2 * MIB);
        pool.close();
        try (var files = Files.list(hostFolder())) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).noneMatch(name -> name.startsWith("key"));
        }
        pool = openPool();
    }

    @Test
    void triesAUserWhoMayNotWriteAndAnotherClustersMonitorsInVain() throws IOException {
        Map<String, String> reader = new HashMap<>(bed.settings("user", "reader"));
        reader.put("key", bed.userKey("reader", "profile rbd-read-only"));
        refuses(Reason.FAILED, () -> pool.tryOut(reader));
        refuses(Reason.INVALID, () -> pool.tryOut(bed.settings("monitors", "")));
        assertThat(pool.capacity().totalBytes()).isPositive();
        bed.ceph("auth", "del", "client.reader");
    }

    @Test
    void keepsSizesToTheByte() {
        Volume volume = volume(5 * MIB + 1, null);
        assertThat(volume.sizeBytes()).isEqualTo(5 * MIB + 1);
        assertThat(pool.volumes().grow(volume.id(), 5 * MIB + 2).sizeBytes()).isEqualTo(5 * MIB + 2);
    }

    @Test
    void letsASecondHostOfThePoolSeeTheSameVolumes() {
        Volume volume = volume(MIB, null);
        var other = new StorageSurroundings(tool, surroundings.imageLimits(), scratch.resolve("other-host"));
        try (StoragePool there = driver().open(poolId, bed.settings(), other)) {
            assertThat(there.capabilities().shared()).isTrue();
            assertThat(there.volumes().find(volume.id())).contains(volume);
        }
    }

    @Test
    void refusesAnotherPoolInTheSameRbdPool() {
        refuses(Reason.CONFLICT, () -> open(UUID.randomUUID(), bed.settings()));
        pool.release();
        StoragePool other = open(UUID.randomUUID(), bed.settings());
        refuses(Reason.CONFLICT, () -> pool.capacity());
        other.release();
    }

    @Test
    void refusesAKeyThatTheClusterDoesNotKnow() throws IOException {
        byte[] other = Base64.getDecoder().decode(bed.key());
        other[other.length - 1]++;
        String wrong = Base64.getEncoder().encodeToString(other);
        pool.close();
        Map<String, String> settings = new HashMap<>(bed.settings("key", wrong));
        settings.put("monitors", bed.newerMonitor());
        var refusal = catchThrowableOfType(StorageException.class, () -> open(poolId, settings));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal.details()).containsEntry("field", "settings.key");
        assertThat(refusal).hasMessageNotContaining(wrong);
        assertThat(hostFolder().resolve("key")).doesNotExist();
    }

    @Test
    void saysWhichRbdPoolIsMissing() {
        refuses(Reason.INVALID, () -> open(UUID.randomUUID(), bed.settings("pool", "none")));
    }

    @Test
    void saysThatNoMonitorIsReached() {
        var refusal = catchThrowableOfType(
                StorageException.class, () -> open(UUID.randomUUID(), bed.settings("monitors", "127.0.0.1:1")));
        assertThat(refusal.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(refusal).hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void adoptsAnImageOfOthersAndTouchesNoOther() {
        bed.rbd("create", "--size", "8M", bed.spec("debian 13"));
        bed.rbd("snap", "create", "--no-progress", bed.spec("debian 13@before"));
        bed.rbd("create", "--size", "4M", bed.spec("two\nlines"));
        bed.rbd("create", "--size", "4M", bed.spec(UUID.randomUUID().toString()));
        assertThat(pool.volumes().list()).isEmpty();
        assertThat(pool.volumes().unmanaged())
                .hasSize(3)
                .contains(
                        new UnmanagedVolume("debian 13", VolumeFormat.RAW, 8 * MIB),
                        new UnmanagedVolume("two\nlines", VolumeFormat.RAW, 4 * MIB));

        UUID id = UUID.randomUUID();
        Volume adopted = pool.volumes().adopt("debian 13", id);
        assertThat(adopted.sizeBytes()).isEqualTo(8 * MIB);
        assertThat(pool.volumes().adopt("debian 13", id)).isEqualTo(adopted);
        assertThat(pool.volumes().list()).containsExactly(adopted);
        assertThat(pool.volumes().unmanaged()).hasSize(2);
        assertThat(pool.snapshots().list(id)).isEmpty();
        refuses(Reason.NOT_FOUND, () -> pool.volumes().adopt("debian 13", UUID.randomUUID()));
        refuses(Reason.NOT_FOUND, () -> pool.volumes().adopt("../" + PoolMarker.NAME, UUID.randomUUID()));
        refuses(Reason.NOT_FOUND, () -> pool.volumes().adopt(PoolMarker.NAME, UUID.randomUUID()));
        refuses(Reason.CONFLICT, pool::release);
        pool.volumes().delete(id, SnapshotsOfIt.DELETE);
        pool.release();
        assertThat(bed.images()).hasSize(2).contains("two\nlines");
    }

    @Test
    void keepsAVolumeThatADomainUsesAndGrowsAndKeepsItsContents() throws Exception {
        Volume volume = volume(8 * MIB, null);
        UUID snapshot = UUID.randomUUID();
        try (ImageUser user = new ImageUser(pool.volumes().location(volume.id()))) {
            user.write(4096);
            refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE));
            assertThat(pool.snapshots().create(volume.id(), snapshot).sizeBytes())
                    .isEqualTo(8 * MIB);
            refuses(Reason.CONFLICT, () -> pool.snapshots().revert(volume.id(), snapshot));
            var copy = VolumeRequest.of(
                    UUID.randomUUID(), VolumeFormat.RAW, 8 * MIB, new VolumeOrigin.OfVolume(volume.id()));
            refuses(Reason.CONFLICT, () -> pool.volumes().create(copy));
            assertThat(pool.volumes().grow(volume.id(), 16 * MIB).sizeBytes()).isEqualTo(16 * MIB);
            pool.snapshots().delete(volume.id(), snapshot);
        }
        pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
        assertThat(bed.images()).containsExactly(PoolMarker.NAME);
    }

    @Test
    void convertsAQcow2Image() throws IOException {
        Path qcow2 = scratch.resolve("disk.qcow2");
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2", qcow2.toString(), "64M"));
        tool.run(CommandLine.of("qemu-io", "-f", "qcow2", "-c", "write -P 9 0 4096", qcow2.toString()));
        Image image = pool.images().admit(arrived(Files.readAllBytes(qcow2)), ImageFormat.QCOW2, ExpectedSums.NONE);
        assertThat(image.virtualSizeBytes()).isEqualTo(64 * MIB);
        Volume volume = volume(64 * MIB, image.id());
        assertThat(firstBytes(volume)).containsOnly(9);
        assertThat(volume.allocatedBytes()).isLessThan(8 * MIB);
    }

    @Test
    void losesNothingWhileADiskOfTheClusterIsAway() {
        Volume before = volume(MIB, null);
        var request = VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, MIB);
        bed.stopDisk();
        try {
            refuses(Reason.TIMEOUT, pool::capacity);
            refuses(Reason.TIMEOUT, () -> pool.volumes().create(request));
            refuses(Reason.TIMEOUT, () -> pool.volumes().delete(before.id(), SnapshotsOfIt.KEEP));
        } finally {
            bed.startDisk();
        }
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(MIB);
        assertThat(pool.capacity().totalBytes()).isPositive();
        assertThat(pool.volumes().list()).extracting(Volume::id).containsExactlyInAnyOrder(before.id(), request.id());
        pool.volumes().delete(before.id(), SnapshotsOfIt.KEEP);
        pool.volumes().delete(request.id(), SnapshotsOfIt.KEEP);
        assertThat(bed.images()).containsExactly(PoolMarker.NAME);
    }
}
