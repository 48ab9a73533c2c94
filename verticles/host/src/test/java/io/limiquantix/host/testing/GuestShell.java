package io.limiquantix.host.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The shell of a running guest, reached through its agent. */
public final class GuestShell implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC());
    private final GuestAgent agent = new GuestAgent(connection);
    private final UUID vmId;

    private GuestShell(UUID vmId) {
        this.vmId = vmId;
    }

    /** Waits until the guest's agent answers. */
    public static GuestShell of(UUID vmId) {
        GuestShell shell = new GuestShell(vmId);
        shell.connection.start();
        shell.connection.awaitFirst(Duration.ofSeconds(30));
        Eventually.holds(() -> shell.agent.answers(vmId, soon()));
        return shell;
    }

    /** What the line printed; fails with that when its exit code is not 0. */
    public String run(String line) {
        JsonNode begun = ask(
                "guest-exec", Map.of("path", "/bin/sh", "arg", List.of("-c", line + " 2>&1"), "capture-output", true));
        Map<String, Object> pid = Map.of("pid", begun.path("pid").asLong());
        JsonNode end = Eventually.get(() -> ask("guest-exec-status", pid), status -> status.path("exited")
                .asBoolean());
        String printed =
                new String(Base64.getDecoder().decode(end.path("out-data").asText()), StandardCharsets.UTF_8);
        if (end.path("exitcode").asInt() != 0) {
            throw new AssertionError("\"" + line + "\" ended with " + end.path("exitcode") + ": " + printed);
        }
        return printed.strip();
    }

    private JsonNode ask(String command, Map<String, Object> arguments) {
        try {
            String question = JSON.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            return JSON.readTree(agent.ask(vmId, question, ANSWER, soon()).orElseThrow())
                    .path("return");
        } catch (JsonProcessingException e) {
            throw new AssertionError("the agent does not speak JSON", e);
        }
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(20);
    }

    @Override
    public void close() {
        connection.close();
    }
}
