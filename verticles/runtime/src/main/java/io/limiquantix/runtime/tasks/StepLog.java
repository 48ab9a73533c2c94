package io.limiquantix.runtime.tasks;

import io.limiquantix.runtime.tasks.TaskStore.FinishedStep;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the steps of a run did. A finished step is stored together with what comes next, the beginning of the next step or
 * the end of the task, which mostly is at once; one that is lost with its process is asked for once more, and answers the same.
 */
final class StepLog {
    private final ClaimedTask task;
    private final TaskStore store;
    private final TaskObserver observer;
    private @Nullable FinishedStep unstored;

    StepLog(ClaimedTask task, TaskStore store, TaskObserver observer) {
        this.task = task;
        this.store = store;
        this.observer = observer;
    }

    void begin(String step) {
        FinishedStep before = unstored;
        store.stepBegins(task, before, step);
        stored(before);
        observer.stepBegins(task.id(), task.kind(), step);
    }

    void done(FinishedStep step) {
        unstored = step;
        observer.stepDone(task.id(), task.kind(), step.name());
    }

    /** Before anything that takes its time, or that others see. */
    void store() {
        FinishedStep step = unstored;
        if (step != null) {
            store.stepEnded(task, step);
            stored(step);
        }
    }

    /** Before an undo, which includes it as the step that was begun last. */
    void forget() {
        unstored = null;
    }

    /** The end of the task, all of whose steps are done. */
    void succeed() {
        FinishedStep last = unstored;
        store.succeed(task, last);
        stored(last);
    }

    private void stored(@Nullable FinishedStep step) {
        unstored = null;
        if (step != null) {
            observer.stepEnded(task.id(), task.kind(), step.name());
        }
    }
}
