package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that are copied from one directory pool into another. */
class CopyLifeIT {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private static final long GIB = 1L << 30;
    private final ProcessTool tool = new ProcessTool();
    private final UUID other = Uuid7.next();
    private final TestHost host;

    CopyLifeIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @BeforeEach
    void openTheOtherPool() {
        host.openPool(other, host.folder().resolve("other"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private HostStorageApi.CopyVolume request(VolumeReport source, @Nullable UUID snapshot, String format, long bytes) {
        return new HostStorageApi.CopyVolume(
                host.poolId(), source.volumeId(), snapshot, other, Uuid7.next(), format, bytes);
    }

    private HostStorageApi.VolumeName name(HostStorageApi.CopyVolume copy) {
        return new HostStorageApi.VolumeName(other, copy.volumeId());
    }

    /** A disk whose first mebibytes are nothing that could be left out. */
    private VolumeReport filled(int mebibytes) {
        VolumeReport volume = host.volume(null);
        Path noise = host.folder().resolve("noise");
        run("sh", "-c", "head -c " + mebibytes + "M /dev/urandom > " + noise);
        run("qemu-img", "convert", "-n", "-f", "raw", "-O", "qcow2", noise.toString(), volume.path());
        return volume;
    }

    /** The volume as it is by now: a snapshot lets it go on in another file. */
    private VolumeReport current(VolumeReport volume) {
        return host.ask(HostStorageApi.LIST_VOLUMES, new HostStorageApi.PoolName(host.poolId())).volumes().stream()
                .filter(v -> v.volumeId().equals(volume.volumeId()))
                .findFirst()
                .orElseThrow();
    }

    private void run(String... words) {
        tool.run(CommandLine.of(words));
    }

    private void assertSame(VolumeReport one, VolumeReport two) {
        run("qemu-img", "compare", "-f", one.format(), "-F", two.format(), one.path(), two.path());
    }

    @Test
    void aCopyHoldsWhatTheVolumeHoldsInTheFormatOfItsPool() {
        VolumeReport source = filled(64);
        VolumeReport raw = host.ask(HostStorageApi.COPY_VOLUME, request(source, null, "raw", GIB));
        assertThat(raw.sizeBytes()).isEqualTo(GIB);
        assertThat(raw.path()).startsWith(host.folder().resolve("other").toString());
        assertSame(source, raw);
        VolumeReport larger = host.ask(HostStorageApi.COPY_VOLUME, request(source, null, "qcow2", 2 * GIB));
        assertThat(larger.sizeBytes()).isEqualTo(2 * GIB);
        assertSame(source, larger);
        assertThat(larger.allocatedBytes()).isLessThan(GIB / 2);
    }

    @Test
    void aCopyOfASnapshotHoldsWhatTheVolumeHeldThen() {
        VolumeReport source = filled(8);
        VolumeReport before = host.ask(HostStorageApi.COPY_VOLUME, request(source, null, "qcow2", GIB));
        var snapshot = new HostStorageApi.SnapshotName(host.poolId(), source.volumeId(), Uuid7.next());
        host.ask(HostStorageApi.CREATE_SNAPSHOT, snapshot);
        run("qemu-io", "-f", "qcow2", "-c", "write -P 7 0 4M", current(source).path());
        VolumeReport copy = host.ask(HostStorageApi.COPY_VOLUME, request(source, snapshot.snapshotId(), "qcow2", GIB));
        assertSame(before, copy);
    }

    @Test
    void aCopyIsMadeOnceHoweverOftenItIsAskedFor() {
        VolumeReport source = filled(8);
        var request = request(source, null, "qcow2", GIB);
        Caller caller = TestHost.caller();
        VolumeReport copy = host.ask(HostStorageApi.COPY_VOLUME, request, caller);
        run("qemu-io", "-f", "qcow2", "-c", "write -P 7 0 4M", copy.path());
        host.ask(HostStorageApi.COPY_VOLUME, request, caller);
        run("qemu-io", "-f", "qcow2", "-c", "read -P 7 0 4M", copy.path());
    }

    @Test
    void aCopyThatIsEndedStopsAtOnceAndLeavesNothing() throws IOException {
        VolumeReport source = filled(1024);
        var request = request(source, null, "qcow2", GIB);
        Caller caller = TestHost.caller();
        var copy = CompletableFuture.runAsync(
                () -> refused(FailureCode.CANCELLED, () -> host.ask(HostStorageApi.COPY_VOLUME, request, caller)),
                THREADS);
        Eventually.holds(
                () -> host.ask(HostStorageApi.LOOK_AT_COPY, name(request)).percent() > 0);
        host.ask(HostStorageApi.END_COPY, name(request));
        copy.join();
        assertThat(host.ask(HostStorageApi.LOOK_AT_COPY, name(request)).state()).isEqualTo(CopyState.NOT_HERE);
        assertThat(ProcessHandle.current()
                        .descendants()
                        .map(p -> p.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains("convert"));
        refused(FailureCode.CANCELLED, () -> host.ask(HostStorageApi.COPY_VOLUME, request, caller));
        host.ask(HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(other, request.volumeId(), false));
        try (Stream<Path> left = Files.list(host.folder().resolve("other/volumes"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatAVirtualMachineWritesIsNotCopied() {
        VolumeReport disk = host.volume(host.tinyImage());
        UUID vm = host.newVm();
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(host.spec("copy-" + vm.toString().substring(30), vm, disk, null)));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        refused(
                FailureCode.CONFLICT,
                () -> host.ask(HostStorageApi.COPY_VOLUME, request(disk, null, "qcow2", disk.sizeBytes())));
        host.power(DomainApi.FORCE_STOP, vm);
        VolumeReport copy = host.ask(HostStorageApi.COPY_VOLUME, request(disk, null, "qcow2", disk.sizeBytes()));
        assertSame(disk, copy);
    }

    @Test
    void aCopyOfNothingLeavesNothing() throws IOException {
        var nothing =
                new HostStorageApi.CopyVolume(host.poolId(), Uuid7.next(), null, other, Uuid7.next(), "qcow2", GIB);
        refused(FailureCode.NOT_FOUND, () -> host.ask(HostStorageApi.COPY_VOLUME, nothing));
        try (Stream<Path> left = Files.list(host.folder().resolve("other/volumes"))) {
            assertThat(left).isEmpty();
        }
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
