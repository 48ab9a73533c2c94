package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskStore.FinishedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a task by one process. For the task's own thread, but for {@link #requestCancel} and {@link #lease}. */
public final class TaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    private final ClaimedTask task;
    private final Lease lease;
    private final Slot slot;
    private final TaskStore store;
    private final TaskObserver observer;
    private final Patience patience;
    private final StepLog steps;
    private final Deque<Undo> undos = new ArrayDeque<>();
    private final AtomicBoolean cancelRequested;
    private Replay replay;
    private boolean cancellable = true;

    private record Undo(String step, Consumer<Caller> action) {}

    TaskRun(ClaimedTask task, Lease lease, Slot slot, TaskStore store, TaskObserver observer, Patience patience) {
        this.task = task;
        this.lease = lease;
        this.slot = slot;
        this.store = store;
        this.observer = observer;
        this.patience = patience;
        this.steps = new StepLog(task, store, observer);
        this.cancelRequested = new AtomicBoolean(task.cancelRequested());
        this.replay = new Replay(task, List.of());
    }

    /** Learns what earlier runs did. */
    void begin() {
        replay = new Replay(task, task.isFirstRun() ? List.of() : store.steps(task.id()));
    }

    /** Whether an undo would leave out something that an earlier run did. */
    boolean isReplaying() {
        return !replay.unseen().isEmpty();
    }

    public UUID taskId() {
        return task.id();
    }

    public UUID targetId() {
        return task.targetId();
    }

    /** The end of the task. */
    void succeed() {
        steps.succeed();
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
            undos.push(new Undo(name, undo));
            if (replay.reach(name)) {
                return store.result(task.id(), name, type);
            }
            if (task.state() == TaskState.UNDOING) {
                throw new ReplayEnded();
            }
            replay.end();
            refuseCancelled();
            steps.begin(name);
            R result = persistently(name, untilGivenUp, e -> e.code().isTransient(), action);
            steps.done(new FinishedStep(name, result, progress));
            replay.finish(name);
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
        steps.store();
        store.log(task, line);
    }

    /** Says how far a long step has come, 0 to 100. */
    public void progress(int percent) {
        progress(percent, null);
    }

    /** The same, with what it has moved. */
    public void progress(int percent, @Nullable Moved moved) {
        steps.store();
        store.progress(task, percent, moved);
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
        steps.store();
        undos.clear();
        cancellable = true;
    }

    /** Ends the run with {@code CANCELLED} if somebody asked for that, once everything that was done can be undone. */
    public void checkCancelled() {
        steps.store();
        refuseCancelled();
    }

    private void refuseCancelled() {
        checkLease();
        if (cancellable && cancelRequested.get() && !isReplaying()) {
            throw FailureException.of(FailureCode.CANCELLED, "The task was cancelled.");
        }
    }

    private void checkLease() {
        if (!lease.isHeld()) {
            throw new LeaseLostException(task.id());
        }
    }

    private void pause(int attempt) {
        pause(patience.pause(attempt));
    }

    private void pause(Duration time) {
        try {
            slot.leave();
            if (lease.awaitLoss(time) || !slot.retake(lease)) {
                throw new LeaseLostException(task.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeaseLostException(task.id());
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
            pause(0);
        }
        return false;
    }

    /** Waits for so long, with its place given to others, before something is asked again. */
    public void rest(Duration time) {
        checkCancelled();
        pause(time);
    }

    void requestCancel() {
        cancelRequested.set(true);
    }

    Lease lease() {
        return lease;
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

    private <R> R persistently(
            String name, Duration time, Predicate<FailureException> passes, Function<Caller, R> action) {
        Instant end = Instant.now().plus(time);
        for (int attempt = 0; ; attempt++) {
            try {
                return action.apply(caller(name));
            } catch (FailureException e) {
                if (!passes.test(e) || Instant.now().isAfter(end)) {
                    throw e;
                }
                if (attempt == 0) {
                    log("Waiting: " + e.failure().message());
                }
                checkCancelled();
                pause(attempt);
            }
        }
    }

    /** Takes back what the steps did, the last one first. What cannot be undone is written to the log and passed over. */
    void undo(Failure why) {
        checkLease();
        steps.forget();
        cancellable = false;
        if (task.state() != TaskState.UNDOING) {
            store.beginUndo(task, why);
        }
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            if (!replay.isUndone(undo.step())) {
                checkLease();
                undo(undo);
                store.stepUndone(task, undo.step());
            }
        }
    }

    private void undo(Undo undo) {
        try {
            observer.undoBegins(task.id(), task.kind(), undo.step());
            persistently("undo " + undo.step(), patience.undo(), e -> !Defects.isRefusal(e), caller -> {
                undo.action().accept(caller);
                return true;
            });
        } catch (FailureException e) {
            passOver(undo, e, e.failure().message());
        } catch (RuntimeException | Error e) {
            if (Defects.mayPass(e, task)) {
                throw e;
            }
            passOver(undo, e, "A defect; the log of the control plane says more.");
        }
    }

    private void passOver(Undo undo, Throwable cause, String reason) {
        LOG.error("task {}: step {} could not be undone", task.id(), undo.step(), cause);
        log("Could not undo \"" + undo.step() + "\": " + reason);
    }

    /** To be called before an undo that begins before everything was replayed, so that a person knows what to look for. */
    void logUnseen() {
        for (String step : replay.unseen()) {
            log("What \"" + step + "\" did may not have been undone: the task could not be followed as far as that.");
        }
    }
}
