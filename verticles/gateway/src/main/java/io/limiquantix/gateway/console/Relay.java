package io.limiquantix.gateway.console;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves bytes untouched between a browser and a host, both ways, on the event loop of both. A side that cannot keep up
 * makes the other wait, and what a side sent before it ended still reaches the other.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final short NORMAL = 1000;

    private final Context context;
    private final ServerWebSocket browser;
    private final NetSocket host;
    private boolean browserWaits;
    private boolean hostWaits;
    private boolean hostEnded;

    Relay(Context context, ServerWebSocket browser, NetSocket host) {
        this.context = context;
        this.browser = browser;
        this.host = host;
    }

    /** Begins; both sides are paused, and called on their event loop. */
    void begin() {
        browser.handler(this::toHost);
        browser.endHandler(end -> host.end().onFailure(Relay::note));
        browser.exceptionHandler(Relay::note);
        host.handler(this::toBrowser);
        host.exceptionHandler(Relay::note);
        host.endHandler(end -> {
            hostEnded = true;
            endBrowser();
        });
        host.resume();
        browser.resume();
    }

    private void toHost(Buffer bytes) {
        host.write(bytes).onFailure(Relay::note);
        if (host.writeQueueFull()) {
            browserWaits = true;
            browser.pause();
            host.drainHandler(drained -> {
                browserWaits = false;
                browser.resume();
            });
        }
    }

    /** Whether the host does not take what the browser sends. */
    boolean browserWaits() {
        return browserWaits;
    }

    private void toBrowser(Buffer bytes) {
        browser.write(bytes).onFailure(Relay::note);
        if (browser.writeQueueFull() && !hostWaits) {
            hostWaits = true;
            host.pause();
            browser.drainHandler(drained -> resumeHost());
        }
    }

    private void resumeHost() {
        hostWaits = false;
        host.resume();
        if (hostEnded) {
            endBrowser();
        }
    }

    /** A socket that was paused may announce its end before it hands out its last bytes (vert.x #5748). */
    private void endBrowser() {
        context.runOnContext(afterTheLastBytes -> {
            if (!hostWaits) {
                browser.close(NORMAL, "The console has ended.").onFailure(Relay::note);
            }
        });
    }

    private static void note(Throwable cause) {
        LOG.debug("one side of a console went away", cause);
    }
}
