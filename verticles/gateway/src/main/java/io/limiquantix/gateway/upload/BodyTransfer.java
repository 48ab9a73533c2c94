package io.limiquantix.gateway.upload;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one body from a client to a host, on the event loop of both; whoever is slower sets the pace. */
final class BodyTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(BodyTransfer.class);

    private final HttpServerRequest client;
    private final HttpClientRequest host;
    private final Promise<Void> end = Promise.promise();

    BodyTransfer(HttpServerRequest client, HttpClientRequest host) {
        this.client = client;
        this.host = host;
    }

    /** Succeeds when the host has confirmed every byte; else the client's body is left paused. */
    Future<Void> run() {
        host.response().compose(HostStreams::confirm).onComplete(answer -> {
            if (answer.succeeded()) {
                end.tryComplete();
            } else {
                giveUp(answer.cause());
            }
        });
        host.exceptionHandler(BodyTransfer::note);
        client.exceptionHandler(e ->
                giveUp(FailureException.of(FailureCode.INVALID, "The upload was cut off; begin it from the start.")));
        client.endHandler(unused -> host.end().onFailure(BodyTransfer::note));
        client.handler(this::pass);
        client.resume();
        return end.future();
    }

    private void pass(Buffer part) {
        host.write(part).onFailure(BodyTransfer::note);
        if (host.writeQueueFull()) {
            client.pause();
            host.drainHandler(drained -> client.resume());
        }
    }

    private void giveUp(Throwable cause) {
        if (end.tryFail(cause)) {
            host.drainHandler(null);
            if (!client.isEnded()) {
                client.pause().handler(null);
            }
            // A reset after an early refusal would hand the half-used connection to the next upload.
            host.connection().close().onFailure(BodyTransfer::note);
        }
    }

    /** The end of the host's response says the same with its reason; what it answered before it went away counts. */
    private static void note(Throwable cause) {
        LOG.debug("a part of an upload did not reach its host", cause);
    }
}
