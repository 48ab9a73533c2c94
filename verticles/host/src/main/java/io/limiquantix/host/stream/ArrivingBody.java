package io.limiquantix.host.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way from the event loop to the thread that writes it. A few megabytes at most wait in between;
 * then the sender is made to wait.
 */
final class ArrivingBody {
    private static final int FULL = 4 << 20;
    private static final int LOW = 1 << 20;

    private final HttpServerRequest request;
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

    /** Called on the request's event loop, where the request is paused; it is resumed here. */
    ArrivingBody(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
        request.handler(this::arrived);
        request.endHandler(e -> ended(End.COMPLETE));
        request.exceptionHandler(e -> ended(End.CUT_OFF));
        request.connection().closeHandler(e -> ended(End.CUT_OFF));
        request.resume();
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
                request.pause();
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
    @Nullable
    Buffer next(long patienceSeconds) throws InterruptedException, CutOffException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(patienceSeconds);
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
            context.runOnContext(now -> request.resume());
        }
    }

    /** From now on what arrives is thrown away, so that the sender gets to read our answer. */
    void discard() {
        ended(End.CUT_OFF);
        context.runOnContext(now -> request.resume());
    }

    /** The sender is gone. */
    static final class CutOffException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
