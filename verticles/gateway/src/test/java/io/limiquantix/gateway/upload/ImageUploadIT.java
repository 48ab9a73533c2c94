package io.limiquantix.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.gateway.stream.FakeHost;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageUploadIT {
    /** Some wait for long; the pool that Java shares has one thread for each processor but one. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private static final int CHUNK = 1 << 20;
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final FakeHost HOST = FakeHost.start();
    private static final AtomicInteger FINISHED = new AtomicInteger();
    private static final UUID TASK = Uuid7.next();

    private final UUID image = Uuid7.next();

    @BeforeAll
    static void serve() {
        GATEWAY.bus().serve(ImagesApi.BEGIN_UPLOAD, (request, caller) -> HOST.ticket());
        GATEWAY.bus().serve(ImagesApi.FINISH_UPLOAD, (request, caller) -> {
            FINISHED.incrementAndGet();
            return new TaskRef(TASK, request.imageId());
        });
    }

    @BeforeEach
    void forget() {
        FINISHED.set(0);
    }

    @AfterAll
    static void stop() {
        HOST.close();
        GATEWAY.close();
    }

    private ApiClient.Reply upload(ApiClient client, InputStream bytes) {
        return client.send(
                "PUT",
                "/images/" + image + "/content",
                BodyPublishers.ofInputStream(() -> bytes),
                Map.of("Content-Type", "application/octet-stream"));
    }

    @Test
    void everyByteArrivesInOrder() throws Exception {
        MessageDigest arrived = sha256();
        HOST.onUpload(request -> {
            request.handler(buffer -> arrived.update(buffer.getBytes()));
            request.endHandler(end -> request.response().end("{}"));
        });
        MessageDigest sent = sha256();
        ApiClient.Reply reply = upload(GATEWAY.client().logIn(), new RandomBytes(200L << 20, sent));
        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        assertThat(reply.body().path("taskId").asText()).isEqualTo(TASK.toString());
        assertThat(HexFormat.of().formatHex(arrived.digest()))
                .isEqualTo(HexFormat.of().formatHex(sent.digest()));
        assertThat(FINISHED).hasValue(1);
    }

    @Test
    void aSlowHostMakesTheClientWait() throws Exception {
        AtomicLong taken = new AtomicLong();
        CompletableFuture<HttpServerRequest> waiting = new CompletableFuture<>();
        HOST.onUpload(request -> {
            request.pause();
            request.handler(buffer -> taken.addAndGet(buffer.length()));
            request.endHandler(end -> request.response().end("{}"));
            waiting.complete(request);
        });
        RandomBytes bytes = new RandomBytes(200L << 20, sha256());
        CompletableFuture<ApiClient.Reply> reply =
                CompletableFuture.supplyAsync(() -> upload(GATEWAY.client().logIn(), bytes), THREADS);
        HttpServerRequest request = waiting.get(30, TimeUnit.SECONDS);
        long stuck = Eventually.get(
                () -> bytes.given(), given -> given > 0 && !bytes.movedWithin(2, TimeUnit.SECONDS, given));
        assertThat(stuck).isLessThan(64L << 20);
        request.resume();
        assertThat(reply.get(5, TimeUnit.MINUTES).status()).isEqualTo(202);
        assertThat(taken).hasValue(200L << 20);
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOnOnceTheHostTakesItsBytes() throws Exception {
        HOST.onUpload(request -> request.endHandler(end -> request.response().end("{}")));
        ApiClient client = GATEWAY.client().logIn();
        var request = client.request("/images/" + image + "/content")
                .method("PUT", BodyPublishers.ofByteArray(new byte[CHUNK]))
                .header("Content-Type", "application/octet-stream")
                .expectContinue(true)
                .build();
        assertThat(client.http().send(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(202);
    }

    @Test
    void theHostsRefusalReachesTheClient() {
        HOST.onUpload(request -> request.response()
                .setStatusCode(507)
                .end("{\"code\":\"NO_CAPACITY\",\"message\":\"The pool is full.\",\"details\":{\"pool\":\"p\"}}"));
        ApiClient.Reply reply = upload(GATEWAY.client().logIn(), new RandomBytes(1 << 20, sha256()));
        assertThat(reply.code()).isEqualTo("NO_CAPACITY");
        assertThat(reply.body().path("detail").asText()).isEqualTo("The pool is full.");
        assertThat(FINISHED).hasValue(0);
    }

    @Test
    void aClientThatGoesAwayCutsTheHostOff() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        AtomicLong taken = new AtomicLong();
        HOST.onUpload(request -> {
            request.handler(buffer -> taken.addAndGet(buffer.length()));
            request.exceptionHandler(e -> end.complete("cut off"));
            request.endHandler(e -> end.complete("complete"));
        });
        ApiClient client = GATEWAY.client().logIn();
        try (var socket = client.tls().getSocketFactory().createSocket("localhost", GATEWAY.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head(client, 100 << 20).getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[10 << 20]);
            out.flush();
            Eventually.holds(() -> taken.get() == 10 << 20);
        }
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("cut off");
        assertThat(FINISHED).hasValue(0);
    }

    @Test
    void aHostThatGoesAwayIsReported() {
        HOST.onUpload(request -> request.handler(buffer -> request.connection().close()));
        ApiClient.Reply reply = upload(GATEWAY.client().logIn(), new RandomBytes(1 << 20, sha256()));
        assertThat(reply.code()).isEqualTo("UNAVAILABLE");
        assertThat(FINISHED).hasValue(0);
    }

    private String head(ApiClient client, int length) {
        String host = URI.create(client.origin()).getAuthority();
        var request = client.request("/images/" + image + "/content").build();
        return "PUT " + request.uri().getPath() + " HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + client.cookie()
                + "\r\nX-CSRF-Token: "
                + request.headers().firstValue("X-CSRF-Token").orElseThrow()
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** So many bytes that nothing compresses, counted and summed as they are read. */
    private static final class RandomBytes extends InputStream {
        private final byte[] block = new byte[CHUNK];
        private final long length;
        private final MessageDigest sum;
        private final AtomicLong given = new AtomicLong();

        RandomBytes(long length, MessageDigest sum) {
            this.length = length;
            this.sum = sum;
            new Random(7).nextBytes(block);
        }

        long given() {
            return given.get();
        }

        boolean movedWithin(long time, TimeUnit unit, long from) {
            long end = System.nanoTime() + unit.toNanos(time);
            while (given.get() == from && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return given.get() != from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int most) {
            int place = (int) (given.get() % CHUNK);
            int count = (int) Math.min(Math.min(most, CHUNK - place), length - given.get());
            if (count == 0) {
                return -1;
            }
            System.arraycopy(block, place, into, at, count);
            sum.update(block, place, count);
            given.addAndGet(count);
            return count;
        }
    }
}
