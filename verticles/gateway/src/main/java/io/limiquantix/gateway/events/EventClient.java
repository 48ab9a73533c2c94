package io.limiquantix.gateway.events;

import io.limiquantix.bus.Actor;
import io.limiquantix.runtime.changes.ChangeCursor;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One client of the event stream. What it has not taken yet is kept up to a bound; a client that falls behind further
 * is told to read everything again. Everything but {@link #offer} happens on the response's context.
 */
final class EventClient {
    static final int MAX_WAITING_BYTES = 4 << 20;
    private static final int WRITE_QUEUE_BYTES = 256 * 1024;
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");
    private static final int MAX_MISSED_HEARTBEATS = 4;

    private final Context context;
    private final HttpServerResponse response;
    private final Actor viewer;
    private final Queue<ChangeEvent> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private int missedHeartbeats;
    private boolean caughtUp;
    private ChangeCursor told;
    private @Nullable ChangeCursor missedUntil;

    EventClient(Context context, HttpServerResponse response, Actor viewer, ChangeCursor from) {
        this.context = context;
        this.response = response;
        this.viewer = viewer;
        this.told = from;
        response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        response.drainHandler(ready -> flush());
    }

    /** Live events; from any thread. */
    void offer(List<ChangeEvent> events) {
        context.runOnContext(v -> {
            events.forEach(this::enqueue);
            flush();
        });
    }

    /** What happened before the live events begin; they are held back until {@link #endBacklog}. */
    void backlog(List<ChangeEvent> events) {
        context.runOnContext(v -> {
            if (isOver()) {
                return;
            }
            events.forEach(event -> {
                told = event.cursor();
                response.write(event.frameFor(viewer));
            });
        });
    }

    void endBacklog() {
        context.runOnContext(v -> {
            caughtUp = true;
            flush();
        });
    }

    private boolean isOver() {
        return response.ended() || response.closed();
    }

    /** Whether the client still takes what it is sent. */
    boolean heartbeat() {
        if (isOver()) {
            return false;
        }
        if (response.writeQueueFull()) {
            missedHeartbeats++;
        } else {
            missedHeartbeats = 0;
            response.write(HEARTBEAT);
        }
        return missedHeartbeats < MAX_MISSED_HEARTBEATS;
    }

    private void enqueue(ChangeEvent event) {
        if (missedUntil != null) {
            missedUntil = event.cursor();
            return;
        }
        waiting.add(event);
        waitingBytes += event.frameFor(viewer).length();
        if (waitingBytes > MAX_WAITING_BYTES) {
            waiting.clear();
            waitingBytes = 0;
            missedUntil = event.cursor();
        }
    }

    private void flush() {
        if (!caughtUp || isOver()) {
            return;
        }
        while (!waiting.isEmpty() && !response.writeQueueFull()) {
            ChangeEvent event = waiting.remove();
            waitingBytes -= event.frameFor(viewer).length();
            tell(event);
        }
        if (missedUntil != null && !response.writeQueueFull()) {
            ChangeEvent reset = ChangeEvent.reset(missedUntil);
            missedUntil = null;
            tell(reset);
        }
    }

    /** Live events that the backlog had already are left out. */
    private void tell(ChangeEvent event) {
        if (event.cursor().compareTo(told) > 0) {
            told = event.cursor();
            response.write(event.frameFor(viewer));
        }
    }
}
