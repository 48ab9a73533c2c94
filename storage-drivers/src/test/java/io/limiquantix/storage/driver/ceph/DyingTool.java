package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import java.util.Set;

/** Runs so many commands that change something; at the next one its process is dead, as after a {@code kill -9}. */
final class DyingTool implements Tool {
    /** A death before a command that only looks leaves what one after the command before it does. */
    private static final Set<String> LOOKS = Set.of("ls", "info", "status", "du", "children", "get", "df");

    private final Tool tool;
    private int left = Integer.MAX_VALUE;

    DyingTool(Tool tool) {
        this.tool = tool;
    }

    /** What the dead process's caller would never see. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void dieAfter(int commands) {
        left = commands;
    }

    @Override
    public synchronized String run(CommandLine command) {
        boolean changes = command.words().stream().noneMatch(LOOKS::contains);
        if (changes && left == 0) {
            throw new Death();
        }
        left -= changes ? 1 : 0;
        return tool.run(command);
    }
}
