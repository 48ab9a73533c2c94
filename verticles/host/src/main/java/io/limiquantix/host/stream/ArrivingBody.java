package io.limiquantix.host.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request or an answer on its way from the event loop to the thread that writes it. A few megabytes at most wait
 * in between; then the sender is made to wait. Safe for one thread and the event loop.
 */
public final class ArrivingBody {
    private static final int FULL = 4 << 20;
    private static final int LOW = 1 << 20;

    private final ReadStream<Buffer> source;
    private final Context context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Buffer> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean paused;
    private End end = End.NOT_YET;

    /** How the body ended. */
    enum End {
        NOT_YET,
        COMPLETE,
        CUT_OFF
    }

    private ArrivingBody(ReadStream<Buffer> source, Context context) {
        this.source = source;
        this.context = context;
        source.handler(this::arrived);
        source.endHandler(e -> ended(End.COMPLETE));
        source.exceptionHandler(e -> ended(End.CUT_OFF));
    }

    /** Called on the request's event loop, where the request is paused; it is resumed here. */
    static ArrivingBody of(HttpServerRequest request, Context context) {
        ArrivingBody body = new ArrivingBody(request, context);
        request.connection().closeHandler(e -> body.ended(End.CUT_OFF));
        request.resume();
        return body;
    }

    /** Called on the answer's event loop, where the answer is paused; it is resumed here. */
    public static ArrivingBody of(HttpClientResponse response, Context context) {
        // The connection is closed when all was sent, and what is paused is read after that.
        ArrivingBody body = new ArrivingBody(response, context);
        response.resume();
        return body;
    }

    private void arrived(Buffer buffer) {
        lock.lock();
        try {
            if (end != End.NOT_YET) {
                return;
            }
            waiting.add(buffer);
            waitingBytes += buffer.length();
            if (waitingBytes > FULL && !paused) {
                paused = true;
                source.pause();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void ended(End how) {
        lock.lock();
        try {
            if (end == End.NOT_YET) {
                end = how;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next part; nothing at the end.
     *
     * @throws CutOffException when the sender went away or was silent for so long
     */
    public @Nullable Buffer next(long patienceMillis) throws InterruptedException, CutOffException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            while (waiting.isEmpty() && end == End.NOT_YET && left > 0) {
                left = changed.awaitNanos(left);
            }
            Buffer next = waiting.poll();
            if (next == null && end != End.COMPLETE) {
                throw new CutOffException();
            }
            if (next != null) {
                taken(next);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void taken(Buffer buffer) {
        waitingBytes -= buffer.length();
        if (paused && waitingBytes < LOW) {
            paused = false;
            context.runOnContext(now -> source.resume());
        }
    }

    /** From now on what arrives is thrown away, so that the sender gets to read our answer. */
    void discard() {
        ended(End.CUT_OFF);
        context.runOnContext(now -> source.resume());
    }

    /** The sender is gone. */
    public static final class CutOffException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
