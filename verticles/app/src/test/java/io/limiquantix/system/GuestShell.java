package io.limiquantix.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A shell inside of a tiny guest, by its agent, behind the platform's back. */
record GuestShell(String vmId) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BOOT = Duration.ofMinutes(2);

    /** Waits until the guest has booted. */
    void awaitAgent() {
        Eventually.get(BOOT, this::answers, answers -> answers);
    }

    /** Waits until it has mounted the file system that its agent is to freeze: the agent is there before. */
    void awaitFileSystem() {
        run("while ! grep -q ' /disk ' /proc/mounts; do usleep 100000; done");
    }

    private boolean answers() {
        try {
            ask("guest-ping", Map.of());
            return true;
        } catch (AssertionError _) {
            return false;
        }
    }

    /** Waits for the line's end; answers what it printed, as it printed it. */
    String run(String line) {
        JsonNode begun =
                ask("guest-exec", Map.of("path", "/bin/sh", "arg", List.of("-c", line), "capture-output", true));
        JsonNode ended = Eventually.get(
                () -> ask("guest-exec-status", Map.of("pid", begun.get("pid").asInt())),
                status -> status.get("exited").asBoolean());
        return new String(Base64.getDecoder().decode(ended.path("out-data").asText("")), StandardCharsets.UTF_8);
    }

    private JsonNode ask(String command, Map<String, Object> arguments) {
        String wish = JSON.valueToTree(Map.of("execute", command, "arguments", arguments))
                .toString();
        return ApiClient.json(Libvirt.virsh("qemu-agent-command", vmId, wish)).get("return");
    }
}
