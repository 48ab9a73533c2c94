package io.limiquantix.runtime.stream;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.bus.host.StreamTicket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to hosts' stream endpoints, as {@link StreamProtocol} says. Everything here is to be called on, and
 * answers on, the event loop of whoever streams the bytes.
 */
public final class HostStreams {
    private static final Logger LOG = LoggerFactory.getLogger(HostStreams.class);
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 100_000;
    /** A host that neither takes bytes nor confirms the last of them for so long is held for dead. */
    private static final int TRANSFER_STALLED_SECONDS = 300;

    private static final int KEPT_SECONDS = 5;

    private final HttpClientAgent consoles;
    private final HttpClientAgent transfers;
    private final HttpClientAgent downloads;

    public HostStreams(Vertx vertx) {
        // A console may be silent for days; the operating system finds out when its host is gone. Without keep-alive
        // Vert.x would say "Connection: close" where the upgrade has to be asked for.
        this.consoles = client(vertx, new HttpClientOptions().setTcpKeepAlive(true));
        this.transfers =
                client(vertx, new HttpClientOptions().setKeepAlive(false).setIdleTimeout(TRANSFER_STALLED_SECONDS));
        // A host that closes right behind its last byte would take those along that are not read yet: a response is
        // paused at first.
        this.downloads = client(
                vertx,
                new HttpClientOptions().setKeepAliveTimeout(KEPT_SECONDS).setIdleTimeout(TRANSFER_STALLED_SECONDS));
    }

    private static HttpClientAgent client(Vertx vertx, HttpClientOptions options) {
        options.setConnectTimeout(CONNECT_MILLIS).setVerifyHost(false);
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /** A console's bytes, both ways; the socket is paused. */
    public Future<NetSocket> openConsole(StreamTicket ticket) {
        return openBothWays(ticket, StreamProtocol.CONSOLE_PATH);
    }

    /** A connection to the other host's hypervisor; the socket is paused. */
    public Future<NetSocket> openMigration(StreamTicket ticket) {
        return openBothWays(ticket, StreamProtocol.MIGRATION_PATH);
    }

    private Future<NetSocket> openBothWays(StreamTicket ticket, String path) {
        return consoles.request(options(ticket, HttpMethod.GET, path))
                .compose(request -> request.exceptionHandler(over -> LOG.debug("a stream has ended", over))
                        .putHeader(HttpHeaders.CONNECTION, "Upgrade")
                        .putHeader(HttpHeaders.UPGRADE, StreamProtocol.UPGRADE)
                        .connect())
                .compose(response -> {
                    if (response.statusCode() == HttpStatus.SWITCHING_PROTOCOLS) {
                        NetSocket socket = response.netSocket();
                        socket.pause();
                        return Future.succeededFuture(socket);
                    }
                    return refusal(response);
                })
                .recover(HostStreams::unreachable);
    }

    /** The request that takes an upload's bytes; what its response says is read by {@link #confirm}. */
    public Future<HttpClientRequest> openUpload(StreamTicket ticket) {
        return transfers
                .request(options(ticket, HttpMethod.PUT, StreamProtocol.UPLOAD_PATH))
                .recover(HostStreams::unreachable);
    }

    /**
     * A file's bytes; the response is paused.
     *
     * @param range the header of that name, absent for all of it
     */
    public Future<HttpClientResponse> openDownload(StreamTicket ticket, @Nullable String range) {
        RequestOptions options = options(ticket, HttpMethod.GET, StreamProtocol.DOWNLOAD_PATH);
        if (range != null) {
            options.putHeader("Range", range);
        }
        return downloads
                .request(options)
                .compose(HttpClientRequest::send)
                .compose(response -> {
                    if (!HttpStatus.isOfAFile(response.statusCode())) {
                        return HostStreams.<HttpClientResponse>refusal(response);
                    }
                    response.pause();
                    return Future.succeededFuture(response);
                })
                .recover(HostStreams::unreachable);
    }

    /** Succeeds when the host has the bytes on its disk. */
    public static Future<Void> confirm(HttpClientResponse response) {
        return response.statusCode() == HttpStatus.OK ? response.end() : refusal(response);
    }

    private static RequestOptions options(StreamTicket ticket, HttpMethod method, String path) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(ticket.address())
                .setPort(ticket.port())
                .setURI(path)
                .setConnectTimeout(CONNECT_MILLIS)
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + ticket.token().reveal());
        if (ticket.localSocket() != null && Files.exists(Path.of(ticket.localSocket()))) {
            return options.setSsl(false).setServer(SocketAddress.domainSocketAddress(ticket.localSocket()));
        }
        var trust = TrustOptions.wrap(new PinnedCertificate(ticket.certificateSha256()));
        return options.setSsl(true)
                .setSslOptions(new ClientSSLOptions().setTrustOptions(trust).setHostnameVerificationAlgorithm(""));
    }

    private static <T> Future<T> refusal(HttpClientResponse response) {
        return response.body().compose(body -> Future.failedFuture(new FailureException(failure(response, body))));
    }

    private record Refusal(
            @Nullable FailureCode code, @Nullable String message, Map<String, String> details) {}

    private static Failure failure(HttpClientResponse response, Buffer body) {
        try {
            Refusal refusal = Wire.json().readValue(body.getBytes(), Refusal.class);
            if (refusal.code() != null && refusal.message() != null) {
                return new Failure(refusal.code(), refusal.message(), refusal.details());
            }
        } catch (IOException e) {
            LOG.warn("a host's stream endpoint answered {} with something unreadable", response.statusCode(), e);
        }
        return Failure.of(
                FailureCode.INTERNAL,
                "The host's stream endpoint answered " + response.statusCode() + " without a reason.");
    }

    private static <T> Future<T> unreachable(Throwable cause) {
        if (cause instanceof FailureException) {
            return Future.failedFuture(cause);
        }
        return Future.failedFuture(new FailureException(
                Failure.of(
                        FailureCode.UNAVAILABLE, "The host's stream endpoint cannot be reached: " + cause.getMessage()),
                cause));
    }
}
