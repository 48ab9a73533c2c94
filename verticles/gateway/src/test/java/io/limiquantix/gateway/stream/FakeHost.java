package io.limiquantix.gateway.stream;

import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.runtime.certificate.CertificateMaker;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A host's stream endpoint that does with consoles and uploads what a test says; it speaks TLS and has its own Vert.x. */
public final class FakeHost implements AutoCloseable {
    private static final Secret TOKEN = new Secret("host-ticket-canary");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final AtomicReference<Handler<NetSocket>> console = new AtomicReference<>(NetSocket::close);
    private final AtomicReference<Handler<HttpServerRequest>> upload = new AtomicReference<>(
            request -> request.response().setStatusCode(500).end());
    private final HttpServer server;
    private final String fingerprint;

    private FakeHost(CertificateMaker certificate, Path directory) {
        Path certificateFile = directory.resolve("certificate.pem");
        Path keyFile = directory.resolve("key.pem");
        certificate.writeTo(certificateFile, keyFile);
        this.fingerprint = fingerprint(certificate);
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificateFile.toString())
                        .addKeyPath(keyFile.toString()));
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static FakeHost start() {
        try {
            return new FakeHost(
                    CertificateMaker.selfSigned("fake host", List.of()), Files.createTempDirectory("fake-host"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happens with consoles from now on; called on an event loop with the upgraded connection. */
    public void onConsole(Handler<NetSocket> handler) {
        console.set(handler);
    }

    /** What happens with uploads from now on. */
    public void onUpload(Handler<HttpServerRequest> handler) {
        upload.set(handler);
    }

    public StreamTicket ticket() {
        return ticket(fingerprint);
    }

    /** A ticket that announces this certificate. */
    public StreamTicket ticket(String certificateSha256) {
        return new StreamTicket(
                "127.0.0.1",
                server.actualPort(),
                TOKEN,
                certificateSha256,
                Instant.now().plusSeconds(30),
                null);
    }

    private void serve(HttpServerRequest request) {
        if (!("Bearer " + TOKEN.reveal()).equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(403).end();
        } else if (StreamProtocol.UPLOAD_PATH.equals(request.path())) {
            upload.get().handle(request);
        } else if (StreamProtocol.UPGRADE.equals(request.getHeader("Upgrade"))) {
            request.toNetSocket().onSuccess(console.get());
        }
    }

    private static String fingerprint(CertificateMaker certificate) {
        try {
            byte[] encoded = certificate.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
