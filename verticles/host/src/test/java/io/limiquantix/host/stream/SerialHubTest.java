package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A shared serial port between real sockets: what stands in for QEMU writes as this test says. */
class SerialHubTest {
    private static final int MUCH = 64 << 20;
    private static final int MILLIS = 30_000;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Socket guest;
    private final SerialHub hub;
    private final NetServer viewers;

    SerialHubTest() throws IOException {
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        try (ServerSocket qemu = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var connected = new CompletableFuture<SerialHub>();
            loop.runOnContext(now -> vertx.createNetClient()
                    .connect(SocketAddress.inetSocketAddress(qemu.getLocalPort(), "127.0.0.1"))
                    .onSuccess(port -> connected.complete(new SerialHub(loop, port, () -> gone.complete(null)))));
            guest = qemu.accept();
            hub = connected.join();
        }
        viewers = vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(SelfSignedCertificate.create().keyCertOptions()))
                .connectHandler(hub::join);
    }

    @BeforeEach
    void listen() {
        viewers.listen(0, "127.0.0.1").await();
    }

    @AfterEach
    void stop() throws IOException {
        guest.close();
        vertx.close().await();
    }

    private Socket viewer() throws IOException {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            Socket viewer = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), viewers.actualPort());
            viewer.setSoTimeout(MILLIS);
            return viewer;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform speaks TLS 1.3", e);
        }
    }

    /** A viewer who has surely joined, as what the guest wrote has come. */
    private Socket viewerWhoSees(String text) throws IOException {
        Socket viewer = viewer();
        assertThat(viewer.getInputStream().readNBytes(text.length())).asString().isEqualTo(text);
        return viewer;
    }

    private void write(String text) throws IOException {
        guest.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Many times, as viewer and port live on event loops of their own that may miss each other. */
    @RepeatedTest(20)
    void aViewerWhoReadsGetsAllThatATalkativeGuestWritesInSmallPieces() throws Exception {
        write("boot");
        byte[] line = new byte[37];
        new Random(1).nextBytes(line);
        int lines = 50_000;
        try (Socket viewer = viewerWhoSees("boot");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = threads.submit(() -> {
                for (int i = 0; i < lines; i++) {
                    guest.getOutputStream().write(line);
                }
                return null;
            });
            for (int i = 0; i < lines; i++) {
                assertThat(viewer.getInputStream().readNBytes(line.length)).isEqualTo(line);
            }
            writing.get();
        }
    }

    @Test
    void aViewerWhoDoesNotReadIsCutOffAndTheOthersGoOn() throws Exception {
        write("boot");
        try (Socket quick = viewerWhoSees("boot");
                Socket stuck = viewerWhoSees("boot");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = threads.submit(() -> {
                guest.getOutputStream().write(new byte[MUCH]);
                return null;
            });
            quick.getInputStream().skipNBytes(MUCH);
            writing.get();
            assertThat(drain(stuck)).isLessThan(MUCH);
        }
    }

    @Test
    void whatTheGuestWroteLastReachesASlowViewerBeforeTheEnd() throws Exception {
        write("boot");
        try (Socket slow = viewerWhoSees("boot")) {
            int size = 256 << 10;
            guest.getOutputStream().write(new byte[size]);
            guest.close();
            assertThat(drain(slow)).isEqualTo(size);
        }
    }

    @Test
    void aViewerWhoComesTooLateSeesTheLastLinesAndTheEnd() throws Exception {
        write("panic");
        try (Socket first = viewerWhoSees("panic")) {
            guest.close();
            assertThat(drain(first)).isZero();
        }
        gone.join();
        try (Socket late = viewerWhoSees("panic")) {
            assertThat(drain(late)).isZero();
        }
    }

    @Test
    void typingReachesTheGuest() throws Exception {
        write("login: ");
        try (Socket viewer = viewerWhoSees("login: ")) {
            viewer.getOutputStream().write(new byte[] {'r', '\n'});
            assertThat(guest.getInputStream().readNBytes(2)).containsExactly('r', '\n');
        }
    }

    /** How many bytes come before the end. */
    private static long drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] part = new byte[1 << 16];
        long all = 0;
        for (int count = in.read(part); count >= 0; count = in.read(part)) {
            all += count;
        }
        return all;
    }
}
