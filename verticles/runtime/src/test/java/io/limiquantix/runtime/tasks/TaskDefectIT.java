package io.limiquantix.runtime.tasks;

import static io.limiquantix.runtime.tasks.Workbench.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.id.Uuid7;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a task, it ends, and what it works on is free again. */
class TaskDefectIT {
    private final Workbench bench = new Workbench();
    private final UUID target = Uuid7.next();

    @AfterEach
    void stop() {
        bench.close();
    }

    private TaskView endsByADefect(TaskKind.Body<Workbench.Input> body) {
        bench.register(body);
        return assertDefect(bench.submit(target));
    }

    private TaskView assertDefect(UUID taskId) {
        TaskView task = bench.end(taskId);
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().code()).isEqualTo(FailureCode.INTERNAL);
        assertThat(bench.submit(target)).isNotEqualTo(taskId);
        return task;
    }

    @Test
    void anInputThatCannotBeRead() {
        UUID id = bench.submit(target);
        bench.database().update("update runtime.tasks set input = '{\"text\": {\"not\": \"a text\"}}'");
        bench.register((input, run) -> bench.step(run, "one"));
        bench.end(id);
        assertThat(bench.effects).isEmpty();
        Failure failure = assertDefect(id).failure();
        assertThat(failure).isNotNull();
        assertThat(failure.message()).contains("cannot be read");
    }

    @Test
    void aBodyThatNeverReturns() {
        TaskView task = endsByADefect((input, run) -> {
            bench.step(run, "one");
            bench.step(run, "two", () -> endless(1));
        });
        assertThat(bench.effects).startsWith("make one", "make two", "undo two", "undo one");
        assertThat(log(task)).isEmpty();
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @Test
    void aResultThatTheDatabaseRefuses() {
        endsByADefect((input, run) -> {
            bench.step(run, "one");
            run.step("two", Workbench.Made.class).run(caller -> new Workbench.Made("nul \0"));
        });
        assertThat(bench.effects).startsWith("make one", "undo one");
    }

    @Test
    void anUndoThatFailsByADefect() {
        TaskView task = endsByADefect((input, run) -> {
            bench.step(run, "one");
            run.step("two", Workbench.Made.class).orUndo(caller -> new Workbench.Made("two"), caller -> {
                throw new IllegalStateException("a defect");
            });
            bench.step(run, "three", () -> {
                throw new IllegalStateException("another defect");
            });
        });
        assertThat(bench.effects).startsWith("make one", "make three", "undo three", "undo one");
        assertThat(log(task)).singleElement().asString().startsWith("Could not undo \"two\": ");
    }

    @Test
    void somethingThatGoesWrongElsewhereDuringAnUndoIsWaitedFor() {
        AtomicInteger attempts = new AtomicInteger();
        bench.register((input, run) -> {
            run.step("one", Workbench.Made.class).orUndo(caller -> new Workbench.Made("one"), caller -> {
                if (attempts.incrementAndGet() < 3) {
                    throw FailureException.of(FailureCode.INTERNAL, "Something went wrong inside LimiQuantix.");
                }
                bench.effects.add("undo one");
            });
            throw FailureException.conflict("No.");
        });
        TaskView task = bench.end(bench.submit());
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(bench.effects).containsExactly("undo one");
        assertThat(log(task)).containsExactly("Waiting: Something went wrong inside LimiQuantix.");
    }
}
