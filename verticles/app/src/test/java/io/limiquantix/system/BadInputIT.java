package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be refused with a reason that names the field, and leave nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "0198c0de-0000-7000-8000-00000000dead";
    private static final long GIB = 1L << 30;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final String imageId = installation.prepare(client, GuestImages.tiny());

    @AfterAll
    void close() {
        installation.close();
    }

    static Stream<String> names() {
        return Stream.of(
                "../etc/passwd",
                "a/../b",
                "<domain/>",
                "a]]>b",
                "a&amp;b",
                "$(reboot)",
                "a;b",
                "-rf",
                "a\u0000b",
                "a\nb",
                "",
                " ",
                "n".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameThatIsNone(String name) {
        ObjectNode request = (ObjectNode) VmRequests.tiny("x", imageId);
        assertRefused(client.send("POST", "/vms", request.put("name", name)), 400, "name");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("/memoryBytes", "0", "memoryBytes"),
                Arguments.of("/memoryBytes", "4611686018427387904", "memoryBytes"),
                Arguments.of("/memoryBytes", "134217729", "memoryBytes"),
                Arguments.of("/memoryBytes", "\"much\"", "memoryBytes"),
                Arguments.of("/vcpus", "0", "vcpus"),
                Arguments.of("/vcpus", "1.5", "vcpus"),
                Arguments.of("/disks", "[]", "disks"),
                Arguments.of("/disks", "[{}]", "disks[0].sizeBytes"),
                Arguments.of("/disks", "[{\"imageId\": \"" + UNKNOWN + "\"}]", "disks[0].imageId"),
                Arguments.of("/disks", "[{\"sizeBytes\": -1}]", "disks[0].sizeBytes"),
                Arguments.of("/nics", "[{\"network\": \"no-such-net\"}]", "nics[0].network"),
                Arguments.of("/nics", "[{\"network\": \"default\", \"mac\": \"01:00:5e:00:00:01\"}]", "nics[0].mac"),
                Arguments.of("/cloudInit", "{\"user\": \"Root; rm\"}", "cloudInit.user"),
                Arguments.of(
                        "/cloudInit",
                        "{\"user\": \"ada\", \"sshKeys\": [\"ssh-ed25519 not-base64\"]}",
                        "cloudInit.sshKeys[0]"),
                Arguments.of("/unknownField", "1", "unknownField"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueThatIsNone(String pointer, String value, String field) {
        ObjectNode request = (ObjectNode) VmRequests.tiny("refused", imageId);
        request.set(pointer.substring(1), ApiClient.json(value));
        ApiClient.Answer answer = client.send("POST", "/vms", request);
        assertRefused(answer, 400, field);
        assertThat(client.get("/vms").get("items")).isEmpty();
    }

    static Stream<Arguments> pools() {
        return Stream.of(
                Arguments.of("local", "path", "/"),
                Arguments.of("local", "path", "/etc"),
                Arguments.of("local", "path", "/srv/po\nol"),
                Arguments.of("local", "unknown", "x"),
                Arguments.of("nfs", "server", "nas;reboot"),
                Arguments.of("nfs", "export", "/srv/../etc"),
                Arguments.of("ceph", "pool", "a@b"),
                Arguments.of("ceph", "user", "a/b"),
                Arguments.of("iscsi", "target", "disks"),
                Arguments.of("iscsi", "portals", "$(id)"));
    }

    @ParameterizedTest
    @MethodSource("pools")
    void aSettingThatIsNone(String driver, String setting, String value) {
        ObjectNode settings = JSON.createObjectNode();
        switch (driver) {
            case "local" -> settings.put("path", "/srv/refused-pool");
            case "nfs" -> settings.put("server", "nas.invalid").put("export", "/srv/vms");
            case "ceph" ->
                settings.put("monitors", "mon.invalid").put("pool", "rbd").put("user", "nobody");
            default -> settings.put("portals", "127.0.0.1:1").put("target", "iqn.2026-01.com.example:disks");
        }
        settings.put(setting, value);
        ObjectNode request = JSON.createObjectNode().put("name", "refused").put("driver", driver);
        request.set("settings", settings);
        if (driver.equals("ceph")) {
            request.putObject("secrets").put("key", "AQBwrARrzP8xHhAAgDcS2YPXxKf1nQz4Jb0L7g==");
        }
        assertRefused(client.send("POST", "/pools", request), 400, "settings." + setting);
        assertThat(client.get("/pools").get("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1048575", "70368744177665", "9223372036854775807", "1e30", "1.5", "\"1G\""})
    void aSizeThatNoVolumeHas(String size) {
        String poolId = client.get("/pools").get("items").get(0).get("id").asText();
        ObjectNode request = JSON.createObjectNode().put("name", "refused").put("poolId", poolId);
        request.set("sizeBytes", ApiClient.json(size));
        assertRefused(client.send("POST", "/volumes", request), 400, "sizeBytes");
        assertThat(client.get("/volumes").get("items")).isEmpty();
    }

    @Test
    void brokenJson() {
        ApiClient.Answer answer =
                client.send("POST", "/vms", BodyPublishers.ofString("{\"name\": \"x\", "), "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").asText()).isEqualTo("INVALID");
    }

    /** The server may close the connection before it has read everything; what counts is that it lives and stays small. */
    @Test
    void aBodyOfAGibibyte() {
        long before = installation.controlPlane().residentBytes();
        try {
            ApiClient.Answer answer = client.send(
                    "POST", "/vms", BodyPublishers.ofInputStream(() -> new Endless(GIB)), "application/json");
            assertThat(answer.status()).isEqualTo(413);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
        }
        assertThat(client.get("/vms").get("items")).isEmpty();
        assertThat(installation.controlPlane().residentBytes() - before).isLessThan(GIB / 4);
    }

    /** So many spaces. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(buffer, offset, offset + count, (byte) ' ');
            left -= count;
            return count;
        }
    }

    @Test
    void anUploadCutOffHalfway() throws Exception {
        String id = draft("half", "raw");
        String head = "PUT /api/v1/images/" + id + "/content HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: 8388608\r\nX-CSRF-Token: "
                + client.csrfToken() + "\r\nCookie: " + client.cookie() + "\r\n\r\n";
        try (var socket = client.rawConnection()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[4 << 20]);
            out.flush();
        }
        assertThat(client.get("/images/" + id).get("state").asText()).isEqualTo("DRAFT");
        Eventually.get(() -> sendImage(id, new byte[8 << 20]), answer -> answer.status() == 202);
    }

    @Test
    void imagesThatLieAboutThemselves() throws Exception {
        Path folder = Files.createTempDirectory("images");
        Path qcow2 = folder.resolve("a.qcow2");
        Libvirt.run(List.of("qemu-img", "create", "-q", "-f", "qcow2", qcow2.toString(), "1M"));
        assertLie("lie-raw", "raw", Files.readAllBytes(qcow2), "qcow2");
        Libvirt.run(List.of(
                "qemu-img",
                "create",
                "-q",
                "-u",
                "-f",
                "qcow2",
                "-b",
                "/etc/passwd",
                "-F",
                "raw",
                qcow2.toString(),
                "1M"));
        assertLie("lie-backing", "qcow2", Files.readAllBytes(qcow2), "backing");
        assertLie("lie-text", "qcow2", "hello".getBytes(StandardCharsets.UTF_8), "qcow2");
    }

    @Test
    void aChecksumThatDoesNotMatch() {
        JsonNode draft = client.send(
                        "POST",
                        "/images",
                        JSON.valueToTree(Map.of("name", "sum", "format", "raw", "sha256", "0".repeat(64))))
                .body();
        JsonNode accepted = upload(draft.get("id").asText(), new byte[1 << 20], 202);
        JsonNode task = client.awaitTask(accepted.get("taskId").asText());
        assertThat(task.get("state").asText()).isEqualTo("FAILED");
        assertThat(task.get("failure").get("message").asText()).containsIgnoringCase("sha-256");
        assertThat(client.get("/images/" + draft.get("id").asText())
                        .get("state")
                        .asText())
                .isEqualTo("REFUSED");
    }

    private void assertLie(String name, String format, byte[] bytes, String reason) {
        String id = draft(name, format);
        JsonNode task = client.awaitTask(upload(id, bytes, 202).get("taskId").asText());
        assertThat(task.get("state").asText()).as(name).isEqualTo("FAILED");
        assertThat(task.get("failure").get("message").asText()).as(name).containsIgnoringCase(reason);
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(id)))
                .isEmpty();
    }

    private String draft(String name, String format) {
        ApiClient.Answer answer =
                client.send("POST", "/images", JSON.valueToTree(Map.of("name", name, "format", format)));
        assertThat(answer.status()).isEqualTo(201);
        return answer.body().get("id").asText();
    }

    private JsonNode upload(String id, byte[] bytes, int status) {
        ApiClient.Answer answer = sendImage(id, bytes);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.body();
    }

    private ApiClient.Answer sendImage(String id, byte[] bytes) {
        return client.send(
                "PUT", "/images/" + id + "/content", BodyPublishers.ofByteArray(bytes), "application/octet-stream");
    }

    @Test
    void withoutLogInOrTokenNothingIsAnsweredOrChanged() {
        ApiClient stranger = installation.anonymousClient();
        assertThat(stranger.send("GET", "/vms").status()).isEqualTo(401);
        assertThat(stranger.send("POST", "/vms", VmRequests.tiny("x", imageId)).status())
                .isEqualTo(401);
        ApiClient forged = installation.client();
        forged.forgetCsrfToken();
        assertThat(forged.send("POST", "/vms", VmRequests.tiny("x", imageId)).status())
                .isEqualTo(403);
    }

    private static void assertRefused(ApiClient.Answer answer, int status, String field) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().get("field").asText()).isEqualTo(field);
        assertThat(answer.body().get("detail").asText()).isNotBlank();
    }
}
