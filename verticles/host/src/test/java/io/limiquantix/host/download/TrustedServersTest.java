package io.limiquantix.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.certificate.CertificateMaker;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        AddressGuard guard = new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")), name ->
                new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
        DownloadConfig config = new DownloadConfig(null, null, null, certificates);
        return new WebDownloads(vertx, config, guard, PATIENCE)
                .fetch(
                        WebAddress.parse("https://" + host + ":" + server.port() + "/image"),
                        WebServer.SIZE,
                        arrivals,
                        percent -> {});
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
