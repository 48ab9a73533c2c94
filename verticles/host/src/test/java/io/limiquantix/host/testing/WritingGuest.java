package io.limiquantix.host.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tiny guest that writes words to its disk, asked through virsh so that it outlives any host process. */
public final class WritingGuest {
    /** Where it writes on its disk, behind its file system. */
    public static final int MEBIBYTE = 200;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ProcessTool tool = new ProcessTool();
    private final JsonMapper json = new JsonMapper();
    private final UUID vm;

    public WritingGuest(UUID vm) {
        this.vm = vm;
    }

    /** Waits until the guest has booted. */
    public void awaitAgent() {
        Eventually.get(PATIENCE, this::answers, answers -> answers);
    }

    private boolean answers() {
        try {
            ask("guest-ping", Map.of());
            return true;
        } catch (ToolException _) {
            return false;
        }
    }

    /** Writes a word to the disk and waits until it is there. */
    public void write(String word) {
        run("echo " + word + " | dd of=/dev/vda bs=1M seek=" + MEBIBYTE + " conv=notrunc,fsync 2>/dev/null");
    }

    /** The word on the disk. */
    public String read() {
        return run("dd if=/dev/vda bs=1M skip=" + MEBIBYTE + " count=1 2>/dev/null | head -n 1");
    }

    /** What the command printed. */
    public String run(String line) {
        JsonNode begun =
                ask("guest-exec", Map.of("path", "/bin/sh", "arg", List.of("-c", line), "capture-output", true));
        JsonNode ended = Eventually.get(
                PATIENCE,
                () -> ask("guest-exec-status", Map.of("pid", begun.path("pid").asInt())),
                status -> status.path("exited").asBoolean());
        byte[] output = Base64.getDecoder().decode(ended.path("out-data").asText(""));
        return new String(output, StandardCharsets.UTF_8).strip();
    }

    private JsonNode ask(String command, Map<String, Object> arguments) {
        try {
            String text = json.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            return json.readTree(tool.run(CommandLine.of(
                            "virsh", "-q", "-c", "qemu:///system", "qemu-agent-command", vm.toString(), text)))
                    .path("return");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
