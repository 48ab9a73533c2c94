package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;

/** Runs so many commands; at the next one its process is dead, as after a {@code kill -9}. */
final class DyingTool implements Tool {
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
        if (left == 0) {
            throw new Death();
        }
        left--;
        return tool.run(command);
    }
}
