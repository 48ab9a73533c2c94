package io.limiquantix.storage.driver.nfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageContract;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an NFS server of this machine, whose exported folder is {@code nfs.export}; run as root. */
@EnabledIfSystemProperty(named = "nfs.export", matches = "/.+", disabledReason = "needs a machine with an NFS server")
class NfsStorageIT extends StorageContract {
    private final Path exported;

    NfsStorageIT(@TempDir Path scratch) throws IOException {
        super(scratch);
        exported = Files.createTempDirectory(Path.of(System.getProperty("nfs.export", "/")), "pool");
    }

    @Override
    protected StoragePool openPool() {
        return open(poolId, exported.toString(), Map.of());
    }

    private StoragePool open(UUID id, String path, Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("server", "127.0.0.1", "export", path));
        settings.putAll(more);
        return new NfsDriver().open(id, settings, surroundings);
    }

    private Path mountPoint() {
        return surroundings.folder().resolve(poolId + "/mount");
    }

    @AfterEach
    void nothingStaysMounted() throws IOException {
        pool.close();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .doesNotContain(mountPoint().toString());
    }

    @Test
    void mountsTheVersionThatIsAskedForWithoutWhatActsOnTheHost() throws IOException {
        pool.close();
        pool = open(poolId, exported.toString(), Map.of("version", "3", "options", "nolock"));
        assertThat(Files.readAllLines(Path.of("/proc/mounts")))
                .filteredOn(line -> line.contains(mountPoint().toString()))
                .singleElement()
                .asString()
                .contains("vers=3", "nosuid", "nodev", "noexec", "hard");
    }

    private Map<String, String> told(String version) {
        return Map.of("server", "127.0.0.1", "export", exported.toString(), "version", version);
    }

    private String mounted() throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.contains(mountPoint().toString()))
                .reduce("", (a, b) -> a + b);
    }

    @Test
    void isMountedInAnotherWayWhileNobodyUsesIt() throws IOException {
        Volume volume = volume(MIB, null);
        pool.tryOut(told("4.1"));
        assertThat(mounted()).doesNotContain("vers=4.1");
        pool.change(told("4.1"));
        assertThat(mounted()).contains("vers=4.1", "nosuid", "nodev", "noexec");
        assertThat(pool.capacity().totalBytes()).isPositive();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
        refuses(Reason.INVALID, () -> pool.tryOut(told("5")));
    }

    @Test
    void staysMountedAsItIsWhileAFileIsOpen() throws IOException {
        Volume volume = volume(MIB, null);
        String before = mounted();
        try (var open = Files.newByteChannel(Path.of(volume.path()))) {
            refuses(Reason.CONFLICT, () -> pool.change(told("4.1")));
            assertThat(open.isOpen()).isTrue();
        }
        assertThat(mounted()).isEqualTo(before);
        pool.change(told("4.1"));
        assertThat(mounted()).contains("vers=4.1");
    }

    @Test
    void letsASecondHostOfThePoolSeeTheSameVolumes() {
        Volume volume = volume(MIB, null);
        var other = new io.limiquantix.storage.driver.StorageSurroundings(
                tool, surroundings.imageLimits(), scratch.resolve("other-host"));
        var settings = Map.of("server", "127.0.0.1", "export", exported.toString());
        try (StoragePool there = new NfsDriver().open(poolId, settings, other)) {
            assertThat(there.capabilities().shared()).isTrue();
            assertThat(there.volumes().find(volume.id()).orElseThrow().sizeBytes())
                    .isEqualTo(volume.sizeBytes());
        }
    }

    @Test
    void refusesAnExportThatIsNotThere() {
        refuses(Reason.FAILED, () -> open(UUID.randomUUID(), "/srv/none", Map.of()));
    }

    @Test
    void refusesAnotherPoolOnTheSameExport() {
        refuses(Reason.CONFLICT, () -> open(UUID.randomUUID(), exported.toString(), Map.of()));
    }

    @Test
    void mountsAgainWhatSomebodyUnmounted() {
        Volume volume = volume(MIB, null);
        tool.run(CommandLine.of("umount", mountPoint().toString()));
        assertThat(pool.capacity().totalBytes()).isPositive();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
    }

    @Test
    void mountsAnewWhatBecameStale() throws IOException {
        tool.run(CommandLine.of("mv", exported.toString(), exported + ".gone"));
        tool.run(CommandLine.of("rm", "-r", exported + ".gone"));
        Files.createDirectory(exported);
        assertThat(pool.capacity().totalBytes()).isPositive();
        pool.close();
        pool = openPool();
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void losesNothingWhileTheServerIsAway() {
        Volume before = volume(MIB, null);
        server("stop");
        UUID id = UUID.randomUUID();
        var request = VolumeRequest.empty(id, VolumeFormat.QCOW2, MIB);
        CompletableFuture<Void> under = CompletableFuture.runAsync(
                () -> refuses(Reason.TIMEOUT, () -> pool.volumes().create(request)));
        refuses(Reason.FAILED, pool::capacity);
        under.join();
        server("start");
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(MIB);
        assertThat(pool.capacity().totalBytes()).isPositive();
        assertThat(pool.volumes().list()).extracting(Volume::id).containsExactlyInAnyOrder(before.id(), id);
        assertThat(firstBytes(before)).containsOnly(0);
    }

    @Test
    void endsACopyThatTheServerLeftInTheMiddle() {
        Volume original = pool.volumes().create(VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, 64 * MIB));
        tool.run(CommandLine.of("qemu-io", "-f", "raw", "-c", "write -P 9 0 64M", original.path()));
        var copy = VolumeRequest.of(
                        UUID.randomUUID(), VolumeFormat.QCOW2, 64 * MIB, new VolumeOrigin.OfVolume(original.id()))
                .asIndependent();
        CompletableFuture<Void> under = CompletableFuture.runAsync(
                () -> refuses(Reason.TIMEOUT, () -> pool.volumes().create(copy)));
        await(() -> isCopying(copy.id()));
        server("stop");
        under.join();
        server("start");
        assertThat(pool.volumes().create(copy).sizeBytes()).isEqualTo(64 * MIB);
        Volume made = pool.volumes().find(copy.id()).orElseThrow();
        tool.run(CommandLine.of("qemu-img", "compare", "-f", "raw", "-F", "qcow2", original.path(), made.path()));
        assertThat(exported.resolve("volumes")).isDirectoryNotContaining("glob:**.making");
    }

    private boolean isCopying(UUID id) {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(id.toString()));
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    /** Of the test bed: takes the server away as a crash does, and brings it back. */
    private void server(String action) {
        tool.run(CommandLine.of("testbed-nfs", action));
    }
}
