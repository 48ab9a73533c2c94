package io.limiquantix.storage.driver.tool;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs so many commands that change something; at the next one its process is dead, as after a {@code kill -9}, or that command
 * fails.
 */
public final class DyingTool implements Tool {
    private final Tool tool;
    private final Set<String> looks;
    private int left;
    private int changes;
    private Runnable end = () -> {};
    private String halfProgram = "";
    private @Nullable Consumer<CommandLine> half;

    /** @param looks words of commands that only look: a death before one leaves what one after the command before it does */
    public DyingTool(Tool tool, Set<String> looks) {
        this.tool = tool;
        this.looks = Set.copyOf(looks);
        live();
    }

    /** What the dead process's caller would never see. */
    public static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How many commands that change something it has run. */
    public synchronized int changes() {
        return changes;
    }

    /** From now on, all commands are run. */
    public synchronized void live() {
        left = Integer.MAX_VALUE;
        halfProgram = "";
    }

    /** Commands that only look are not counted. */
    public synchronized void dieAfter(int commands) {
        left = commands;
        end = () -> {
            throw new Death();
        };
    }

    /** The command after so many others fails, without having done anything, and those after it are run. */
    public synchronized void failAfter(int commands) {
        left = commands;
        end = () -> {
            live();
            throw new ToolException(ToolException.Kind.FAILED, "it failed for the test.", "It failed for the test.", 5);
        };
    }

    /** Dies in the middle of the program; {@code work} does what it has done by then. */
    public synchronized void dieIn(String program, Consumer<CommandLine> work) {
        halfProgram = program;
        half = work;
    }

    @Override
    public synchronized String run(CommandLine command) {
        if (half != null && command.program().equals(halfProgram)) {
            half.accept(command);
            throw new Death();
        }
        boolean isChange = command.words().stream().noneMatch(looks::contains);
        if (isChange && left == 0) {
            end.run();
        }
        if (isChange) {
            left--;
            changes++;
        }
        return tool.run(command);
    }
}
