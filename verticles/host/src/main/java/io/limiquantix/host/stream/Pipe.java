package io.limiquantix.host.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * Moves bytes untouched between two sockets, both ways. A side that cannot keep up pauses the other; what one side sent
 * before it ended still reaches the other. Both sockets are handled on one event loop.
 */
final class Pipe {
    private Pipe() {}

    /** Begins at once; both sockets are to be paused, so that nothing is lost before. */
    static void join(NetSocket a, NetSocket b) {
        oneWay(a, b);
        oneWay(b, a);
        a.resume();
        b.resume();
    }

    private static void oneWay(NetSocket from, NetSocket to) {
        from.handler(buffer -> pass(buffer, from, to));
        from.endHandler(end -> to.end());
        // A socket that breaks off may do so without an end.
        from.exceptionHandler(failure -> to.end());
        from.closeHandler(closed -> to.end());
    }

    private static void pass(Buffer buffer, NetSocket from, NetSocket to) {
        to.write(buffer);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
        }
    }
}
