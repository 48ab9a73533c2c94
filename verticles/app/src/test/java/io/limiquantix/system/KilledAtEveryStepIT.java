package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Control plane and host as two processes, and either one killed at every point of making a VM in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAtEveryStepIT {
    private final Installation installation;
    private final ApiClient client;
    private final String imageId;

    KilledAtEveryStepIT() {
        installation = Installation.twoProcesses();
        client = installation.client();
        imageId = installation.prepare(client, GuestImages.tiny());
    }

    @BeforeAll
    void learnThePoints() {
        makeAndDelete("rehearsal");
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(vmIds());
        installation.close();
    }

    private Stream<String> vmIds() {
        return IntStream.range(0, client.get("/vms").get("items").size())
                .mapToObj(i -> client.get("/vms").get("items").get(i).get("id").asText());
    }

    @TestFactory
    Stream<DynamicTest> theControlPlaneIsKilled() {
        return points("control", "vm.create")
                .map(point -> DynamicTest.dynamicTest(point, () -> {
                    installation.controlPlane().dieAt(point);
                    String key = UUID.randomUUID().toString();
                    Optional<ApiClient.Answer> first = ask(name(point), key);
                    installation.controlPlane().awaitEnd();
                    installation.startControlPlane();
                    ApiClient.Answer again = ask(name(point), key).orElseThrow();
                    assertThat(again.status()).as(again.toString()).isEqualTo(202);
                    first.ifPresent(answer -> assertThat(answer.body()).isEqualTo(again.body()));
                    assertOneVmAndNothingElse(again.body());
                }));
    }

    @TestFactory
    Stream<DynamicTest> theHostIsKilled() {
        List<String> changing = points("host", "")
                .filter(point ->
                        point.matches(".* host\\.(storage\\.(create-volume|make-seed)|domain\\.(define|start))"))
                .toList();
        assertThat(changing).hasSize(8);
        return changing.stream()
                .map(point -> DynamicTest.dynamicTest(point, () -> {
                    installation.host().dieAt(point);
                    JsonNode accepted = begin(name(point));
                    installation.host().awaitEnd();
                    installation.startHost();
                    assertOneVmAndNothingElse(accepted);
                }));
    }

    private Stream<String> points(String role, String prefix) {
        return installation.trace(role).stream()
                .filter(point -> point.startsWith(prefix))
                .distinct();
    }

    private static String name(String point) {
        return point.replaceAll("[^A-Za-z0-9]+", "-");
    }

    /** Empty when the process died before it could answer. */
    private Optional<ApiClient.Answer> ask(String name, String key) {
        try {
            return Optional.of(client.sendOnce("POST", "/vms", VmRequests.tiny(name, imageId), key));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private JsonNode begin(String name) {
        ObjectNode request = (ObjectNode) VmRequests.tiny(name, imageId);
        return client.begin("POST", "/vms", request);
    }

    private void makeAndDelete(String name) {
        assertOneVmAndNothingElse(begin(name));
    }

    private void assertOneVmAndNothingElse(JsonNode accepted) {
        String vmId = accepted.get("targetId").asText();
        JsonNode task = client.awaitTask(accepted.get("taskId").asText());
        assertThat(task.get("state").asText()).as(task.toString()).isEqualTo("SUCCEEDED");
        assertThat(Libvirt.domains().stream().filter(vmId::equals)).hasSize(1);
        assertThat(Libvirt.state(vmId)).isEqualTo("running");
        JsonNode vm = client.get("/vms/" + vmId);
        String volumeId = vm.get("disks").get(0).get("volumeId").asText();
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder()))
                .as("one disk and one seed, and nothing else")
                .hasSize(2)
                .allMatch(file -> file.contains(volumeId) || file.contains(vmId));
        delete(vmId);
    }

    private void delete(String vmId) {
        client.succeed("DELETE", "/vms/" + vmId + "?force=true", ApiClient.json("{}"));
        assertThat(Libvirt.isDefined(vmId)).isFalse();
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder())).isEmpty();
        assertThat(client.get("/volumes").get("items")).isEmpty();
        assertThat(client.get("/hosts").get("items").get(0).get("reservedVcpus").asInt())
                .isZero();
    }
}
