package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Json;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a task to its end: the end of its body or, when that fails, of its undo. Whatever is thrown from here leaves the
 * task as it is, for another run to go on with.
 */
final class TaskExecution<I extends Record> {
    private static final Logger LOG = LoggerFactory.getLogger(TaskExecution.class);
    private static final Failure DEFECT =
            Failure.of(FailureCode.INTERNAL, "The task failed by a defect; the log of the control plane says more.");
    private static final Failure UNREADABLE =
            Failure.of(FailureCode.INTERNAL, "What this task was to do cannot be read any more; ask for it again.");

    private final TaskKind<I> kind;
    private final ClaimedTask task;
    private final TaskRun run;
    private final TaskStore store;

    TaskExecution(TaskKind<I> kind, ClaimedTask task, TaskRun run, TaskStore store) {
        this.kind = kind;
        this.task = task;
        this.run = run;
        this.store = store;
    }

    void toItsEnd() {
        run.begin();
        Optional<Failure> failure = failure();
        if (failure.isEmpty()) {
            return;
        }
        run.undo(failure.get());
        store.fail(task, failure.get().code() == FailureCode.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED);
    }

    /** Runs the body and stores its end; returns why the task is to be undone, and nothing when it has succeeded. */
    private Optional<Failure> failure() {
        try {
            kind.body().run(input(), run);
            if (task.state() == TaskState.UNDOING) {
                return Optional.of(first(DEFECT));
            }
            run.succeed();
            return Optional.empty();
        } catch (TaskRun.ReplayEnded e) {
            LOG.debug("task {} goes on undoing", task.id());
            return Optional.of(first(DEFECT));
        } catch (FailureException e) {
            if (!Defects.isRefusal(e) && isReplayWorthAnotherRun()) {
                throw e;
            }
            LOG.info("task {} ({}) failed: {}", task.id(), task.kind(), e.getMessage());
            run.logUnseen();
            return Optional.of(first(e.failure()));
        } catch (RuntimeException | Error e) {
            if (Defects.mayPass(e, task) || isReplayWorthAnotherRun()) {
                throw e;
            }
            LOG.error("task {} ({}) failed by a defect", task.id(), task.kind(), e);
            run.logUnseen();
            return Optional.of(first(DEFECT));
        }
    }

    /** An undo would leave out what the replay has not come to; a defect there may be this process's own. */
    private boolean isReplayWorthAnotherRun() {
        return run.isReplaying() && Defects.isWorthAnotherRun(task);
    }

    /** An undo that goes on is still for its first reason. */
    private Failure first(Failure now) {
        Failure before = task.failure();
        return before == null ? now : before;
    }

    private I input() {
        try {
            return Json.read(task.input(), kind.input());
        } catch (IOException e) {
            throw new FailureException(UNREADABLE, e);
        }
    }
}
