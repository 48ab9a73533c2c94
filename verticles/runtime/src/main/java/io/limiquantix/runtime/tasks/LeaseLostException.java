package io.limiquantix.runtime.tasks;

import java.util.UUID;

/** Another process has taken the task over, or the task is gone: this run must not do anything more. */
final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(UUID taskId) {
        super("task " + taskId + " is run by somebody else now");
    }
}
