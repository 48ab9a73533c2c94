package io.limiquantix.runtime.tasks;

import java.util.UUID;

/**
 * This run must not do anything more: the task was taken over or has ended, the lease could not be renewed in time, or the
 * process stops.
 */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(UUID taskId) {
        super("task " + taskId + " is not this run's any more");
    }
}
