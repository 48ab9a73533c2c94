package io.limiquantix.runtime.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way of bytes, untouched, from a socket to another. A receiver that cannot keep up makes the sender wait; what was
 * sent before the end still arrives. Both sockets belong to one event loop, on which everything here happens.
 */
public final class Pipe {
    private static final Logger LOG = LoggerFactory.getLogger(Pipe.class);

    private final Context context;
    private final NetSocket from;
    private final NetSocket to;
    private final Promise<Void> over;
    private boolean waiting;
    private boolean ended;

    private Pipe(Context context, NetSocket from, NetSocket to, Promise<Void> over) {
        this.context = context;
        this.from = from;
        this.to = to;
        this.over = over;
    }

    /**
     * Begins both ways at once; both sockets are to be paused, so that nothing is lost before.
     *
     * @return succeeds as soon as one side has ended
     */
    public static Future<Void> join(Context context, NetSocket a, NetSocket b) {
        Promise<Void> over = Promise.promise();
        new Pipe(context, a, b, over).begin();
        new Pipe(context, b, a, over).begin();
        a.resume();
        b.resume();
        return over.future();
    }

    private void begin() {
        from.handler(this::pass);
        from.exceptionHandler(failure -> LOG.debug("one side of a stream broke off", failure));
        // A socket that breaks off may do so without an end.
        from.endHandler(end -> ended());
        from.closeHandler(closed -> ended());
    }

    private void pass(Buffer buffer) {
        to.write(buffer);
        if (to.writeQueueFull() && !waiting) {
            waiting = true;
            from.pause();
            to.drainHandler(drained -> goOn());
        }
    }

    private void goOn() {
        waiting = false;
        from.resume();
        if (ended) {
            ended();
        }
    }

    /** A socket that was paused may announce its end before it hands out its last bytes (vert.x #5748). */
    private void ended() {
        ended = true;
        over.tryComplete();
        context.runOnContext(afterTheLastBytes -> {
            if (!waiting) {
                to.end();
            }
        });
    }
}
