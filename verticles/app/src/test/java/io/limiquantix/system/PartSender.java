package io.limiquantix.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A client of tus 1.0.0 that sends an image in parts, and can be cut off anywhere. */
final class PartSender {
    private static final int LISTENS_MILLIS = 20;
    private static final String PART = "application/offset+octet-stream";

    private final ApiClient client;
    private final String path;
    private final byte[] bytes;

    PartSender(ApiClient client, String imageId, byte[] bytes) {
        this.client = client;
        this.path = "/api/v1/images/" + imageId + "/content";
        this.bytes = bytes;
    }

    HttpResponse<String> begin() {
        return send("POST", BodyPublishers.noBody(), Map.of("Upload-Length", Integer.toString(bytes.length)));
    }

    /** How much has come; nothing while nobody can say. */
    OptionalLong look() {
        try {
            HttpResponse<String> answer = send("HEAD", BodyPublishers.noBody(), Map.of());
            return answer.statusCode() == 200
                    ? OptionalLong.of(
                            answer.headers().firstValueAsLong("Upload-Offset").orElseThrow())
                    : OptionalLong.empty();
        } catch (UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** Everything from the offset on. */
    HttpResponse<String> sendFrom(long offset) {
        BodyPublisher rest = BodyPublishers.ofByteArray(bytes, (int) offset, bytes.length - (int) offset);
        return send("PATCH", rest, Map.of("Upload-Offset", Long.toString(offset), "Content-Type", PART));
    }

    HttpResponse<String> forget() {
        return send("DELETE", BodyPublishers.noBody(), Map.of());
    }

    HttpResponse<String> send(String method, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(client.base().resolve(path))
                .method(method, body)
                .header("X-CSRF-Token", client.csrfToken())
                .timeout(Duration.ofMinutes(2));
        if (!headers.containsKey("Tus-Resumable")) {
            request.header("Tus-Resumable", "1.0.0");
        }
        headers.forEach(request::header);
        try {
            return client.http().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Announces everything from the offset on, sends so many bytes of it, and goes away in the middle.
     *
     * @param arrived whether enough of it has come
     * @param end done then, and before it goes away
     * @return whether that came about; not when the part was answered instead
     */
    boolean sendAndGoAway(long offset, int count, BooleanSupplier arrived, Runnable end) {
        try (Socket socket = client.rawConnection()) {
            OutputStream out = socket.getOutputStream();
            out.write(head(offset).getBytes(StandardCharsets.US_ASCII));
            out.write(Arrays.copyOfRange(bytes, (int) offset, (int) offset + count));
            out.flush();
            socket.setSoTimeout(LISTENS_MILLIS);
            while (!arrived.getAsBoolean()) {
                if (hasAnswer(socket)) {
                    return false;
                }
            }
            end.run();
            return true;
        } catch (IOException e) {
            // Refused and closed before all was sent.
            return false;
        }
    }

    private static boolean hasAnswer(Socket socket) throws IOException {
        try {
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private String head(long offset) {
        return String.join(
                "\r\n",
                "PATCH " + path + " HTTP/1.1",
                "Host: localhost",
                "Cookie: " + client.cookie(),
                "X-CSRF-Token: " + client.csrfToken(),
                "Tus-Resumable: 1.0.0",
                "Content-Type: " + PART,
                "Upload-Offset: " + offset,
                "Content-Length: " + (bytes.length - offset),
                "",
                "");
    }
}
