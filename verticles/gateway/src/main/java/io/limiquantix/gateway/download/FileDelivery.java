package io.limiquantix.gateway.download;

import io.limiquantix.gateway.http.Delivery;
import io.limiquantix.gateway.http.LiveStreams;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a file from a host to a client, on the event loop of both; whoever is slower sets the pace. */
final class FileDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(FileDelivery.class);
    private static final List<String> PASSED = List.of("Content-Length", "Content-Range", "Accept-Ranges");

    private final HttpClientResponse host;
    private final String disposition;
    private final LiveStreams streams;
    private final String session;

    /** @param host paused */
    FileDelivery(HttpClientResponse host, String disposition, LiveStreams streams, String session) {
        this.host = host;
        this.disposition = disposition;
        this.streams = streams;
        this.session = session;
    }

    @Override
    public int status() {
        return host.statusCode();
    }

    @Override
    public void send(HttpServerRequest client) {
        HttpServerResponse response = client.response()
                .setStatusCode(host.statusCode())
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", disposition);
        for (String name : PASSED) {
            String value = host.getHeader(name);
            if (value != null) {
                response.putHeader(name, value);
            }
        }
        Runnable ended = streams.opened(session, () -> client.connection().close());
        AtomicBoolean done = new AtomicBoolean();
        client.connection().closeHandler(unused -> {
            // Afterwards the host's connection is somebody else's.
            if (!done.get()) {
                host.request().connection().close();
            }
        });
        host.pipe().endOnFailure(false).to(response).onComplete(end -> {
            ended.run();
            done.set(true);
            if (end.failed()) {
                LOG.info("a download was cut off", end.cause());
                // Cut short is how a client learns that bytes are missing.
                client.connection().close();
                host.request().connection().close();
            }
        });
    }
}
