package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real guests start when their host's machine seems to have booted, and not when only its process is another one. */
class AutostartGuestsIT {
    private static final Duration TWO_BOOTS = Duration.ofMinutes(4);

    private final Installation installation = Installation.twoProcesses();
    private final ApiClient client = installation.client();
    private final String imageId = installation.prepare(client, GuestImages.tiny());
    private final String late = make("late", "{\"order\": 2}");
    private final String early = make("early", "{\"order\": 1, \"delaySeconds\": 600, \"untilAgent\": true}");

    @AfterEach
    void close() {
        Libvirt.destroyAll(Stream.of(late, early));
        installation.close();
    }

    private String make(String name, String autostart) {
        ObjectNode request = (ObjectNode) VmRequests.tiny(name, imageId);
        request.put("start", false);
        request.set("autostart", ApiClient.json(autostart));
        return client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    /** Newest first. */
    private List<JsonNode> tasks(String kind) {
        return StreamSupport.stream(client.get("/tasks").get("items").spliterator(), false)
                .filter(task -> task.get("kind").asText().equals(kind)
                        && task.get("actor").asText().equals("autostart"))
                .toList();
    }

    @Test
    void guestsStartInTheirOrderOnceForEachBoot() throws IOException {
        installation.host().kill();
        installation.startHost();
        installation.awaitHost(client);
        client.succeed("POST", "/vms/" + late + "/start", ApiClient.json("{}"));
        client.succeed("POST", "/vms/" + late + "/force-stop", ApiClient.json("{}"));
        assertThat(tasks("host.autostart"))
                .as("the process is another one, the boot is not")
                .isEmpty();
        installation.host().kill();
        Path boot = Files.writeString(installation.folder().resolve("boot-id"), "another boot");
        Files.writeString(
                installation.folder().resolve("host.yaml"), "  bootIdFile: " + boot + "\n", StandardOpenOption.APPEND);
        installation.startHost();
        List<JsonNode> boots = Eventually.get(
                TWO_BOOTS,
                () -> tasks("host.autostart"),
                all -> !all.isEmpty() && !all.getFirst().path("endedAt").isMissingNode());
        assertThat(boots.getFirst().get("state").asText()).as(boots.toString()).isEqualTo("SUCCEEDED");
        assertThat(tasks("vm.start").stream().map(task -> task.get("targetName").asText()))
                .containsExactly("late", "early");
        assertThat(Libvirt.state(early)).isEqualTo("running");
        assertThat(Libvirt.state(late)).isEqualTo("running");
    }
}
