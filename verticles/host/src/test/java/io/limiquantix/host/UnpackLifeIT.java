package io.limiquantix.host;

import static io.limiquantix.host.testing.CutOff.assertCutOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.UnpackFile;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has arrived of an image is unpacked by a host. */
class UnpackLifeIT {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Path files;
    private final UUID image = Uuid7.next();
    private TestHost host;

    UnpackLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(folder, "importFolders: [" + files + "]");
    }

    /** So much of nothing that unpacking it takes minutes. */
    @BeforeEach
    void makeFiles() {
        sh("head -c 1G /dev/zero | zstd -q -c > part && for i in $(seq 300); do cat part; done > long.zst && rm part");
        sh("qemu-img create -q -f vdi disk.vdi 64M && zstd -q -c < disk.vdi > disk.zst");
    }

    private void sh(String command) {
        new ProcessTool().run(CommandLine.of("sh", "-c", "cd " + files + " && " + command));
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private void arrive(String name) {
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(
                        host.poolId(), image, files.resolve(name).toString()));
    }

    private UnpackFile request(String format) {
        return new UnpackFile(host.poolId(), image, format, null, null, null);
    }

    private HostStorageApi.ImageName name() {
        return new HostStorageApi.ImageName(host.poolId(), image);
    }

    private HostStorageApi.CopyProgress look() {
        return host.ask(HostTransferApi.LOOK_AT_FETCH, name());
    }

    private List<String> incoming() throws IOException {
        try (Stream<Path> left = Files.list(host.pool().resolve("incoming"))) {
            return left.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private CompletableFuture<FailureException> unpacking() {
        TestHost now = host;
        var unpacking = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        FailureException.class, () -> now.ask(HostTransferApi.UNPACK_FILE, request("raw"))),
                THREADS);
        Eventually.holds(() -> look().state() == CopyState.COPYING && look().percent() > 0);
        return unpacking;
    }

    @Test
    void isDoneOnceAndSaysWhatCame() throws IOException {
        arrive("disk.zst");
        Caller caller = TestHost.caller();
        var report = host.ask(HostTransferApi.UNPACK_FILE, request("vdi"), caller);
        assertThat(host.ask(HostTransferApi.UNPACK_FILE, request("vdi"), caller))
                .isEqualTo(report);
        assertThat(host.ask(HostTransferApi.UNPACK_FILE, request("vdi")))
                .as("by a later task")
                .isEqualTo(report);
        assertThat(report.format()).isEqualTo("qcow2");
        assertThat(report.came()).isNotNull();
        assertThat(report.came())
                .extracting(CameAs::format, CameAs::compression, CameAs::fileBytes)
                .containsExactly("vdi", "zstd", Files.size(files.resolve("disk.zst")));
        ImageReport admitted = host.ask(
                HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "qcow2", null));
        assertThat(admitted.virtualSizeBytes()).isEqualTo(64 << 20);
        assertThat(host.ask(HostTransferApi.UNPACK_FILE, request("vdi")).format())
                .as("of an image")
                .isEqualTo("qcow2");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void endsWhenNobodyWantsItAnyMoreAndLeavesNothing() throws IOException {
        arrive("long.zst");
        var unpacking = unpacking();
        host.ask(HostTransferApi.END_FETCH, name());
        assertThat(unpacking.join().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(look().state()).isEqualTo(CopyState.NOT_HERE);
        host.ask(HostStorageApi.DELETE_IMAGE, name());
        assertThat(incoming()).isEmpty();
    }

    @Test
    void beginsAnewWhenTheHostWasStartedAgain() throws IOException {
        arrive("long.zst");
        var cutOff = unpacking();
        host = host.startedAnew();
        assertCutOff(cutOff);
        assertThat(incoming()).containsExactlyInAnyOrder(image.toString(), image + ".sha256");
        var again = unpacking();
        host.ask(HostTransferApi.END_FETCH, name());
        assertThat(again.join().code()).isEqualTo(FailureCode.CANCELLED);
    }
}
