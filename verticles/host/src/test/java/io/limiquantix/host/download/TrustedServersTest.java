package io.limiquantix.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.certificate.CertificateMaker;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that say by a certificate who they are. */
class TrustedServersTest {
    private static final WebDownloads.Patience PATIENCE =
            new WebDownloads.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, Duration.ofMillis(20));

    private final Vertx vertx = Vertx.vertx();
    private final WebServer server;
    private final Path authority;
    private final Arrivals arrivals = new Arrivals();

    TrustedServersTest(@TempDir Path folder) {
        this.authority = folder.resolve("authority.pem");
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        CertificateMaker maker = CertificateMaker.authority("An authority of this test");
        maker.writeTo(authority, folder.resolve("authority.key"));
        maker.issue("mirror.test", List.of(new GeneralName(GeneralName.dNSName, "mirror.test")))
                .writeTo(certificate, key);
        this.server = new WebServer(
                vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificate.toString())
                                .addKeyPath(key.toString())));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private long fetch(String host, @Nullable Path certificates) {
        return fetch(WebAddress.parse("https://" + host + ":" + server.port() + "/image"), certificates);
    }

    private long fetch(WebAddress address, @Nullable Path certificates) {
        AddressGuard guard = new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")), name ->
                new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
        DownloadConfig config = new DownloadConfig(null, null, null, certificates);
        return new WebDownloads(vertx, config, guard, PATIENCE).fetch(address, WebServer.SIZE, arrivals, percent -> {});
    }

    @Test
    void areNotCalledLiarsWhenTheConnectionBreaks() {
        NetServer dead = vertx.createNetServer().connectHandler(NetSocket::close);
        int port = dead.listen(0, "127.0.0.1").await().actualPort();
        WebAddress address = WebAddress.parse("https://mirror.test:" + port + "/image");
        FailureException failure = catchThrowableOfType(FailureException.class, () -> fetch(address, authority));
        assertThat(failure)
                .hasMessageContaining("mirror.test cannot be reached")
                .hasMessageNotContaining("certificate");
    }

    /** Carries what it does not understand to the server of this test, whoever was asked for. */
    private int startProxy(List<String> asked) {
        NetServer proxy = vertx.createNetServer()
                .connectHandler(client -> client.handler(request -> {
                    asked.add(request.toString().lines().findFirst().orElseThrow());
                    client.pause();
                    vertx.createNetClient().connect(server.port(), "127.0.0.1").onSuccess(socket -> {
                        client.write("HTTP/1.1 200 Connected\r\n\r\n");
                        socket.handler(client::write);
                        client.handler(socket::write);
                        client.resume();
                    });
                }));
        return proxy.listen(0, "127.0.0.1").await().actualPort();
    }

    @Test
    void areAskedThroughAProxyThatSeesOnlyTheirName() {
        List<String> asked = new CopyOnWriteArrayList<>();
        String proxy = "http://127.0.0.1:" + startProxy(asked);
        WebDownloads downloads = new WebDownloads(vertx, new DownloadConfig(null, proxy, null, authority));
        long bytes = downloads.fetch(
                WebAddress.parse("https://mirror.test/image?token=s3cret"), WebServer.SIZE, arrivals, percent -> {});
        assertThat(bytes).isEqualTo(WebServer.SIZE);
        assertThat(asked).containsExactly("CONNECT mirror.test:443 HTTP/1.1");
    }

    private void assertNotTrusted(String host, @Nullable Path certificates) {
        FailureException failure = catchThrowableOfType(FailureException.class, () -> fetch(host, certificates));
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID);
        assertThat(failure).hasMessageContaining("The certificate of " + host + " is not to be trusted");
        assertThat(arrivals.begun).isZero();
        assertThat(server.ranges).isEmpty();
    }

    @Test
    void areAskedWhenSomebodyTrustedVouchesForThem() {
        assertThat(fetch("mirror.test", authority)).isEqualTo(WebServer.SIZE);
    }

    @Test
    void areNotWhenNobodyDoes() {
        assertNotTrusted("mirror.test", null);
    }

    @Test
    void areNotWhenTheyAreOthers() {
        assertNotTrusted("other.test", authority);
    }
}
