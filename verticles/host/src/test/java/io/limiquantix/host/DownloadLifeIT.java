package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DownloadFile;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web server's file becomes an image of a host's pool. */
class DownloadLifeIT {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Path file;
    private final AtomicInteger asked = new AtomicInteger();
    private final TestHost host;
    private final UUID image = Uuid7.next();
    private volatile boolean silent;

    DownloadLifeIT(@TempDir Path web, @TempDir Path folder) {
        this.file = web.resolve("disk.qcow2");
        new ProcessTool().run(CommandLine.of("qemu-img", "create", "-f", "qcow2", file.toString(), "1G"));
        this.server = vertx.createHttpServer().requestHandler(this::answer);
        server.listen(0, "127.0.0.1").await();
        this.host = TestHost.start(folder, "downloads: {allowedNetworks: [127.0.0.1/32]}");
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        vertx.close().await();
    }

    private void answer(HttpServerRequest request) {
        asked.incrementAndGet();
        if (silent) {
            request.response().putHeader("Content-Length", "1000000").write("x");
        } else {
            request.response().sendFile(file.toString());
        }
    }

    private DownloadFile request(String server, long maxBytes) {
        return new DownloadFile(
                host.poolId(), image, "http://" + server + ":" + this.server.actualPort() + "/disk.qcow2", maxBytes);
    }

    private DownloadFile request() {
        return request("127.0.0.1", 1 << 30);
    }

    private HostStorageApi.ImageName name() {
        return new HostStorageApi.ImageName(host.poolId(), image);
    }

    private void assertNothingArrived() throws IOException {
        try (Stream<Path> left = Files.list(host.pool().resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    private FailureException refused(DownloadFile request) {
        return catchThrowableOfType(FailureException.class, () -> host.ask(HostTransferApi.DOWNLOAD_FILE, request));
    }

    @Test
    void becomesAnImageAndIsFetchedOnce() throws IOException {
        Caller caller = TestHost.caller();
        var report = host.ask(HostTransferApi.DOWNLOAD_FILE, request(), caller);
        assertThat(report.bytes()).isEqualTo(Files.size(file));
        assertThat(host.ask(HostTransferApi.DOWNLOAD_FILE, request(), caller)).isEqualTo(report);
        assertThat(asked).hasValue(1);
        ImageReport admitted = host.ask(
                HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "qcow2", null));
        assertThat(admitted.virtualSizeBytes()).isEqualTo(1 << 30);
        assertThat(admitted.fileBytes()).isEqualTo(Files.size(file));
    }

    @Test
    void isRefusedWhereThisHostMayNotAskOrItIsTooLarge() throws IOException {
        assertThat(refused(request("127.0.0.2", 1 << 30))).hasMessageContaining("not in the public network");
        assertThat(refused(request("[::1]", 1 << 30))).hasMessageContaining("not in the public network");
        assertThat(asked).hasValue(0);
        assertThat(refused(request("127.0.0.1", 1000)).code()).isEqualTo(FailureCode.TOO_LARGE);
        assertNothingArrived();
    }

    @Test
    void endsWhenNobodyWantsItAnyMoreAndLeavesNothing() throws IOException {
        silent = true;
        var download = CompletableFuture.supplyAsync(() -> refused(request()), THREADS);
        Eventually.holds(
                () -> host.ask(HostTransferApi.LOOK_AT_FETCH, name()).state() == CopyState.COPYING && asked.get() == 1);
        host.ask(HostTransferApi.END_FETCH, name());
        assertThat(download.join().code()).isEqualTo(FailureCode.CANCELLED);
        assertNothingArrived();
        assertThat(host.ask(HostTransferApi.LOOK_AT_FETCH, name()).state()).isEqualTo(CopyState.NOT_HERE);
    }
}
