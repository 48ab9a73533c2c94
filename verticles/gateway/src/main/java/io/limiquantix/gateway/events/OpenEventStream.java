package io.limiquantix.gateway.events;

import io.limiquantix.gateway.http.LiveStreams;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's stream while it is open: it beats, and ends with its session, its connection or its client's patience. */
final class OpenEventStream {
    private static final Logger LOG = LoggerFactory.getLogger(OpenEventStream.class);
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Vertx vertx;
    private final EventHub hub;
    private final EventClient client;
    private final HttpServerResponse response;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile Runnable forget = () -> {};
    private volatile long timer;

    OpenEventStream(Vertx vertx, EventHub hub, EventClient client, HttpServerResponse response) {
        this.vertx = vertx;
        this.hub = hub;
        this.client = client;
        this.response = response;
    }

    /**
     * Called on the response's context.
     *
     * @param beat is called on a virtual thread with each heartbeat
     */
    void begin(LiveStreams streams, String session, Runnable beat) {
        hub.join(client);
        timer = vertx.setPeriodic(HEARTBEAT_MILLIS, id -> beat(beat));
        response.closeHandler(closed -> finish());
        forget = streams.opened(session, this::end);
        if (response.closed() || finished.get()) {
            finish();
            forget.run();
            vertx.cancelTimer(timer);
        }
    }

    private void beat(Runnable beat) {
        if (!client.heartbeat()) {
            LOG.info("a client of the event stream takes nothing any more and is cut off");
            response.reset();
            finish();
        }
        Thread.ofVirtual().name("event-stream").start(beat);
    }

    /** Ends the stream; from any thread, any number of times. */
    void end() {
        // An ended response tells nobody of its connection's end.
        finish();
        if (!response.ended() && !response.closed()) {
            response.end();
        }
    }

    private void finish() {
        if (!finished.getAndSet(true)) {
            vertx.cancelTimer(timer);
            hub.leave(client);
            forget.run();
        }
    }
}
