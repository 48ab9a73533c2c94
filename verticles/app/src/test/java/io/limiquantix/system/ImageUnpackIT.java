package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images that come compressed or as another program's disk, through a whole installation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageUnpackIT {
    private static final int BYTES = 8 << 20;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final Path scratch;
    private final String poolId;
    private String vmId = "";

    ImageUnpackIT(@TempDir Path scratch) {
        this.scratch = scratch;
        installation.awaitHost(client);
        this.poolId = installation.makePool(client);
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId).filter(id -> !id.isEmpty()));
        installation.close();
    }

    private String draft(String name, String format, String sha256) {
        JsonNode wish = ApiClient.json(
                "{\"name\": \"" + name + "\", \"format\": \"" + format + "\", \"sha256\": \"" + sha256 + "\"}");
        return client.send("POST", "/images", wish).body().get("id").asText();
    }

    private JsonNode upload(String image, Path file) throws IOException {
        ApiClient.Answer answer = client.send(
                "PUT", "/images/" + image + "/content", BodyPublishers.ofFile(file), "application/octet-stream");
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return client.awaitTask(answer.body().get("taskId").asText());
    }

    private static void sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Path vmdk(Path raw) throws Exception {
        Path packed = scratch.resolve("appliance.vmdk.gz");
        sh("qemu-img convert -f raw -O vmdk -o subformat=streamOptimized " + raw + " " + scratch
                + "/appliance.vmdk && gzip -kf " + scratch + "/appliance.vmdk");
        return packed;
    }

    @Test
    void aCompressedVmdkBecomesAVolumeOfTheSameBytes() throws Exception {
        byte[] bytes = new byte[BYTES];
        new Random(5).nextBytes(bytes);
        Path raw = Files.write(scratch.resolve("disk.raw"), bytes);
        Path packed = vmdk(raw);
        String image = draft("appliance", "vmdk", sha256(packed));
        assertThat(client.get("/images/" + image).get("format").asText()).isEqualTo("vmdk");
        assertThat(upload(image, packed).get("state").asText()).isEqualTo("SUCCEEDED");
        JsonNode ready = client.get("/images/" + image);
        assertThat(ready.get("format").asText()).isEqualTo("qcow2");
        assertThat(ready.get("virtualSizeBytes").asInt()).isEqualTo(BYTES);
        JsonNode came = ready.get("cameAs");
        assertThat(came.get("format").asText()).isEqualTo("vmdk");
        assertThat(came.get("compression").asText()).isEqualTo("gzip");
        assertThat(came.get("sha256").asText()).isEqualTo(sha256(packed));
        assertThat(came.get("fileBytes").asLong()).isEqualTo(Files.size(packed));

        ObjectNode wish = (ObjectNode) ApiClient.json("{\"name\": \"disk\"}");
        wish.put("poolId", poolId).put("imageId", image).put("sizeBytes", BYTES);
        String volume = client.succeed("POST", "/volumes", wish).get("targetId").asText();
        Path file = Path.of(client.get("/volumes/" + volume).get("path").asText());
        sh("qemu-img compare -f raw -F qcow2 " + raw + " " + file);
        client.succeed("DELETE", "/volumes/" + volume, ApiClient.json("{}"));
        client.succeed("DELETE", "/images/" + image, ApiClient.json("{}"));
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(image)))
                .isEmpty();
    }

    @Test
    void whatIsNoDiskIsRefusedAndLeavesNothing() throws Exception {
        Path twice = scratch.resolve("twice.gz");
        sh("echo nothing | xz -c | gzip -c > " + twice);
        String image = draft("twice", "raw", sha256(twice));
        JsonNode task = upload(image, twice);
        assertThat(task.get("state").asText()).isEqualTo("FAILED");
        assertThat(task.get("failure").get("message").asText()).contains("compressed twice");
        JsonNode refused = client.get("/images/" + image);
        assertThat(refused.get("state").asText()).isEqualTo("REFUSED");
        assertThat(refused.get("problem").asText()).contains("compressed twice");
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(image)))
                .isEmpty();
    }

    @Test
    void aVmBootsFromAnImageThatCameCompressed() throws Exception {
        Path packed = scratch.resolve("tiny.qcow2.xz");
        sh("xz -1 -c < " + GuestImages.tiny() + " > " + packed);
        String image = draft("tiny", "qcow2", sha256(packed));
        assertThat(upload(image, packed).get("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(client.get("/images/" + image).get("sha256").asText()).isEqualTo(sha256(GuestImages.tiny()));
        ObjectNode request = (ObjectNode) VmRequests.tiny("unpacked", image);
        request.put("waitForAgent", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
        JsonNode vm = Eventually.get(
                () -> client.get("/vms/" + vmId),
                found -> found.path("guest").path("answered").asBoolean());
        assertThat(vm.get("powerState").asText()).isEqualTo("RUNNING");
    }
}
