package io.limiquantix.gateway.console;

import io.limiquantix.gateway.testing.ApiClient;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A console as a browser has it open. */
final class BrowserSocket implements WebSocket.Listener, AutoCloseable {
    /** How the connection ended. */
    record End(int code, String reason) {}

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final boolean reads;
    private @Nullable WebSocket socket;

    private BrowserSocket(boolean reads) {
        this.reads = reads;
    }

    /** @throws java.util.concurrent.CompletionException when the handshake is refused */
    static BrowserSocket connect(ApiClient client, String path, String origin) {
        return new BrowserSocket(true).connected(client, path, origin);
    }

    static BrowserSocket connect(ApiClient client, String path) {
        return connect(client, path, client.origin());
    }

    /** One that takes nothing until {@link #read} is called. */
    static BrowserSocket connectWithoutReading(ApiClient client, String path) {
        return new BrowserSocket(false).connected(client, path, client.origin());
    }

    private BrowserSocket connected(ApiClient client, String path, String origin) {
        socket = client.http()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .subprotocols("binary")
                .buildAsync(URI.create(client.origin().replace("https://", "wss://") + path), this)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return this;
    }

    void read() {
        socket().request(Long.MAX_VALUE);
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (reads) {
            webSocket.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        synchronized (received) {
            received.writeBytes(bytes);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        pings.incrementAndGet();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        end.complete(new End(statusCode, reason));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end.completeExceptionally(error);
    }

    void send(byte[] bytes) {
        socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void leave() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    int receivedBytes() {
        synchronized (received) {
            return received.size();
        }
    }

    int pings() {
        return pings.get();
    }

    boolean isOpen() {
        return !end.isDone();
    }

    End awaitEnd() {
        return end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    @Override
    public void close() {
        socket().abort();
    }
}
