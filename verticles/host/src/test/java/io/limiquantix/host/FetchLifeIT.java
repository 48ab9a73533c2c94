package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.bus.host.HostTransferApi.FetchFile;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.CuttingRelay;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A volume's bytes go from one host to another, over TLS and nothing else, since neither sees the other's directory. */
class FetchLifeIT {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private static final long GIB = 1L << 30;
    private static final int MIB = 1 << 20;

    private final ProcessTool tool = new ProcessTool();
    private final TestHost source;
    private final TestHost target;
    private final CuttingRelay relay = CuttingRelay.start();
    private final UUID image = Uuid7.next();

    FetchLifeIT(@TempDir Path one, @TempDir Path two) {
        this.source = TestHost.start(one);
        this.target = TestHost.start(two);
        // Each is alone on its bus; this is all that passes between the two.
        target.platform()
                .bus()
                .serve(
                        HostTransferApi.OPEN_DOWNLOAD,
                        source.hostId(),
                        (request, caller) -> relay.through(source.ask(HostTransferApi.OPEN_DOWNLOAD, request)));
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        target.close();
        source.close();
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** A disk whose first mebibytes are nothing that could be left out. */
    private VolumeReport filled(int mebibytes) {
        VolumeReport volume = source.volume(null);
        Path noise = source.folder().resolve("noise");
        run("sh", "-c", "head -c " + mebibytes + "M /dev/urandom > " + noise);
        run("qemu-img", "convert", "-n", "-f", "raw", "-O", "qcow2", noise.toString(), volume.path());
        return volume;
    }

    private void run(String... words) {
        tool.run(CommandLine.of(words));
    }

    private ExportReport export(VolumeReport volume) {
        return source.ask(
                HostTransferApi.EXPORT_VOLUME,
                new HostTransferApi.ExportVolume(Uuid7.next(), source.poolId(), volume.volumeId(), null, "qcow2"));
    }

    private FetchFile request(UUID pool, ExportReport file, long bytes, String sha256) {
        return new FetchFile(pool, image, source.hostId(), file.exportId(), bytes, sha256);
    }

    private FetchFile request(ExportReport file) {
        return request(target.poolId(), file, file.bytes(), file.sha256());
    }

    private HostStorageApi.ImageName name() {
        return new HostStorageApi.ImageName(target.poolId(), image);
    }

    private void admit(ExportReport file) {
        target.ask(
                HostStorageApi.ADMIT_IMAGE,
                new HostStorageApi.AdmitImage(target.poolId(), image, "qcow2", file.sha256()));
    }

    private void assertNothingArrived() throws IOException {
        try (Stream<Path> left = Files.list(target.pool().resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aVolumeBecomesOneOfTheOtherHostBitByBit() throws IOException {
        VolumeReport volume = filled(64);
        ExportReport file = export(volume);
        target.ask(HostTransferApi.FETCH_FILE, request(file));
        admit(file);
        VolumeReport copy = target.ask(
                HostStorageApi.CREATE_VOLUME,
                new HostStorageApi.CreateVolume(
                        target.poolId(),
                        Uuid7.next(),
                        "raw",
                        2 * GIB,
                        VolumeOrigin.ofImage(image),
                        true,
                        HostStorageApi.Preallocation.THIN));
        target.ask(HostStorageApi.DELETE_IMAGE, name());
        source.ask(HostTransferApi.DELETE_EXPORT, new HostTransferApi.Export(file.exportId()));
        assertThat(copy.sizeBytes()).isEqualTo(2 * GIB);
        run("qemu-img", "compare", "-f", "qcow2", "-F", "raw", volume.path(), copy.path());
        assertNothingArrived();
        assertThat(source.folder().resolve("host/exports")).isEmptyDirectory();
        assertThat(target.pool().resolve("images")).isEmptyDirectory();
    }

    @Test
    void aConnectionThatIsCutIsFollowedByOneThatGoesOnWhereItWas() {
        ExportReport file = export(filled(64));
        relay.cutAt(40L * MIB);
        Caller caller = TestHost.caller();
        target.ask(HostTransferApi.FETCH_FILE, request(file), caller);
        assertThat(relay.connections()).isEqualTo(2);
        assertThat(relay.passed()).isBetween(file.bytes(), file.bytes() + 10 * MIB);
        target.ask(HostTransferApi.FETCH_FILE, request(file), caller);
        assertThat(relay.connections()).as("done once").isEqualTo(2);
        admit(file);
    }

    @Test
    void bytesThatAreNotTheAnnouncedOnesAreRefusedAndStayNowhere() throws IOException {
        ExportReport file = export(filled(8));
        FailureException damaged = refused(
                FailureCode.STORAGE,
                () -> target.ask(
                        HostTransferApi.FETCH_FILE, request(target.poolId(), file, file.bytes(), "ab".repeat(32))));
        assertThat(damaged.failure().message()).contains(file.sha256(), "damaged");
        assertNothingArrived();
        for (long other : new long[] {file.bytes() - 1, file.bytes() + 1}) {
            refused(
                    FailureCode.STORAGE,
                    () -> target.ask(HostTransferApi.FETCH_FILE, request(target.poolId(), file, other, file.sha256())));
        }
        assertNothingArrived();
        refused(FailureCode.NOT_FOUND, () -> admit(file));
    }

    @Test
    void aFileThatTheOtherHostHasNotIsNotWaitedFor() throws IOException {
        var nothing = new ExportReport(Uuid7.next(), 1, "ab".repeat(32));
        refused(FailureCode.NOT_FOUND, () -> target.ask(HostTransferApi.FETCH_FILE, request(nothing)));
        assertNothingArrived();
    }

    @Test
    void whoEndsItWhileTheOtherHostIsSilentWaitsForNothing() throws IOException {
        ExportReport file = export(filled(64));
        relay.holdAt(20L * MIB);
        Caller caller = TestHost.caller();
        var fetching = CompletableFuture.runAsync(
                () -> refused(
                        FailureCode.CANCELLED, () -> target.ask(HostTransferApi.FETCH_FILE, request(file), caller)),
                THREADS);
        Eventually.holds(() -> target.ask(HostTransferApi.LOOK_AT_FETCH, name()).percent() > 20);
        target.ask(HostTransferApi.END_FETCH, name());
        fetching.join();
        assertThat(target.ask(HostTransferApi.LOOK_AT_FETCH, name()).state()).isEqualTo(CopyState.NOT_HERE);
        assertNothingArrived();
        target.ask(HostStorageApi.DELETE_IMAGE, name());
    }

    @Test
    @EnabledIf(value = "isRoot", disabledReason = "mounting a small file system needs root")
    void aPoolThatIsTooSmallIsNotFilled() throws IOException {
        ExportReport file = export(filled(16));
        Path small = Files.createDirectory(target.folder().resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=8m,mode=0755", "none", small.toString());
        try {
            UUID pool = Uuid7.next();
            target.openPool(pool, small);
            refused(
                    FailureCode.NO_CAPACITY,
                    () -> target.ask(HostTransferApi.FETCH_FILE, request(pool, file, file.bytes(), file.sha256())));
            assertThat(small.resolve("incoming")).isEmptyDirectory();
            assertThat(relay.connections()).isZero();
            target.ask(HostStorageApi.RELEASE_POOL, new HostStorageApi.PoolName(pool));
        } finally {
            run("umount", small.toString());
        }
    }

    private static FailureException refused(FailureCode code, ThrowingCallable action) {
        FailureException refusal = catchThrowableOfType(FailureException.class, action);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
