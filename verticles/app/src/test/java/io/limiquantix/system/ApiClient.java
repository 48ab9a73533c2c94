package io.limiquantix.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client of the REST API as any other: trusts the platform's certificate, logs in, sends its CSRF token along. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TASK_DEADLINE = Duration.ofMinutes(5);

    record Answer(int status, JsonNode body) {}

    private final HttpClient http;
    private final SSLContext tls;
    private final CookieManager cookies = new CookieManager();
    private final URI base;
    private String csrfToken = "";

    ApiClient(int port, Path certificate) {
        this.base = URI.create("https://localhost:" + port);
        this.tls = trusting(certificate);
        this.http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static SSLContext trusting(Path certificate) {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "platform", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    URI base() {
        return base;
    }

    HttpClient http() {
        return http;
    }

    SSLContext tls() {
        return tls;
    }

    void forgetCsrfToken() {
        csrfToken = "";
    }

    /** The session's cookie as a browser would send it. */
    String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(c -> c.getName() + "=" + c.getValue())
                .findFirst()
                .orElseThrow();
    }

    /** A TLS connection of its own, for requests that no proper client would send. */
    Socket rawConnection() throws IOException {
        return tls.getSocketFactory().createSocket(base.getHost(), base.getPort());
    }

    String csrfToken() {
        return csrfToken;
    }

    void logIn(String user, String password) {
        Answer answer = send("POST", "/session", JSON.valueToTree(Map.of("userName", user, "password", password)));
        if (answer.status() != 201) {
            throw new AssertionError("log-in answered " + answer);
        }
        csrfToken = answer.body().get("csrfToken").asText();
    }

    /** An answer that is no JSON. */
    byte[] bytes(String path) {
        HttpRequest request = request("GET", path, BodyPublishers.noBody(), "application/json")
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        "GET " + path + " answered " + new String(response.body(), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An answer that is a text. */
    String text(String method, String path) {
        HttpRequest request = request(method, path, BodyPublishers.noBody(), "application/json")
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + " answered " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    JsonNode get(String path) {
        Answer answer = send("GET", path, BodyPublishers.noBody(), "application/json");
        if (answer.status() != 200) {
            throw new AssertionError("GET " + path + " answered " + answer);
        }
        return answer.body();
    }

    Answer send(String method, String path, JsonNode body) {
        return send(method, path, BodyPublishers.ofString(body.toString()), "application/json");
    }

    Answer send(String method, String path) {
        return send(method, path, BodyPublishers.noBody(), "application/json");
    }

    Answer send(String method, String path, BodyPublisher body, String contentType) {
        return send(request(method, path, body, contentType).build());
    }

    /** Sends something that may be sent again with the same key without happening twice. */
    Answer sendOnce(String method, String path, JsonNode body, String idempotencyKey) {
        return send(request(method, path, BodyPublishers.ofString(body.toString()), "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .build());
    }

    private HttpRequest.Builder request(String method, String path, BodyPublisher body, String contentType) {
        return HttpRequest.newBuilder(base.resolve("/api/v1" + path))
                .method(method, body)
                .header("Content-Type", contentType)
                .header("X-CSRF-Token", csrfToken)
                .timeout(Duration.ofMinutes(5));
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Asks for something that goes on as a task; returns the 202's body. */
    JsonNode begin(String method, String path, JsonNode body) {
        Answer answer = send(method, path, body);
        if (answer.status() != 202) {
            throw new AssertionError(method + " " + path + " answered " + answer);
        }
        return answer.body();
    }

    /** Waits until the task has ended, through restarts of the platform. */
    JsonNode awaitTask(String taskId) {
        return Eventually.get(TASK_DEADLINE, () -> taskOrUnknown(taskId), task -> task.path("state")
                .asText()
                .matches("SUCCEEDED|FAILED|CANCELLED"));
    }

    private JsonNode taskOrUnknown(String taskId) {
        try {
            Answer answer = send("GET", "/tasks/" + taskId + "?waitSeconds=5");
            return answer.status() == 200 ? answer.body() : JSON.createObjectNode();
        } catch (UncheckedIOException e) {
            return JSON.createObjectNode().put("unreachable", e.getMessage());
        }
    }

    /** Begins something and expects it to succeed. */
    JsonNode succeed(String method, String path, JsonNode body) {
        JsonNode accepted = begin(method, path, body);
        JsonNode task = awaitTask(accepted.get("taskId").asText());
        if (!task.get("state").asText().equals("SUCCEEDED")) {
            throw new AssertionError(method + " " + path + " failed: " + task);
        }
        return accepted;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
