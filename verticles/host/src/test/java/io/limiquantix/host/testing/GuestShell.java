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

/** A shell inside of a tiny guest, by its agent. */
public final class GuestShell {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ProcessTool tool = new ProcessTool();
    private final JsonMapper json = new JsonMapper();
    private final UUID vm;
    private final String libvirt;

    public GuestShell(UUID vm) {
        this(vm, "qemu:///system");
    }

    /** @param libvirt the URI of the libvirt that runs the guest */
    public GuestShell(UUID vm, String libvirt) {
        this.vm = vm;
        this.libvirt = libvirt;
    }

    /** That of a guest that has booted. */
    public static GuestShell of(UUID vm) {
        GuestShell shell = new GuestShell(vm);
        shell.awaitAgent();
        return shell;
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

    /** Waits for the line's end; answers what it printed, without white space around it. */
    public String run(String line) {
        List<String> words = List.of("-c", "exec 2>&1; " + line);
        JsonNode begun = ask("guest-exec", Map.of("path", "/bin/sh", "arg", words, "capture-output", true));
        JsonNode ended = Eventually.get(
                PATIENCE,
                () -> ask("guest-exec-status", Map.of("pid", begun.path("pid").asInt())),
                status -> status.path("exited").asBoolean());
        byte[] bytes = Base64.getDecoder().decode(ended.path("out-data").asText(""));
        String output = new String(bytes, StandardCharsets.UTF_8).strip();
        if (ended.path("exitcode").asInt() != 0) {
            throw new AssertionError(line + " failed inside the guest: " + output);
        }
        return output;
    }

    private JsonNode ask(String command, Map<String, Object> arguments) {
        try {
            String text = json.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            return json.readTree(tool.run(
                            CommandLine.of("virsh", "-q", "-c", libvirt, "qemu-agent-command", vm.toString(), text)))
                    .path("return");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
