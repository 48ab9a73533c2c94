package io.limiquantix.host.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A guest's own shell, reached by its agent. */
public final class GuestShell {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final JsonMapper json = new JsonMapper();
    private final GuestAgent agent;
    private final UUID vm;

    public GuestShell(GuestAgent agent, UUID vm) {
        this.agent = agent;
        this.vm = vm;
    }

    /** Waits for the line's end; answers what it printed, without white space around it. */
    public String run(String line) {
        var call = Map.of("path", "/bin/sh", "arg", List.of("-c", "exec 2>&1; " + line), "capture-output", true);
        JsonNode begun = ask("guest-exec", call).orElseThrow();
        var look = Map.of("pid", begun.path("pid").asLong());
        JsonNode end = Eventually.get(() -> ask("guest-exec-status", look), status -> status.filter(
                                s -> s.path("exited").asBoolean())
                        .isPresent())
                .orElseThrow();
        String output =
                new String(Base64.getDecoder().decode(end.path("out-data").asText()), StandardCharsets.UTF_8);
        if (end.path("exitcode").asInt() != 0) {
            throw new AssertionError(line + " failed inside the guest: " + output);
        }
        return output.strip();
    }

    private Optional<JsonNode> ask(String command, Map<String, ?> arguments) {
        try {
            String words = json.writeValueAsString(Map.of("execute", command, "arguments", arguments));
            Optional<String> reply = agent.ask(vm, words, ANSWER, Instant.now().plus(PATIENCE));
            return reply.isEmpty()
                    ? Optional.empty()
                    : Optional.of(json.readTree(reply.get()).path("return"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the agent's answer to " + command, e);
        }
    }
}
