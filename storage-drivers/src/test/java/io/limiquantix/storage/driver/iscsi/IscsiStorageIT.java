package io.limiquantix.storage.driver.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.StorageContract;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on LUNs of the test bed's iSCSI targets, by open-iscsi and LVM; run as root. */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "needs a machine with iSCSI targets")
class IscsiStorageIT extends StorageContract {
    private static final Path FOLDER = temporary();
    private static final UUID POOL = UUID.randomUUID();
    private static final String GROUP = "limiquantix-" + POOL.toString().replace("-", "");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static @Nullable StandingPool standing;

    private final IscsiBed bed = new IscsiBed();

    IscsiStorageIT() {
        super(FOLDER);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("iscsi");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    protected StoragePool openPool() {
        StandingPool earlier = standing;
        if (earlier != null && earlier.isOpen()) {
            return earlier;
        }
        StandingPool opened = new StandingPool(open(POOL, bed.settings("TARGET"), surroundings));
        standing = opened;
        return opened;
    }

    private static StoragePool open(UUID id, Map<String, String> settings, StorageSurroundings host) {
        return new IscsiDriver().open(id, settings, host);
    }

    private StorageSurroundings otherHost() throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve("other-host"));
        return new StorageSurroundings(tool, surroundings.imageLimits(), folder);
    }

    /** The pool stays; what the test made in it goes. */
    @AfterEach
    @Override
    protected void close() {
        if (standing != null && standing.isOpen()) {
            bed.lvm(surroundings, POOL, "lvremove", "--yes", "--select", "pool_lv!=\"\"", GROUP);
        }
    }

    @AfterAll
    static void giveBack() {
        if (standing != null && standing.isOpen()) {
            standing.release();
            assertThat(IscsiBed.isLoggedIn("TARGET")).isFalse();
        }
    }

    private Path hostFolder(StorageSurroundings host) {
        return host.folder().resolve(POOL.toString());
    }

    @Test
    void isUsedByOneHostAtATime() throws IOException {
        Volume volume = volume(MIB, null);
        refuses(Reason.CONFLICT, () -> open(POOL, bed.settings("TARGET"), otherHost()));
        assertThat(bed.refuses("lvrename", GROUP, "limiquantix-thin", "mine"))
                .as("an administrator's LVM keeps away")
                .isTrue();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
        pool.close();
        assertThat(IscsiBed.isLoggedIn("TARGET")).isFalse();
        try (StoragePool there = open(POOL, bed.settings("TARGET"), otherHost())) {
            assertThat(there.volumes().find(volume.id())).contains(volume);
        }
        pool = openPool();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
    }

    @Test
    void refusesAnotherPoolOnTheSameDisk() {
        refuses(Reason.CONFLICT, () -> open(UUID.randomUUID(), bed.settings("TARGET"), surroundings));
        assertThat(pool.capacity().totalBytes()).isPositive();
    }

    @Test
    void leavesADiskAloneThatCarriesData() {
        var refusal = catchThrowableOfType(
                StorageException.class, () -> open(UUID.randomUUID(), bed.settings("TARGET_USED"), surroundings));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal).hasMessageContaining("ext4");
        assertThat(IscsiBed.isLoggedIn("TARGET_USED")).isFalse();
        assertThat(bed.run("blkid", "-p", "-s", "LABEL", "-o", "value", "/srv/iscsi/used.img"))
                .isEqualTo("precious");
    }

    @Test
    void saysWhichSettingsAreWrong() {
        refusesField("chapPassword", bed.settings("TARGET_USED", "chapPassword", "wrong-password"));
        refusesField("target", bed.settings("TARGET_USED", "target", "iqn.2026-01.io.limiquantix:none"));
        refusesField("lun", bed.settings("TARGET_USED", "lun", "7"));
        var unreachable = bed.settings("TARGET_USED", "portals", "127.0.0.1:1");
        refuses(Reason.FAILED, () -> open(UUID.randomUUID(), unreachable, surroundings));
        assertThat(IscsiBed.isLoggedIn("TARGET_USED")).isFalse();
    }

    private void refusesField(String field, Map<String, String> settings) {
        var refusal =
                catchThrowableOfType(StorageException.class, () -> open(UUID.randomUUID(), settings, surroundings));
        assertThat(refusal.reason()).as("%s", refusal).isEqualTo(Reason.INVALID);
        assertThat(refusal.details()).containsEntry("field", "settings." + field);
        assertThat(refusal).hasMessageNotContaining(settings.get("chapPassword"));
    }

    @Test
    void keepsPasswordsWhereOnlyRootReadsThemAndOnlyWhileThePoolIsOpen() throws IOException {
        List<Path> records = records();
        assertThat(records).isNotEmpty().allSatisfy(record -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(record)))
                .isEqualTo("rw-------"));
        pool.close();
        assertThat(records()).isEmpty();
        pool = openPool();
    }

    private static List<Path> records() throws IOException {
        Path folder = Path.of("/etc/iscsi/nodes", IscsiBed.environment("TARGET"));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void adoptsAGroupAndAVolumeOfOthersWhoseTargetProvesItself() throws IOException {
        var wrong = new HashMap<>(bed.mutual());
        wrong.put("mutualPassword", "not-the-target");
        refuses(Reason.INVALID, () -> open(UUID.randomUUID(), wrong, surroundings));

        UUID id = UUID.randomUUID();
        try (StoragePool own = open(id, bed.mutual(), surroundings)) {
            Path disk = IscsiBed.disk("TARGET_MUTUAL");
            own.release();
            assertThat(disk).doesNotExist();
        }
        Map<String, String> settings = bed.mutual();
        settings.put("volumeGroup", "theirs");
        refuses(Reason.INVALID, () -> open(id, settings, surroundings));

        makeTheirGroup();
        StoragePool adopted = open(id, settings, surroundings);
        assertThat(adopted.volumes().unmanaged())
                .containsExactly(new UnmanagedVolume("debian", VolumeFormat.RAW, 8 * MIB));
        UUID volume = UUID.randomUUID();
        assertThat(adopted.volumes().adopt("debian", volume).sizeBytes()).isEqualTo(8 * MIB);
        assertThat(adopted.volumes().adopt("debian", volume).sizeBytes()).isEqualTo(8 * MIB);
        refuses(Reason.NOT_FOUND, () -> adopted.volumes().adopt("../debian", UUID.randomUUID()));
        refuses(Reason.NOT_FOUND, () -> adopted.volumes().adopt("thin", UUID.randomUUID()));
        refuses(Reason.CONFLICT, adopted::release);
        adopted.volumes().delete(volume, SnapshotsOfIt.KEEP);
        adopted.release();
        removeTheirGroup();
    }

    private void makeTheirGroup() throws IOException {
        logInByHand();
        String disk = IscsiBed.disk("TARGET_MUTUAL").toString();
        bed.run("vgcreate", "--yes", "theirs", disk);
        bed.run("lvcreate", "--yes", "--type", "thin-pool", "-L", "1G", "-n", "limiquantix-thin", "theirs");
        bed.run("lvcreate", "--yes", "-V", "8M", "--thinpool", "limiquantix-thin", "-n", "debian", "theirs");
    }

    /** What was there before the pool is there after it: the session, the group and its thin pool. */
    private void removeTheirGroup() {
        String disk = IscsiBed.disk("TARGET_MUTUAL").toString();
        assertThat(bed.run("lvs", "--noheadings", "--options", "lv_name", "theirs"))
                .isEqualTo("limiquantix-thin");
        bed.run("vgremove", "--yes", "theirs");
        bed.run("pvremove", "--yes", disk);
        bed.run("iscsiadm", "-m", "node", "-T", IscsiBed.environment("TARGET_MUTUAL"), "--logout");
        bed.run("iscsiadm", "-m", "node", "-T", IscsiBed.environment("TARGET_MUTUAL"), "--op", "delete");
    }

    private void logInByHand() throws IOException {
        Path folder = Files.createTempDirectory("by-hand");
        var target = new CurrentTarget(
                IscsiTarget.of(io.limiquantix.storage.driver.PoolSettings.of(new IscsiDriver(), bed.mutual())));
        Sessions sessions =
                new Sessions(new Iscsiadm(tool, target), target, new TargetUsers(folder, UUID.randomUUID()));
        sessions.begin();
        new Lun(tool, target, sessions).await();
    }

    @Test
    void losesNothingWhileTheSessionIsCut() {
        Volume before = volume(MIB, null);
        var request = VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, MIB);
        bed.cut();
        try {
            CompletableFuture<Void> under = CompletableFuture.runAsync(
                    () -> refuses(Reason.TIMEOUT, () -> pool.volumes().create(request)));
            Instant asked = Instant.now();
            assertThat(catchThrowableOfType(StorageException.class, pool::capacity))
                    .isNotNull();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
            under.join();
        } finally {
            bed.restore();
        }
        awaitHealth();
        assertThat(pool.volumes().create(request).sizeBytes())
                .isEqualTo(pool.capabilities().roundedUp(MIB));
        assertThat(pool.volumes().list()).extracting(Volume::id).containsExactlyInAnyOrder(before.id(), request.id());
    }

    @Test
    void logsInAgainWhereSomebodyLoggedOut() {
        Volume volume = volume(MIB, null);
        write(volume, 5);
        bed.run("iscsiadm", "-m", "node", "-T", IscsiBed.environment("TARGET"), "--logout");
        refuses(Reason.FAILED, pool::capacity);
        awaitHealth();
        assertThat(firstBytes(volume)).containsOnly(5);
        write(volume, 6);
        assertThat(firstBytes(volume)).containsOnly(6);
    }

    private void awaitHealth() {
        Instant end = Instant.now().plus(SOON);
        while (true) {
            try {
                assertThat(pool.capacity().totalBytes()).isPositive();
                return;
            } catch (StorageException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    @Test
    void keepsTheDiskWhileADomainUsesAVolume() throws Exception {
        Volume volume = volume(8 * MIB, null);
        UUID snapshot = UUID.randomUUID();
        try (var user =
                new io.limiquantix.storage.driver.qemu.ImageUser(pool.volumes().location(volume.id()))) {
            user.write(4096);
            refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE));
            pool.snapshots().create(volume.id(), snapshot);
            refuses(Reason.CONFLICT, () -> pool.snapshots().revert(volume.id(), snapshot));
            assertThat(pool.volumes().grow(volume.id(), 16 * MIB).sizeBytes()).isEqualTo(16 * MIB);
            pool.close();
            assertThat(IscsiBed.isLoggedIn("TARGET")).isTrue();
            refuses(Reason.CONFLICT, () -> open(POOL, bed.settings("TARGET"), otherHost()));
            user.write(8192);
        }
        pool = openPool();
        assertThat(Files.exists(hostFolder(surroundings))).isTrue();
        assertThat(pool.volumes().find(volume.id()).orElseThrow().sizeBytes()).isEqualTo(16 * MIB);
    }
}
