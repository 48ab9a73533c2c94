package io.limiquantix.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One console connection as a browser makes it, with everything that has come in so far. */
final class ConsoleSocket implements WebSocket.Listener, AutoCloseable {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    private ConsoleSocket() {}

    static JsonNode ticket(ApiClient client, String vmId, String kind) {
        ApiClient.Answer answer =
                client.send("POST", "/vms/" + vmId + "/consoles", ApiClient.json("{\"kind\": \"" + kind + "\"}"));
        if (answer.status() != 201) {
            throw new AssertionError("a console ticket answered " + answer);
        }
        return answer.body();
    }

    /** Connects with a new ticket and our own origin. */
    static ConsoleSocket open(ApiClient client, String vmId, String kind) {
        JsonNode ticket = ticket(client, vmId, kind);
        return connect(client, ticket, "https://" + client.base().getAuthority());
    }

    /** Fails with a {@link CompletionException} when the handshake is refused. */
    static ConsoleSocket connect(ApiClient client, JsonNode ticket, String origin) {
        ConsoleSocket console = new ConsoleSocket();
        URI uri = URI.create(client.base().toString().replace("https://", "wss://")
                + ticket.get("path").asText());
        console.socket = client.http()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .subprotocols(ticket.get("protocol").asText())
                .buildAsync(uri, console)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return console;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        synchronized (received) {
            received.writeBytes(bytes);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    void send(byte[] bytes) {
        Objects.requireNonNull(socket).sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    byte[] received() {
        synchronized (received) {
            return received.toByteArray();
        }
    }

    /** Waits until so many bytes have come, and returns those from the offset on. */
    byte[] await(int offset, int length) {
        byte[] all = Eventually.get(this::received, bytes -> bytes.length >= offset + length);
        return Arrays.copyOfRange(all, offset, offset + length);
    }

    int awaitClose() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        Objects.requireNonNull(socket).abort();
    }
}
