package io.limiquantix.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Speaks to the API as a browser does. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String origin;
    private final SSLContext tls;
    private final HttpClient http;
    private @Nullable String cookie;
    private @Nullable String csrf;

    /** An answer with its body as JSON, a missing node where it is none, and as it came. */
    public record Reply(int status, JsonNode body, Map<String, String> headers, String text) {
        public String code() {
            return body.path("code").asText();
        }

        public String field() {
            return body.path("field").asText();
        }
    }

    ApiClient(String origin, Path certificate) {
        this.origin = origin;
        this.tls = trusting(certificate);
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    public String origin() {
        return origin;
    }

    public SSLContext tls() {
        return tls;
    }

    public HttpClient http() {
        return http;
    }

    /** The cookie header of the session. */
    public String cookie() {
        return Optional.ofNullable(cookie).orElseThrow();
    }

    public String csrf() {
        return Optional.ofNullable(csrf).orElseThrow();
    }

    public ApiClient logIn() {
        return logIn("admin");
    }

    public ApiClient logIn(String userName) {
        Reply reply = post("/session", "{\"userName\":\"" + userName + "\",\"password\":\"right\"}");
        if (reply.status() != 201) {
            throw new AssertionError("log-in answered " + reply);
        }
        cookie = Optional.ofNullable(reply.headers().get("set-cookie"))
                .orElseThrow()
                .split(";", 2)[0];
        csrf = reply.body().get("csrfToken").asText();
        return this;
    }

    public Reply get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Reply post(String path, String json) {
        return send(
                "POST", path, HttpRequest.BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
    }

    public Reply delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    /** Sends it with the session's cookie and CSRF token unless the headers say otherwise. */
    public Reply send(String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).method(method, body);
        headers.forEach(request::setHeader);
        try {
            return reply(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        String where = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + where)).timeout(PATIENCE);
        if (cookie != null && csrf != null) {
            request.setHeader("Cookie", cookie).setHeader("X-CSRF-Token", csrf);
        }
        return request;
    }

    private static Reply reply(HttpResponse<byte[]> response) throws IOException {
        String type = response.headers().firstValue("content-type").orElse("");
        JsonNode body = type.contains("json")
                ? Wire.json().readTree(response.body())
                : Wire.json().missingNode();
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Reply(response.statusCode(), body, headers, new String(response.body(), StandardCharsets.UTF_8));
    }

    private static SSLContext trusting(Path certificate) {
        try (InputStream file = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
