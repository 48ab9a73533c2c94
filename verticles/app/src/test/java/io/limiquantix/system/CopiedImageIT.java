package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A guest whose disk is in another pool than its image: the image is copied there first, and the guest boots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CopiedImageIT {
    private static final int AT_ONCE = 5;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final String imageId = installation.prepare(client, GuestImages.tiny());
    private final Path otherFolder = installation.folder().resolve("other");
    private final String otherPool = installation.makePool(client, "other", otherFolder);
    private final String hostId =
            client.get("/hosts").get("items").get(0).get("id").asText();
    private final List<String> vmIds = new ArrayList<>();

    @AfterAll
    void close() {
        Libvirt.destroyAll(vmIds.stream());
        installation.close();
    }

    private ObjectNode vm(String name) {
        ObjectNode request = (ObjectNode) VmRequests.tiny(name, imageId);
        ((ObjectNode) request.get("disks").get(0)).put("poolId", otherPool);
        return request;
    }

    private String copyPath() {
        return "/images/" + imageId + "/copies/" + otherPool + "/" + hostId;
    }

    private Stream<JsonNode> copies() {
        return IntStream.range(0, client.get("/images/" + imageId).get("copies").size())
                .mapToObj(i -> client.get("/images/" + imageId).get("copies").get(i));
    }

    @Test
    @Order(1)
    void guestsThatAreAskedForAtOnceWaitForOneCopyAndBoot() throws IOException {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            ObjectNode request = vm("copied-" + i);
            request.put("start", i == 0);
            request.put("waitForAgent", i == 0);
            JsonNode accepted = client.begin("POST", "/vms", request);
            tasks.add(accepted.get("taskId").asText());
            vmIds.add(accepted.get("targetId").asText());
        }
        assertThat(tasks.stream().map(client::awaitTask))
                .allSatisfy(task -> assertThat(task.get("state").asText())
                        .as(task.toString())
                        .isEqualTo("SUCCEEDED"));
        assertThat(client.get("/vms/" + vmIds.getFirst()).get("powerState").asText())
                .isEqualTo("RUNNING");
        assertThat(client.get("/tasks").get("items"))
                .filteredOn(task -> task.get("kind").asText().equals("image.bring"))
                .hasSize(1);
        assertThat(imageFile(otherFolder)).hasSameBinaryContentAs(GuestImages.tiny());
        assertThat(copies())
                .filteredOn(copy -> copy.get("poolId").asText().equals(otherPool))
                .singleElement()
                .satisfies(copy -> {
                    assertThat(copy.get("state").asText()).isEqualTo("READY");
                    assertThat(copy.get("kept").asBoolean()).isFalse();
                });
        assertThat(VmRequests.filesNamed(installation.folder().resolve("control/host/exports"), List.of("")))
                .isEmpty();
    }

    private static Path imageFile(Path pool) throws IOException {
        try (Stream<Path> files = Files.list(pool.resolve("images"))) {
            return files.filter(file -> file.toString().endsWith(".qcow2"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Order(2)
    void theCopyStaysWhileDisksDependOnItAndGoesWhenNoneDoes() throws IOException {
        assertThat(client.send("DELETE", copyPath()).status()).isEqualTo(409);
        for (String vmId : vmIds) {
            client.succeed("DELETE", "/vms/" + vmId + "?force=true", ApiClient.json("{}"));
        }
        client.succeed("DELETE", copyPath(), ApiClient.json("{}"));
        assertThat(copies()).hasSize(1);
        try (Stream<Path> files = Files.list(otherFolder.resolve("images"))) {
            assertThat(files).isEmpty();
        }
        JsonNode only = copies().findFirst().orElseThrow();
        String path = "/images/" + imageId + "/copies/" + only.get("poolId").asText() + "/" + hostId;
        assertThat(client.send("DELETE", path).status()).as("the only one").isEqualTo(409);
    }

    @Test
    @Order(3)
    void aPersonPutsACopyThereBeforeItIsNeeded() throws IOException {
        JsonNode where = ApiClient.json("{\"poolId\": \"" + otherPool + "\"}");
        client.succeed("POST", "/images/" + imageId + "/copies", where);
        assertThat(imageFile(otherFolder)).hasSameBinaryContentAs(GuestImages.tiny());
        assertThat(copies())
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.get("kept").asBoolean()).isTrue());
        JsonNode nowhere = ApiClient.json("{\"poolId\": \"" + imageId + "\"}");
        assertThat(client.send("POST", "/images/" + imageId + "/copies", nowhere)
                        .status())
                .isEqualTo(400);
    }
}
