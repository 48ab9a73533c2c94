package io.limiquantix.host.stream;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.storage.Advance;
import io.limiquantix.runtime.stream.HostStreams;
import io.limiquantix.storage.driver.ImageArrival;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches files from other hosts' stream endpoints, over as many connections as it takes. Safe for any thread. */
public final class FileFetch {
    private static final Logger LOG = LoggerFactory.getLogger(FileFetch.class);
    private static final Patience USUAL =
            new Patience(Duration.ofSeconds(60), Duration.ofMinutes(2), Duration.ofSeconds(1));

    private final Vertx vertx;
    private final HostStreams streams;
    private final Patience patience;

    /**
     * How long it waits.
     *
     * @param silence for the next bytes of a connection
     * @param standstill for the next bytes over any connection, before it gives up
     * @param pause between a connection that brought nothing and the next
     */
    record Patience(Duration silence, Duration standstill, Duration pause) {}

    public FileFetch(Vertx vertx) {
        this(vertx, USUAL);
    }

    FileFetch(Vertx vertx, Patience patience) {
        this.vertx = vertx;
        this.streams = new HostStreams(vertx);
        this.patience = patience;
    }

    /**
     * Writes the file into the arrival. A connection that is cut or silent is followed by another, which goes on where that was.
     * A few megabytes at most are held. Interrupting the thread ends it.
     *
     * @param tickets gets one for each connection; what it throws is passed on unless it is over some time
     * @param bytes of the file
     * @param advance is told how far it has come
     * @throws FailureException {@code UNAVAILABLE} when nothing came for too long, {@code STORAGE} when the file is another one
     */
    public void fetch(Supplier<StreamTicket> tickets, long bytes, ImageArrival arrival, Advance advance) {
        Instant moved = Instant.now();
        while (arrival.bytesWritten() < bytes) {
            long before = arrival.bytesWritten();
            try {
                fetchPart(tickets.get(), bytes, arrival, advance);
            } catch (FailureException e) {
                requirePassing(e);
                LOG.info("a file stands at {} of {} bytes: {}", arrival.bytesWritten(), bytes, e.getMessage());
                if (arrival.bytesWritten() > before) {
                    moved = Instant.now();
                } else {
                    requireStillHope(moved, e);
                    pause();
                }
            }
        }
    }

    private void fetchPart(StreamTicket ticket, long bytes, ImageArrival arrival, Advance advance) {
        try (FilePart part = FilePart.open(vertx, streams, ticket, arrival.bytesWritten(), bytes)) {
            Buffer next = part.next(patience.silence());
            while (next != null) {
                if (arrival.bytesWritten() + next.length() > bytes) {
                    throw FilePart.anotherFile("more than " + bytes + " bytes");
                }
                for (ByteBuffer block : ((BufferInternal) next).getByteBuf().nioBuffers()) {
                    arrival.write(block);
                }
                advance.moved(arrival.bytesWritten(), bytes);
                next = part.next(patience.silence());
            }
        }
    }

    /** Whether another ticket and another connection may bring more. */
    private static void requirePassing(FailureException e) {
        switch (e.code()) {
            // FORBIDDEN: the other host was restarted and knows the ticket no more.
            case UNAVAILABLE, TIMEOUT, LIMITED, FORBIDDEN -> {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            default -> throw e;
        }
    }

    private void requireStillHope(Instant moved, FailureException last) {
        if (moved.plus(patience.standstill()).isBefore(Instant.now())) {
            throw new FailureException(
                    Failure.of(
                            FailureCode.UNAVAILABLE,
                            "Nothing of the file came from the other host for "
                                    + patience.standstill().toSeconds() + " s: "
                                    + last.failure().message()),
                    last);
        }
    }

    private void pause() {
        try {
            Thread.sleep(patience.pause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FilePart.interrupted(e);
        }
    }
}
