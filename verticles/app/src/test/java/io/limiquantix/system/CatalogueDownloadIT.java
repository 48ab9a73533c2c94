package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A catalogue that a whole installation reads from a web server, and images that come from it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueDownloadIT {
    private static final String SOURCES = "/images/catalogue/sources";

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    /** What is served, by path; nothing else is there. */
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    private final HttpServer server;

    CatalogueDownloadIT() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        installation.awaitHost(client);
        installation.makePool(client);
    }

    @AfterAll
    void close() {
        installation.close();
        server.stop(0);
    }

    /** With a tag, so that what is known is not sent again. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String tag = "\"" + sha256(file) + "\"";
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void publish(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private String catalogue() {
        return """
                catalogue: 1
                name: Our appliances
                entries:
                  - id: appliance
                    name: Appliance 7
                    family: linux
                    distribution: Ours
                    version: "7"
                    architecture: x86_64
                    kind: cloud
                    format: raw
                    url: %s
                    checksums: %s
                    defaultUser: ops
                  - id: broken
                    name: Broken
                """.formatted(address("/appliance.raw"), address("/SHA256SUMS"));
    }

    private JsonNode sourceOnceRead(String id) {
        return Eventually.get(
                () -> StreamSupport.stream(client.get(SOURCES).get("items").spliterator(), false)
                        .filter(source -> source.get("id").asText().equals(id))
                        .findFirst()
                        .orElseThrow(),
                source -> !source.get("reading").asBoolean());
    }

    private JsonNode entry(String key) {
        return StreamSupport.stream(
                        client.get("/images/catalogue?limit=1000").get("items").spliterator(), false)
                .filter(one -> one.get("key").asText().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEntryOfACatalogueOfTheWebIsDownloadedAndComparedByOneRequest() {
        byte[] file = new byte[4 << 20];
        new Random(11).nextBytes(file);
        files.put("/appliance.raw", file);
        publish("/ours.yaml", catalogue());
        publish("/SHA256SUMS", "00".repeat(32) + "  appliance.raw\n");
        var wish = ApiClient.json("{\"url\": \"" + address("/ours.yaml") + "\"}");
        var added = client.send("POST", SOURCES, wish);
        assertThat(added.status()).isEqualTo(201);
        String id = added.body().get("id").asText();
        JsonNode source = sourceOnceRead(id);
        assertThat(source.get("name").asText()).isEqualTo("Our appliances");
        assertThat(source.get("entries").asInt()).isEqualTo(1);
        assertThat(source.get("mistakes").get(0).asText()).contains("entry 2 (broken)");

        String path = "/images/catalogue/" + entry("appliance").get("id").asText() + "/download";
        JsonNode wrong = client.begin("POST", path, ApiClient.json("{}"));
        JsonNode failed = client.awaitTask(wrong.get("taskId").asText());
        assertThat(failed.get("failure").get("message").asText()).contains("SHA-256");

        publish("/SHA256SUMS", sha256(file) + "  appliance.raw\n");
        JsonNode right = client.begin("POST", path, ApiClient.json("{}"));
        JsonNode task = client.awaitTask(right.get("taskId").asText());
        assertThat(task.get("state").asText()).as("%s", task).isEqualTo("SUCCEEDED");
        assertThat(right.get("targetId")).as("the one that was refused").isEqualTo(wrong.get("targetId"));
        JsonNode image = client.get("/images/" + right.get("targetId").asText());
        assertThat(image.get("name").asText()).isEqualTo("appliance");
        assertThat(image.get("defaultUser").asText()).isEqualTo("ops");
        assertThat(image.at("/operatingSystem/distribution").asText()).isEqualTo("Ours");
        assertThat(image.at("/operatingSystem/version").asText()).isEqualTo("7");
        assertThat(image.at("/operatingSystem/learnedFrom/system").asText()).isEqualTo("CATALOGUE");
        assertThat(image.get("sha256").asText()).isEqualTo(sha256(file));
        assertThat(entry("appliance").get("imageId")).isEqualTo(image.get("id"));
        assertThat(client.send("POST", path, ApiClient.json("{}"))
                        .body()
                        .get("field")
                        .asText())
                .isEqualTo("name");

        files.remove("/ours.yaml");
        client.send("POST", "/images/catalogue/refresh");
        JsonNode gone = sourceOnceRead(id);
        assertThat(gone.get("problem").asText()).contains("has no such file");
        assertThat(gone.get("entries").asInt()).isEqualTo(1);
    }

    @Test
    void aCatalogueOfAnInnerNetworkIsNotAsked() {
        var wish = ApiClient.json("{\"url\": \"http://127.0.0.2/ours.yaml\"}");
        String id = client.send("POST", SOURCES, wish).body().get("id").asText();
        JsonNode source = sourceOnceRead(id);
        assertThat(source.get("problem").asText()).contains("127.0.0.2 is not in the public network");
        assertThat(client.send("DELETE", SOURCES + "/" + id).status()).isEqualTo(204);
        assertThat(client.get(SOURCES).get("items"))
                .noneMatch(s -> s.get("id").asText().equals(id));
    }

    @Test
    void theCatalogueThatComesWithThePlatformIsThere() {
        assertThat(entry("debian-13").get("url").asText()).startsWith("https://cloud.debian.org/");
        assertThat(client.send("GET", "/images/catalogue/no-such-thing").status())
                .isEqualTo(404);
    }
}
