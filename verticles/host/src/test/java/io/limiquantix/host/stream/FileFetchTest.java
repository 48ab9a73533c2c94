package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.testing.ArrivedBytes;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.ImageArrival;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from an endpoint that behaves as badly as a test wants. */
class FileFetchTest {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private static final int MIB = 1 << 20;
    private static final int SIZE = 16 * MIB;

    private final Vertx vertx = Vertx.vertx();
    private final byte[] bytes = new byte[SIZE];
    private final Path socket;
    /** How the next connections behave; after them, as they should. */
    private final Queue<Consumer<HttpServerRequest>> faults = new ConcurrentLinkedQueue<>();

    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final FileFetch fetch = patientFor(Duration.ofMinutes(1));
    private final ArrivedBytes arrival = new ArrivedBytes();

    FileFetchTest(@TempDir Path folder) {
        new Random(1).nextBytes(bytes);
        this.socket = folder.resolve("stream");
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        server.listen(SocketAddress.domainSocketAddress(socket.toString())).await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private FileFetch patientFor(Duration standstill) {
        return new FileFetch(vertx, new FileFetch.Patience(Duration.ofMillis(500), standstill, Duration.ofMillis(20)));
    }

    private StreamTicket ticket() {
        return new StreamTicket("127.0.0.1", 1, Secret.of("t"), "ab".repeat(32), Instant.now(), socket.toString());
    }

    private void answer(HttpServerRequest request) {
        ranges.add(String.valueOf(request.getHeader("Range")));
        Consumer<HttpServerRequest> fault = faults.poll();
        if (fault == null) {
            int offset = offset(request);
            head(request).end(Buffer.buffer(bytes).slice(offset, SIZE));
        } else {
            fault.accept(request);
        }
    }

    private static int offset(HttpServerRequest request) {
        String range = String.valueOf(request.getHeader("Range"));
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static HttpServerResponse head(HttpServerRequest request) {
        int offset = offset(request);
        return request.response()
                .setStatusCode(206)
                .putHeader("Content-Length", String.valueOf(SIZE - offset))
                .putHeader("Content-Range", "bytes " + offset + "-" + (SIZE - 1) + "/" + SIZE);
    }

    /** Gives so many bytes and then nothing more. */
    private void give(HttpServerRequest request, int count, Runnable then) {
        int offset = offset(request);
        head(request).write(Buffer.buffer(bytes).slice(offset, offset + count)).onComplete(written -> then.run());
    }

    private void fetch(Supplier<StreamTicket> tickets) {
        fetch.fetch(tickets, SIZE, arrival, percent -> {});
    }

    private static void refused(FailureCode code, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .as(e.getMessage())
                .isEqualTo(code));
    }

    @Test
    void cutAndSilentConnectionsAreFollowedByOthersThatGoOnWhereTheyWere() {
        faults.add(request -> give(request, MIB, () -> request.connection().close()));
        faults.add(request -> give(request, MIB, () -> {}));
        faults.add(request -> request.connection().close());
        faults.add(request -> StreamRefusal.send(request, FailureCode.FORBIDDEN, "The ticket is not known."));
        fetch(this::ticket);
        assertThat(arrival.bytes()).isEqualTo(bytes);
        assertThat(ranges)
                .containsExactly(
                        "bytes=0-",
                        "bytes=" + MIB + "-",
                        "bytes=" + 2 * MIB + "-",
                        "bytes=" + 2 * MIB + "-",
                        "bytes=" + 2 * MIB + "-");
    }

    @Test
    void aHostThatIsGoneIsNotWaitedForForEver() {
        faults.add(request -> give(request, MIB, () -> request.connection().close()));
        AtomicInteger tickets = new AtomicInteger();
        refused(FailureCode.UNAVAILABLE, () -> patientFor(Duration.ofSeconds(2))
                .fetch(
                        () -> {
                            if (tickets.incrementAndGet() > 1) {
                                throw FailureException.of(FailureCode.UNAVAILABLE, "Nobody answers.");
                            }
                            return ticket();
                        },
                        SIZE,
                        arrival,
                        percent -> {}));
        assertThat(arrival.bytesWritten()).isEqualTo(MIB);
        assertThat(tickets.get()).isGreaterThan(5);
    }

    @Test
    void aFileThatIsGoneOrAnotherOneIsNotAskedForAgain() {
        faults.add(request -> StreamRefusal.send(request, FailureCode.NOT_FOUND, "There is no such file."));
        refused(FailureCode.NOT_FOUND, () -> fetch(this::ticket));
        refused(FailureCode.STORAGE, () -> fetch.fetch(this::ticket, SIZE + 1, arrival, percent -> {}));
        refused(FailureCode.STORAGE, () -> fetch.fetch(this::ticket, SIZE - 1, arrival, percent -> {}));
        faults.add(request -> request.response().end(Buffer.buffer(bytes)));
        refused(FailureCode.STORAGE, () -> fetch(this::ticket));
        assertThat(arrival.bytesWritten()).isZero();
    }

    @Test
    void anInterruptEndsItAtOnce() throws InterruptedException {
        faults.add(request -> give(request, MIB, () -> {}));
        CompletableFuture<String> ended = new CompletableFuture<>();
        FileFetch patient = new FileFetch(
                vertx, new FileFetch.Patience(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                patient.fetch(this::ticket, SIZE, arrival, percent -> {});
            } catch (FailureException e) {
                ended.complete(e.failure().message());
            }
        });
        Eventually.holds(() -> arrival.bytesWritten() == MIB);
        thread.interrupt();
        assertThat(ended.join()).contains("interrupted");
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aDiskThatIsSlowMakesTheOtherHostWait() {
        Flood flood = new Flood();
        faults.add(flood::begin);
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<Void> fetching = CompletableFuture.runAsync(
                () -> fetch.fetch(this::ticket, SIZE, new Slow(arrival, slow), percent -> {}), THREADS);
        Eventually.holds(() -> flood.given.get() == SIZE || flood.stands());
        assertThat(flood.given.get()).isLessThan(SIZE);
        slow.countDown();
        fetching.join();
        assertThat(arrival.bytes()).isEqualTo(bytes);
    }

    /** Gives everything as fast as it is taken. */
    private final class Flood {
        private static final int BLOCK = 1 << 16;
        private final AtomicInteger given = new AtomicInteger();
        private volatile Instant last = Instant.now().plus(Duration.ofHours(1));

        void begin(HttpServerRequest request) {
            giveOn(head(request));
        }

        private void giveOn(HttpServerResponse response) {
            while (given.get() < SIZE && !response.writeQueueFull()) {
                int from = given.getAndAdd(BLOCK);
                response.write(Buffer.buffer(bytes).slice(from, from + BLOCK));
                last = Instant.now();
            }
            if (given.get() < SIZE) {
                response.drainHandler(drained -> giveOn(response));
            } else {
                response.end();
            }
        }

        /** Whether nothing was taken for some time. */
        boolean stands() {
            return last.plusMillis(500).isBefore(Instant.now());
        }
    }

    /** A disk that takes nothing for a while. */
    private record Slow(ArrivedBytes arrival, CountDownLatch ready) implements ImageArrival {
        @Override
        public void write(ByteBuffer block) {
            try {
                ready.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            arrival.write(block);
        }

        @Override
        public long bytesWritten() {
            return arrival.bytesWritten();
        }

        @Override
        public String complete() {
            return arrival.complete();
        }

        @Override
        public void close() {}
    }
}
