package io.limiquantix.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.gateway.stream.FakeHost;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One side of a console that does not take what the other sends makes it wait, at no cost to the gateway. */
class SlowBrowserIT {
    private static final int TOTAL = 64 << 20;
    /** What sockets of the operating system may hold on the way, four of them, with room to spare. */
    private static final int MOST_ON_THE_WAY = 40 << 20;

    private final TestGateway gateway = TestGateway.start();
    private final FakeHost host = FakeHost.start();
    private final ApiClient client = gateway.client().logIn();
    private final byte[] chunk = new byte[1 << 20];

    SlowBrowserIT() {
        new Random(1).nextBytes(chunk);
        gateway.bus().serve(ComputeApi.OPEN_CONSOLE, (request, caller) -> host.ticket());
    }

    @AfterEach
    void stop() {
        host.close();
        gateway.close();
    }

    private String ticket() {
        return client.post("/vms/" + Uuid7.next() + "/consoles", "{\"kind\":\"SERIAL\"}")
                .body()
                .path("path")
                .asText();
    }

    /** Sends one piece after the other, each when the operating system has taken the one before, and then ends. */
    private final class Flood {
        private final AtomicLong sent = new AtomicLong();

        void into(NetSocket socket) {
            if (sent.get() == TOTAL) {
                socket.end();
                return;
            }
            socket.write(Buffer.buffer(chunk)).onSuccess(taken -> {
                sent.addAndGet(chunk.length);
                into(socket);
            });
        }
    }

    @Test
    void aHostWaitsForABrowserThatDoesNotRead() {
        Flood flood = new Flood();
        host.onConsole(flood::into);
        try (BrowserSocket browser = BrowserSocket.connectWithoutReading(client, ticket())) {
            long held = untilNothingMoves(flood.sent);
            assertThat(held).isPositive().isLessThan(MOST_ON_THE_WAY);
            assertThat(browser.isOpen()).isTrue();
            browser.read();
            assertThat(browser.awaitEnd()).isEqualTo(new BrowserSocket.End(1000, "The console has ended."));
            assertThat(flood.sent.get()).isEqualTo(TOTAL);
            assertThat(browser.receivedBytes()).isEqualTo(TOTAL);
            byte[] received = browser.received();
            for (int from = 0; from < TOTAL; from += chunk.length) {
                assertThat(Arrays.equals(received, from, from + chunk.length, chunk, 0, chunk.length))
                        .isTrue();
            }
        }
    }

    @Test
    void aBrowserWaitsForAHostThatDoesNotRead() {
        AtomicLong sent = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        AtomicBoolean stopped = new AtomicBoolean();
        CompletableFuture<NetSocket> opened = new CompletableFuture<>();
        host.onConsole(socket -> {
            socket.pause();
            socket.handler(bytes -> taken.addAndGet(bytes.length()));
            opened.complete(socket);
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket())) {
            Thread typist = Thread.ofVirtual().start(() -> {
                byte[] frame = Arrays.copyOf(chunk, 1 << 19);
                while (sent.get() < TOTAL && !stopped.get()) {
                    browser.send(frame);
                    sent.addAndGet(frame.length);
                }
            });
            NetSocket socket = opened.join();
            assertThat(untilNothingMoves(sent)).isLessThan(MOST_ON_THE_WAY);
            socket.resume();
            Eventually.holds(() -> taken.get() == TOTAL);
            stopped.set(true);
            assertThat(typist.isAlive() && sent.get() < TOTAL).isFalse();
        }
    }

    /** The value once it has stayed the same for two seconds. */
    private static long untilNothingMoves(AtomicLong value) {
        record Seen(long value, Instant since) {}
        var seen = new AtomicReference<>(new Seen(-1, Instant.now()));
        Eventually.holds(() -> {
            long now = value.get();
            if (now != seen.get().value()) {
                seen.set(new Seen(now, Instant.now()));
            }
            return now > 0 && seen.get().since().plus(Duration.ofSeconds(2)).isBefore(Instant.now());
        });
        return value.get();
    }
}
