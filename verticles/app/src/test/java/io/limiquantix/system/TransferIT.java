package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Volumes that come from a person's disk and go back to it, through a whole installation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MIB = 1 << 20;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final String imageId = installation.prepare(client, GuestImages.tiny());
    private final String poolId =
            client.get("/pools").get("items").get(0).get("id").asText();

    @AfterAll
    void close() {
        installation.close();
    }

    @Test
    void aFileBecomesAVolumeAndTheVolumeAFileAgain() throws Exception {
        byte[] bytes = new byte[4 * MIB];
        Arrays.fill(bytes, 2 * MIB, 3 * MIB, (byte) 7);
        String volume = upload("from-disk", "qcow2", Files.readAllBytes(qcow2(bytes)));
        JsonNode made = client.get("/volumes/" + volume);
        assertThat(made.get("sizeBytes").asLong()).isEqualTo(bytes.length);
        assertThat(made.get("state").asText()).isEqualTo("READY");
        assertThat(made.has("imageId")).isFalse();

        String raw = export(volume, "raw");
        HttpResponse<byte[]> all = fetch(volume, raw, null);
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(bytes);
        assertThat(all.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("filename*=UTF-8''from-disk.raw");
        String qcow2 = export(volume, "qcow2");
        Path fetched = Files.write(
                Files.createTempFile("fetched", ".qcow2"),
                fetch(volume, qcow2, null).body());
        Path back = fetched.resolveSibling(fetched.getFileName() + ".raw");
        Libvirt.run(List.of("qemu-img", "convert", "-f", "qcow2", "-O", "raw", fetched.toString(), back.toString()));
        assertThat(Files.readAllBytes(back)).isEqualTo(bytes);
        assertThat(client.get("/volumes/" + volume + "/exports").get("items"))
                .extracting(e -> e.get("state").asText())
                .containsExactly("READY", "READY");
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(raw, qcow2)))
                .isEmpty();
    }

    @Test
    void aDownloadThatWasCutOffGoesOnWhereItWas() throws Exception {
        byte[] bytes = new byte[2 * MIB];
        Arrays.fill(bytes, MIB, 2 * MIB, (byte) 3);
        String volume = upload("parts", "raw", bytes);
        String export = export(volume, "raw");
        HttpResponse<byte[]> rest = fetch(volume, export, "bytes=" + (MIB - 1) + "-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, MIB - 1, 2 * MIB));
        assertThat(rest.headers().firstValue("Content-Range"))
                .hasValue("bytes " + (MIB - 1) + "-" + (2 * MIB - 1) + "/" + 2 * MIB);
        assertThat(fetch(volume, export, "bytes=-5").body()).containsExactly(3, 3, 3, 3, 3);
        assertThat(fetch(volume, export, "bytes=" + 2 * MIB + "-").statusCode()).isEqualTo(416);
        assertThat(fetch(volume, export, "bytes=../etc").body()).hasSize(2 * MIB);
    }

    @Test
    void whoIsNotLoggedInOrAsksForAnothersFileGetsNothing() throws Exception {
        String volume = upload("private", "raw", new byte[MIB]);
        String export = export(volume, "raw");
        String other = upload("other", "raw", new byte[MIB]);
        assertThat(fetch(other, export, null).statusCode()).isEqualTo(404);
        assertThat(installation
                        .anonymousClient()
                        .send("GET", "/volumes/" + volume + "/exports/" + export + "/content")
                        .status())
                .isEqualTo(401);
        assertThat(client.send("DELETE", "/volumes/" + volume + "/exports/" + export)
                        .status())
                .isEqualTo(204);
        assertThat(fetch(volume, export, null).statusCode()).isEqualTo(404);
        assertThat(hostsExports()).doesNotContain(export);
    }

    private List<String> hostsExports() throws IOException {
        try (var files = Files.list(installation.folder().resolve("control/host/exports"))) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Test
    void bytesThatLieBecomeNoVolumeAndStayNowhere() throws Exception {
        String id = announce("liar", "raw");
        JsonNode accepted = send(id, Files.readAllBytes(qcow2(new byte[MIB])), 202);
        JsonNode task = client.awaitTask(accepted.get("taskId").asText());
        assertThat(task.get("state").asText()).isEqualTo("FAILED");
        assertThat(task.get("failure").get("message").asText()).containsIgnoringCase("qcow2");
        assertThat(client.send("GET", "/volumes/" + id).status()).isEqualTo(404);
        send(id, new byte[MIB], 404);
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(id)))
                .isEmpty();
    }

    @Test
    void aNameThatIsTakenIsSaidBeforeTheBytesAreSent() {
        upload("taken", "raw", new byte[MIB]);
        ApiClient.Answer answer = client.send("POST", "/uploads", announcement("Taken", "raw"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().get("field").asText()).isEqualTo("name");
        assertThat(client.send("POST", "/uploads", announcement("../x", "raw")).status())
                .isEqualTo(400);
        assertThat(client.send("POST", "/uploads", announcement("x", "iso")).status())
                .isEqualTo(400);
    }

    @Test
    void theDiskOfARunningMachineIsExportedAsItStoodAndTheMachineRunsOn() {
        JsonNode accepted = client.succeed("POST", "/vms", VmRequests.tiny("running", imageId));
        String vm = accepted.get("targetId").asText();
        String volume =
                client.get("/volumes?vmId=" + vm).get("items").get(0).get("id").asText();
        String export = export(volume, "qcow2");
        assertThat(Libvirt.state(vm)).isEqualTo("running");
        assertThat(client.get("/volumes/" + volume + "/exports").get("items")).hasSize(1);
        assertThat(client.get("/volumes/" + volume + "/snapshots").get("items")).isEmpty();
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(volume)))
                .as("what kept the disk as it was is merged away")
                .containsExactly("volumes/" + volume + ".qcow2");
        client.send("DELETE", "/volumes/" + volume + "/exports/" + export);
        client.succeed("DELETE", "/vms/" + vm + "?force=true", JSON.createObjectNode());
    }

    private String upload(String name, String format, byte[] bytes) {
        String id = announce(name, format);
        JsonNode accepted = send(id, bytes, 202);
        JsonNode task = client.awaitTask(accepted.get("taskId").asText());
        assertThat(task.get("state").asText()).as("%s", task).isEqualTo("SUCCEEDED");
        return accepted.get("targetId").asText();
    }

    private String announce(String name, String format) {
        ApiClient.Answer answer = client.send("POST", "/uploads", announcement(name, format));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.body().get("id").asText();
    }

    private JsonNode announcement(String name, String format) {
        return JSON.valueToTree(Map.of("name", name, "poolId", poolId, "format", format));
    }

    private JsonNode send(String upload, byte[] bytes, int status) {
        ApiClient.Answer answer = client.send(
                "PUT",
                "/uploads/" + upload + "/content",
                BodyPublishers.ofByteArray(bytes),
                "application/octet-stream");
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return answer.body();
    }

    private String export(String volume, String format) {
        return client.succeed("POST", "/volumes/" + volume + "/exports", format(format))
                .get("targetId")
                .asText();
    }

    private static JsonNode format(String format) {
        return JSON.createObjectNode().put("format", format);
    }

    private HttpResponse<byte[]> fetch(String volume, String export, @Nullable String range) throws Exception {
        URI uri = client.base().resolve("/api/v1/volumes/" + volume + "/exports/" + export + "/content");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (range != null) {
            request.header("Range", range);
        }
        return client.http().send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Path qcow2(byte[] bytes) throws IOException {
        Path raw = Files.write(Files.createTempFile("bytes", ".raw"), bytes);
        Path file = raw.resolveSibling(raw.getFileName() + ".qcow2");
        Libvirt.run(List.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), file.toString()));
        return file;
    }
}
