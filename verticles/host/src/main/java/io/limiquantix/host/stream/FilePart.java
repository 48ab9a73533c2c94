package io.limiquantix.host.stream;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The rest of another host's file, on one connection. For one thread, but for what the event loop does here. */
final class FilePart implements AutoCloseable {
    private static final int PARTIAL = 206;
    /** To connect takes ten seconds at most. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Context context;
    private final HttpClientResponse response;
    private final ArrivingBody body;
    private volatile boolean whole;

    private FilePart(Context context, HttpClientResponse response) {
        this.context = context;
        this.response = response;
        this.body = ArrivingBody.of(response, context);
    }

    /**
     * @param offset of the first byte that is wanted
     * @param bytes that the file has
     * @throws FailureException {@code STORAGE} when the file is another one, and why there is no answer
     */
    static FilePart open(Vertx vertx, HostStreams streams, StreamTicket ticket, long offset, long bytes) {
        Context context = vertx.getOrCreateContext();
        CompletableFuture<FilePart> opened = new CompletableFuture<>();
        context.runOnContext(now -> Future.succeededFuture(ticket)
                // Also what it throws is an answer, as while this process stops.
                .compose(admitted -> streams.openDownload(admitted, "bytes=" + offset + "-"))
                .onFailure(opened::completeExceptionally)
                .onSuccess(response -> {
                    FilePart part = new FilePart(context, response);
                    if (!opened.complete(part)) {
                        part.close();
                    }
                }));
        FilePart part = await(opened);
        String range = part.response.getHeader("Content-Range");
        if (part.response.statusCode() != PARTIAL || !wanted(offset, bytes).equals(range)) {
            part.close();
            throw anotherFile("the range " + range + " where " + wanted(offset, bytes) + " was asked for");
        }
        return part;
    }

    private static String wanted(long offset, long bytes) {
        return "bytes " + offset + "-" + (bytes - 1) + "/" + bytes;
    }

    private static FilePart await(CompletableFuture<FilePart> opened) {
        try {
            return opened.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException failure
                    ? failure
                    : cutOff("The other host's stream endpoint cannot be read", e);
        } catch (TimeoutException e) {
            giveUp(opened, e);
            throw cutOff("The other host's stream endpoint does not answer", e);
        } catch (InterruptedException e) {
            giveUp(opened, e);
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    /** An answer that comes from now on is closed at once, as one that has come meanwhile is here. */
    private static void giveUp(CompletableFuture<FilePart> opened, Exception why) {
        if (!opened.completeExceptionally(why) && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    /**
     * Waits for the next bytes; nothing at the end.
     *
     * @throws FailureException {@code UNAVAILABLE} when the connection was cut or silent for so long
     */
    @Nullable
    Buffer next(Duration silence) {
        try {
            Buffer next = body.next(silence.toMillis());
            whole = next == null;
            return next;
        } catch (ArrivingBody.CutOffException e) {
            throw cutOff("The connection to the other host was cut, or silent for too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        if (whole) {
            // The connection is somebody else's by now.
            return;
        }
        context.runOnContext(now -> response.request().connection().close());
    }

    static FailureException anotherFile(String what) {
        return FailureException.of(
                FailureCode.STORAGE, "The other host gives another file than it announced: " + what + ".");
    }

    static FailureException interrupted(InterruptedException e) {
        return cutOff("Fetching the file was interrupted", e);
    }

    private static FailureException cutOff(String what, Exception e) {
        return new FailureException(Failure.of(FailureCode.UNAVAILABLE, what + "."), e);
    }
}
