package io.limiquantix.runtime.tasks;

/**
 * A sort of task and what it does. The body is run again from its beginning by whoever takes over after a crash: steps
 * that were finished return what they returned before, so everything outside a step must be free of effects.
 *
 * @param name for instance {@code vm.create}
 * @param input stored as JSON when the task is submitted
 */
public record TaskKind<I extends Record>(String name, Class<I> input, Body<I> body) {

    /** The steps, one after the other, on a virtual thread. */
    @FunctionalInterface
    public interface Body<I extends Record> {
        void run(I input, TaskRun run);
    }
}
