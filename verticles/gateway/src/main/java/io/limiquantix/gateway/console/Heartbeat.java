package io.limiquantix.gateway.console;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings a browser, so that a quiet console is not taken for a dead connection on the way, and ends a WebSocket whose
 * browser has not answered for three beats: such a one was cut from the network without a word.
 */
final class Heartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int MOST_UNANSWERED = 3;

    private final ServerWebSocket browser;
    private final BooleanSupplier paused;
    private int unanswered;

    private Heartbeat(ServerWebSocket browser, BooleanSupplier paused) {
        this.browser = browser;
        this.paused = paused;
    }

    /**
     * Begins to beat on the browser's event loop; what is returned ends it.
     *
     * @param paused whether the browser's bytes, and its answers behind them, are not read now
     */
    static Runnable start(Vertx vertx, ServerWebSocket browser, BooleanSupplier paused, Duration period) {
        Heartbeat heartbeat = new Heartbeat(browser, paused);
        browser.pongHandler(pong -> heartbeat.unanswered = 0);
        long timer = vertx.setPeriodic(period.toMillis(), beat -> heartbeat.beat());
        return () -> vertx.cancelTimer(timer);
    }

    private void beat() {
        if (paused.getAsBoolean()) {
            unanswered = 0;
        }
        if (unanswered >= MOST_UNANSWERED) {
            LOG.info("a console's browser at {} does not answer any more", browser.remoteAddress());
            browser.close().onFailure(e -> LOG.debug("the browser was gone already", e));
            return;
        }
        unanswered++;
        browser.writePing(Buffer.buffer()).onFailure(e -> LOG.debug("a ping was not sent", e));
    }
}
