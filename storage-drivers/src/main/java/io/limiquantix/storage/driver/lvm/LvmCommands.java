package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs the programs of lvm(8) with nothing in sight but the pool's disk, and as the host that they are run on: what belongs to
 * another host (lvmsystemid(7)) they refuse to touch.
 */
final class LvmCommands {
    /**
     * A command that is killed while it changes something can leave a volume suspended, whose guest then hangs for ever. So it is
     * left to end by itself, and callers are kept from waiting by a guard.
     */
    private static final Duration UNTIL_IT_ENDS = Duration.ofDays(1);

    private static final Duration LOOK = Duration.ofSeconds(60);

    private final Tool tool;
    private final String host;
    private final Supplier<Path> disk;
    private final JsonMapper json = new JsonMapper();

    /**
     * @param host the system id of lvmsystemid(7)
     * @param disk the device as the kernel calls it now
     */
    LvmCommands(Tool tool, String host, Supplier<Path> disk) {
        this.tool = tool;
        this.host = host;
        this.disk = disk;
    }

    String host() {
        return host;
    }

    Path disk() {
        return disk.get();
    }

    /** Changes something. */
    void change(String program, String... words) {
        run(CommandLine.of(program).with(words).within(UNTIL_IT_ENDS));
    }

    /** What the program reports, one entry for each group or volume; sizes in bytes. */
    List<JsonNode> report(String program, String fields, String... words) {
        return report(LOOK, program, fields, words);
    }

    List<JsonNode> report(Duration patience, String program, String fields, String... words) {
        String answer =
                run(CommandLine.of(program, "--reportformat", "json", "--units", "b", "--nosuffix", "--options", fields)
                        .with(words)
                        .within(patience));
        List<JsonNode> entries = new ArrayList<>();
        read(program, answer).path("report").forEach(part -> part.forEach(list -> list.forEach(entries::add)));
        return entries;
    }

    private JsonNode read(String program, String answer) {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException e) {
            throw StorageException.of(program + " answered something else than JSON", e);
        }
    }

    private String run(CommandLine command) {
        try {
            return tool.run(command.with("--devices", disk().toString(), "--config", configuration()));
        } catch (ToolException e) {
            throw LvmFailure.of(command, e);
        }
    }

    /** Without copies of every state that there ever was, which would make each command slower than the one before. */
    private String configuration() {
        return "global{system_id_source=\"lvmlocal\"} local{system_id=\"" + host
                + "\"} backup{archive=0} activation{monitoring=0} devices{obtain_device_list_from_udev=0}";
    }
}
