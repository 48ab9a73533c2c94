package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Clones of a real guest with two disks that runs and writes, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VmClonesIT {
    private static final Duration MERGED_WITHIN = Duration.ofMinutes(2);
    private static final List<String> DISKS = List.of("vda bs=1M seek=200", "vdb bs=1M seek=1");

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String source = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("source", imageId);
        request.put("waitForAgent", true);
        ((ObjectNode) request.at("/disks/0")).put("sizeBytes", 256L << 20);
        request.withArray("/disks").addObject().put("sizeBytes", 64L << 20);
        source = client.succeed("POST", "/vms", request).get("targetId").asText();
        new GuestShell(source).awaitFileSystem();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(vms().map(vm -> vm.get("id").asText()));
        installation.close();
    }

    private Stream<JsonNode> vms() {
        JsonNode items = client.get("/vms").get("items");
        return IntStream.range(0, items.size()).mapToObj(items::get);
    }

    private static void write(String vmId, String word) {
        DISKS.forEach(disk ->
                new GuestShell(vmId).run("echo " + word + " | dd of=/dev/" + disk + " conv=notrunc,fsync 2>/dev/null"));
    }

    private static void assertHolds(String vmId, String word) {
        for (String disk : DISKS) {
            String read = disk.replace("seek", "skip");
            assertThat(new GuestShell(vmId)
                            .run("dd if=/dev/" + read + " count=1 2>/dev/null | head -n 1")
                            .strip())
                    .isEqualTo(word);
        }
    }

    private String begin(String name, String kind, boolean start) {
        ApiClient.Answer answer = client.send(
                "POST",
                "/vms/" + source + "/clone",
                ApiClient.json("{\"name\": \"%s\", \"kind\": \"%s\", \"start\": %s}".formatted(name, kind, start)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        JsonNode clone = answer.body().get("clones").get(0);
        JsonNode task = client.awaitTask(clone.get("taskId").asText());
        assertThat(task.get("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        return clone.get("vmId").asText();
    }

    private JsonNode snapshots() {
        return client.get("/vms/" + source + "/snapshots").get("items");
    }

    private void delete(String vmId) {
        client.succeed("DELETE", "/vms/" + vmId + "?force=true", ApiClient.json("{}"));
    }

    private JsonNode vm(String vmId) {
        return client.get("/vms/" + vmId);
    }

    @Test
    @Order(1)
    void aLinkedCloneOfARunningGuestBeginsWithWhatItHoldsAndGoesItsOwnWay() {
        write(source, "one");
        String clone = begin("linked", "LINKED", true);
        new GuestShell(clone).awaitAgent();
        assertHolds(clone, "one");
        write(source, "two");
        write(clone, "mine");
        assertHolds(source, "two");
        assertHolds(clone, "mine");
        assertThat(vm(clone).at("/nics/0/mac")).isNotEqualTo(vm(source).at("/nics/0/mac"));
        assertThat(snapshots().get(0).get("stillness").asText()).isEqualTo("QUIESCED");
        assertThat(snapshots().get(0).at("/clones/0").asText()).isEqualTo("linked");
        ApiClient.Answer refusal = client.send("DELETE", "/vms/" + source + "?force=true");
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.body().get("detail").asText()).contains("linked");
        delete(clone);
        Eventually.get(MERGED_WITHIN, this::snapshots, JsonNode::isEmpty);
        assertHolds(source, "two");
    }

    @Test
    @Order(2)
    void aFullCloneHoldsTheSameBytes() {
        client.succeed("POST", "/vms/" + source + "/force-stop", ApiClient.json("{}"));
        String clone = begin("same", "FULL", false);
        Eventually.get(MERGED_WITHIN, this::snapshots, JsonNode::isEmpty);
        for (int disk = 0; disk < DISKS.size(); disk++) {
            assertThat(Libvirt.run(List.of("qemu-img", "compare", file(source, disk), file(clone, disk))))
                    .contains("identical");
        }
        delete(clone);
        client.succeed("POST", "/vms/" + source + "/start", ApiClient.json("{}"));
        new GuestShell(source).awaitAgent();
    }

    private String file(String vmId, int disk) {
        String volumeId = vm(vmId).at("/disks/" + disk + "/volumeId").asText();
        List<String> files = VmRequests.filesNamed(installation.poolFolder(), List.of(volumeId)).stream()
                .filter(name -> name.endsWith(".qcow2"))
                .toList();
        assertThat(files).hasSize(1);
        return installation.poolFolder().resolve(files.getFirst()).toString();
    }

    @Test
    @Order(3)
    void aFullCloneStaysWhenItsSourceIsDeleted() {
        write(source, "three");
        String clone = begin("full", "FULL", false);
        Eventually.get(MERGED_WITHIN, this::snapshots, JsonNode::isEmpty);
        Eventually.get(MERGED_WITHIN, () -> vm(source), vm -> !vm.has("activeTaskId"));
        assertHolds(source, "three");
        delete(source);
        client.succeed("POST", "/vms/" + clone + "/start", ApiClient.json("{}"));
        new GuestShell(clone).awaitAgent();
        assertHolds(clone, "three");
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder()).stream()
                        .filter(file -> file.endsWith(".qcow2")))
                .hasSize(2);
        delete(clone);
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder())).isEmpty();
    }
}
