package io.limiquantix.runtime.tasks;

import io.limiquantix.runtime.tasks.TaskStore.StoredStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What earlier runs of a task did, and how far this one has come with repeating it. For the run's own thread. */
final class Replay {
    private final Set<String> finished = new HashSet<>();
    private final Set<String> undone = new HashSet<>();
    /** What this run could not undo, as it has not come to it yet. */
    private final Set<String> unseen = new TreeSet<>();

    private boolean over;

    Replay(ClaimedTask task, List<StoredStep> steps) {
        if (task.step() != null) {
            // It may have happened, or half of it, without a result.
            unseen.add(task.step());
        }
        for (StoredStep step : steps) {
            if (step.finished()) {
                finished.add(step.name());
                unseen.add(step.name());
            }
            if (step.undone()) {
                undone.add(step.name());
            }
        }
        unseen.removeAll(undone);
    }

    /** The run has come to this step; returns whether it was finished before. */
    boolean reach(String step) {
        unseen.remove(step);
        return finished.contains(step);
    }

    /** From here on the run does something itself. */
    void end() {
        over = true;
    }

    void finish(String step) {
        finished.add(step);
    }

    boolean isUndone(String step) {
        return undone.contains(step);
    }

    /** What an undo would leave out if it began now. */
    List<String> unseen() {
        return over ? List.of() : List.copyOf(unseen);
    }
}
