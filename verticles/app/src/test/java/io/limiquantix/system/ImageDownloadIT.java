package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Images that a whole installation fetches from a web server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageDownloadIT {
    private static final int BYTES = 8 << 20;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final byte[] file = new byte[BYTES];
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean wasCut = new AtomicBoolean();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile boolean silent;

    ImageDownloadIT() throws IOException {
        new Random(7).nextBytes(file);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.createContext("/SHA512SUMS", this::list);
        server.start();
        installation.awaitHost(client);
        installation.makePool(client);
    }

    @AfterAll
    void close() {
        installation.close();
        server.stop(0);
    }

    /** The first connection for /cut breaks in the middle, and what is at /silent comes to no end while the server is. */
    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (exchange.getRequestURI().getPath().equals("/cut")) {
            ranges.add(String.valueOf(range));
        }
        int offset = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        if (offset > 0) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + offset + "-" + (BYTES - 1) + "/" + BYTES);
        }
        exchange.sendResponseHeaders(offset > 0 ? 206 : 200, BYTES - offset);
        if (exchange.getRequestURI().getPath().equals("/silent") && silent) {
            exchange.getResponseBody().write(file, 0, 1);
            exchange.getResponseBody().flush();
            return;
        }
        boolean cut = exchange.getRequestURI().getPath().equals("/cut") && !wasCut.getAndSet(true);
        exchange.getResponseBody().write(Arrays.copyOfRange(file, offset, cut ? BYTES / 2 : BYTES));
        exchange.close();
    }

    private void list(HttpExchange exchange) throws IOException {
        byte[] list = (sum("SHA-512") + " *debian.raw\n" + "ab".repeat(64) + " *other.raw\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, list.length);
        exchange.getResponseBody().write(list);
        exchange.close();
    }

    private String draft(String name, String sum) {
        JsonNode wish = ApiClient.json("{\"name\": \"" + name + "\", \"format\": \"raw\", " + sum + "}");
        return client.send("POST", "/images", wish).body().get("id").asText();
    }

    private JsonNode from(String host, String path) {
        return ApiClient.json("{\"url\": \"" + address(host, path) + "\"}");
    }

    private String address(String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    private String sum(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFileOfTheWebBecomesAnImageThoughTheConnectionBreaks() {
        String image = draft("debian", "\"sha512\": \"" + sum("SHA-512") + "\", \"md5\": \"" + sum("MD5") + "\"");
        client.succeed("POST", "/images/" + image + "/download", from("127.0.0.1", "/cut?token=s3cret"));
        JsonNode ready = client.get("/images/" + image);
        assertThat(ready.get("state").asText()).isEqualTo("READY");
        assertThat(ready.get("sha256").asText()).isEqualTo(sum("SHA-256"));
        assertThat(ready.get("fileBytes").asInt()).isEqualTo(BYTES);
        assertThat(ranges).hasSize(2).first().isEqualTo("null");
        assertThat(ranges.getLast()).matches("bytes=[1-9]\\d*-");
    }

    @Test
    void whatTheHostMayNotAskAndWhatIsNotTheAnnouncedFileAreRefusedAndLeaveNothing() {
        String image = draft("refused", "\"md5\": \"" + "ab".repeat(16) + "\"");
        assertThat(failure(image, from("127.0.0.2", "/x"))).contains("127.0.0.2 is not in the public network");
        assertThat(failure(image, from("[::1]", "/x"))).contains("is not in the public network");
        assertThat(failure(image, from("127.0.0.1", "/x")))
                .contains("The MD5 of the bytes that arrived is " + sum("MD5"));
        assertThat(client.send(
                                "POST",
                                "/images/" + image + "/download",
                                ApiClient.json("{\"url\": \"file:///etc/passwd\"}"))
                        .status())
                .isEqualTo(400);
        assertThat(client.get("/images/" + image).get("state").asText()).isEqualTo("REFUSED");
        assertNothingIsLeftOf(image);
    }

    @Test
    void aFileIsComparedWithThePublishedListOfChecksums() {
        String image = draft("listed", "\"description\": \"\"");
        client.succeed("POST", "/images/" + image + "/download", listed("/debian.raw"));
        assertThat(client.get("/images/" + image).get("sha256").asText()).isEqualTo(sum("SHA-256"));
        String other = draft("another", "\"description\": \"\"");
        assertThat(failure(other, listed("/other.raw"))).contains("The SHA-512 of the bytes that arrived is");
        assertThat(failure(other, listed("/third.raw"))).contains("2 checksums, none of them of a file third.raw");
        assertNothingIsLeftOf(other);
        ApiClient.Answer found = lookUp(address("127.0.0.1", "/SHA512SUMS"));
        assertThat(found.body().toString()).isEqualTo("{\"sha512\":\"" + sum("SHA-512") + "\"}");
        ApiClient.Answer refused = lookUp(address("127.0.0.2", "/SHA512SUMS"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.toString()).contains("not in the public network", "checksumsUrl");
    }

    private ApiClient.Answer lookUp(String list) {
        return client.send(
                "POST",
                "/image-checksums",
                ApiClient.json("{\"checksumsUrl\": \"" + list + "\", \"fileName\": \"debian.raw\"}"));
    }

    private JsonNode listed(String path) {
        return ApiClient.json("{\"url\": \"" + address("127.0.0.1", path) + "\", \"checksumsUrl\": \""
                + address("127.0.0.1", "/SHA512SUMS") + "\"}");
    }

    @Test
    void aDownloadWhoseProcessIsKilledIsThereInTheEnd() throws IOException {
        String image = draft("killed", "\"sha512\": \"" + sum("SHA-512") + "\"");
        silent = true;
        int before = asked.get();
        JsonNode begun = client.begin("POST", "/images/" + image + "/download", from("127.0.0.1", "/silent"));
        Eventually.holds(() -> asked.get() > before);
        installation.controlPlane().kill();
        silent = false;
        installation.startControlPlane();
        JsonNode task = client.awaitTask(begun.get("taskId").asText());
        assertThat(task.get("state").asText()).as("%s", task).isEqualTo("SUCCEEDED");
        assertThat(client.get("/images/" + image).get("sha256").asText()).isEqualTo(sum("SHA-256"));
        try (var files = Files.walk(installation.poolFolder())) {
            assertThat(files.filter(Files::isRegularFile).map(Path::toString).filter(f -> f.contains(image)))
                    .as("the image and its facts")
                    .hasSize(2);
        }
    }

    @Test
    void aDownloadThatIsCancelledEndsAndLeavesNothing() {
        String image = draft("cancelled", "\"md5\": \"" + "ab".repeat(16) + "\"");
        silent = true;
        int before = asked.get();
        JsonNode begun = client.begin("POST", "/images/" + image + "/download", from("127.0.0.1", "/silent"));
        String task = begun.get("taskId").asText();
        Eventually.holds(() -> asked.get() > before);
        client.send("POST", "/tasks/" + task + "/cancel");
        assertThat(client.awaitTask(task).get("state").asText()).isEqualTo("CANCELLED");
        assertNothingIsLeftOf(image);
    }

    private String failure(String image, JsonNode url) {
        JsonNode begun = client.begin("POST", "/images/" + image + "/download", url);
        return client.awaitTask(begun.get("taskId").asText())
                .get("failure")
                .get("message")
                .asText();
    }

    private void assertNothingIsLeftOf(String image) {
        try (var files = Files.walk(installation.poolFolder())) {
            assertThat(files.map(Path::toString).filter(f -> f.contains(image))).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
