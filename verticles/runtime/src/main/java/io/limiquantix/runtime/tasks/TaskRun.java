package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a task by one process. For the task's own thread, but for {@link #requestCancel} and {@link #loseLease}. */
public final class TaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    private final ClaimedTask task;
    private final TaskStore store;
    private final TaskObserver observer;
    private final Patience patience;
    private final Deque<Undo> undos = new ArrayDeque<>();
    private final AtomicBoolean cancelRequested;
    private final AtomicBoolean leaseLost = new AtomicBoolean();
    private boolean cancellable = true;

    private record Undo(String step, Consumer<Caller> action) {}

    TaskRun(ClaimedTask task, TaskStore store, TaskObserver observer, Patience patience) {
        this.task = task;
        this.store = store;
        this.observer = observer;
        this.patience = patience;
        this.cancelRequested = new AtomicBoolean(task.cancelRequested());
    }

    public UUID taskId() {
        return task.id();
    }

    public UUID targetId() {
        return task.targetId();
    }

    /** Begins a step; {@link Step#run} or {@link Step#orUndo} says what it does. */
    public <R extends Record> Step<R> step(String name, Class<R> result) {
        return new Step<>(name, result);
    }

    /** A step under construction. */
    public final class Step<R extends Record> {
        private final String name;
        private final Class<R> type;
        private int progress;
        private Duration untilGivenUp = patience.step();

        private Step(String name, Class<R> type) {
            this.name = name;
            this.type = type;
        }

        /** How far the task is once this step is done, 0 to 100. */
        public Step<R> progress(int percent) {
            this.progress = percent;
            return this;
        }

        /** How long to go on asking while nobody answers, instead of two minutes. */
        public Step<R> patience(Duration time) {
            this.untilGivenUp = time;
            return this;
        }

        /** A step that leaves nothing behind when it or a later one fails. */
        public R run(Function<Caller, R> action) {
            return orUndo(action, caller -> {});
        }

        /**
         * Runs the action unless an earlier run has done so. When it or a later step fails, the undo action runs; it
         * must cope with an action that never happened or happened halfway, so ids are chosen before the action.
         */
        public R orUndo(Function<Caller, R> action, Consumer<Caller> undo) {
            var stored = store.step(task.id(), name, type);
            undos.push(new Undo(name, undo));
            if (stored.isPresent() && stored.get().result() != null) {
                return type.cast(stored.get().result());
            }
            if (task.state() == TaskState.UNDOING) {
                throw new ReplayEnded();
            }
            checkCancelled();
            store.stepBegins(task, name);
            observer.stepBegins(task.id(), task.kind(), name);
            R result = persistently(name, untilGivenUp, action);
            store.stepEnded(task, name, result, progress);
            observer.stepEnded(task.id(), task.kind(), name);
            return result;
        }
    }

    /** Ends the replay of a task that was being undone when its process died. */
    static final class ReplayEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ReplayEnded() {
            super("replayed up to the step that had failed", null, false, false);
        }
    }

    /** Adds a line to the task's log, for a person to read; never a secret. */
    public void log(String line) {
        store.log(task, line);
    }

    /** Says how far a long step has come, 0 to 100. */
    public void progress(int percent) {
        store.progress(task, percent);
    }

    /** From here on the task goes on to its end, whoever wants to cancel it. */
    public void pointOfNoReturn() {
        cancellable = false;
    }

    /**
     * What was made so far stays, however the rest of the task ends; the rest can be cancelled again. To be called where
     * the thing is complete and the task only goes on to watch it.
     */
    public void settle() {
        undos.clear();
        cancellable = true;
    }

    /** Ends the run with {@code CANCELLED} if somebody asked for that. */
    public void checkCancelled() {
        if (leaseLost.get()) {
            throw new LeaseLostException(task.id());
        }
        if (cancellable && cancelRequested.get()) {
            throw FailureException.of(FailureCode.CANCELLED, "The task was cancelled.");
        }
    }

    /** Waits for the condition, asking again after a pause, until the time is over; false when it never held. */
    public boolean waitUntil(Duration time, BooleanSupplier condition) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            checkCancelled();
            if (condition.getAsBoolean()) {
                return true;
            }
            patience.pause(0);
        }
        return false;
    }

    void requestCancel() {
        cancelRequested.set(true);
    }

    void loseLease() {
        leaseLost.set(true);
    }

    UUID id() {
        return task.id();
    }

    /** An operation of this task; the same name gives the same operation in every run. */
    private Caller caller(String name) {
        return new Caller(
                Uuid7.derived(task.id(), name),
                Instant.now().plus(patience.request()),
                task.actor(),
                new TaskEpoch(task.id(), task.epoch()),
                null);
    }

    private <R> R persistently(String name, Duration time, Function<Caller, R> action) {
        Instant end = Instant.now().plus(time);
        for (int attempt = 0; ; attempt++) {
            try {
                return action.apply(caller(name));
            } catch (FailureException e) {
                if (!e.code().isTransient() || Instant.now().isAfter(end)) {
                    throw e;
                }
                if (attempt == 0) {
                    log("Waiting: " + e.failure().message());
                }
                checkCancelled();
                patience.pause(attempt);
            }
        }
    }

    /** Takes back what the steps did, the last one first. What cannot be undone is written to the log and passed over. */
    void undo(Failure why) {
        cancellable = false;
        if (task.state() != TaskState.UNDOING) {
            store.beginUndo(task, why);
        }
        var done = store.undoneSteps(task.id());
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            if (done.contains(undo.step())) {
                continue;
            }
            try {
                observer.undoBegins(task.id(), task.kind(), undo.step());
                persistently("undo " + undo.step(), patience.undo(), caller -> {
                    undo.action().accept(caller);
                    return true;
                });
            } catch (FailureException e) {
                LOG.error("task {}: step {} could not be undone", task.id(), undo.step(), e);
                log("Could not undo \"" + undo.step() + "\": " + e.failure().message());
            }
            store.stepUndone(task, undo.step());
        }
    }
}
