package io.limiquantix.host.download;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A web server with one file, that behaves as badly as a test wants. */
final class WebServer {
    static final int SIZE = 3 << 20;
    /** How the next requests are answered; after them, as they should be. */
    final Queue<Consumer<HttpServerRequest>> faults = new ConcurrentLinkedQueue<>();

    final List<String> ranges = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    volatile byte[] file = noise(1);
    volatile String tag = "\"one\"";

    WebServer(Vertx vertx, HttpServerOptions options) {
        this.server = vertx.createHttpServer(options).requestHandler(this::answer);
        server.listen(0, "127.0.0.1").await();
    }

    static byte[] noise(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        ranges.add(String.valueOf(request.getHeader("Range")));
        Consumer<HttpServerRequest> fault = faults.poll();
        if (fault == null) {
            serve(request);
        } else {
            fault.accept(request);
        }
    }

    /** As RFC 9110 says. */
    void serve(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("ETag", tag);
        String range = request.getHeader("Range");
        if (range == null || !tag.equals(request.getHeader("If-Range"))) {
            response.end(Buffer.buffer(file));
            return;
        }
        int offset = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        response.setStatusCode(206)
                .putHeader("Content-Range", "bytes " + offset + "-" + (SIZE - 1) + "/" + SIZE)
                .end(Buffer.buffer(Arrays.copyOfRange(file, offset, SIZE)));
    }

    /** Announces all, sends a part, and cuts the connection. */
    void cutAfter(HttpServerRequest request, int bytes) {
        HttpServerResponse response =
                request.response().putHeader("ETag", tag).putHeader("Content-Length", String.valueOf(SIZE));
        response.write(Buffer.buffer(Arrays.copyOf(file, bytes)))
                .onComplete(done -> request.connection().close());
    }
}
