package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.time.Duration;
import java.time.Instant;

/** Runs rbd(8), ceph(8) and rados(8) as the pool's user. */
final class CephCommands {
    static final Duration USUAL = Duration.ofSeconds(60);
    /** For what moves bytes: it ends by itself when the cluster is silent. */
    static final Duration COPY = Duration.ofHours(6);

    private final Tool tool;
    private final CurrentAccess access;
    private final JsonMapper json = new JsonMapper();
    private volatile Instant lastGivenUp = Instant.MIN;

    CephCommands(Tool tool, CurrentAccess access) {
        this.tool = tool;
        this.access = access;
    }

    /** @throws StorageException as {@link CephFailure} has it */
    String run(Duration patience, String program, String... words) {
        ClusterAccess by = access.now();
        CommandLine command = CommandLine.of(
                        program,
                        "--conf",
                        by.configuration().toString(),
                        "--id",
                        by.address().user())
                .with(words)
                .within(patience);
        try {
            return tool.run(command);
        } catch (ToolException e) {
            StorageException failure =
                    CephFailure.of(program + " " + String.join(" ", words), by.address(), patience, e);
            if (failure.reason() == Reason.TIMEOUT) {
                lastGivenUp = Instant.now();
            }
            throw failure;
        }
    }

    JsonNode ask(Duration patience, String program, String... words) {
        return read(program, run(patience, program, words));
    }

    private JsonNode read(String program, String answer) {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException e) {
            throw StorageException.of(program + " answered something else than JSON", e);
        }
    }

    /** When a command was last cut off; the cluster may count its client as there for some time yet. */
    Instant lastGivenUp() {
        return lastGivenUp;
    }
}
