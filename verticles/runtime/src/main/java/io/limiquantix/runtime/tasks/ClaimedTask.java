package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.tasks.TaskState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that this process holds the lease of.
 *
 * @param epoch how often it has been claimed, this time included
 * @param step the one that was begun last, if any
 * @param input what it is to do, as JSON
 */
record ClaimedTask(
        UUID id,
        UUID operationId,
        String kind,
        UUID targetId,
        Actor actor,
        TaskState state,
        long epoch,
        boolean cancelRequested,
        @Nullable String step,
        @Nullable Failure failure,
        String input) {

    /** Whether no run before this one can have done anything. */
    boolean isFirstRun() {
        return epoch == 1;
    }
}
