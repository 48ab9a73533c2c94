package io.limiquantix.storage.driver.tool;

/** Runs command lines. Blocks; safe for use by many threads. */
public interface Tool {
    /**
     * Runs to the end and answers the standard output, unless the command's listener was told that.
     *
     * @throws ToolException for any exit code but 0, for a missing program, and when the time is over (the process is
     *     killed)
     */
    String run(CommandLine command);
}
