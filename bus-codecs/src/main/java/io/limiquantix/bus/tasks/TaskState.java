package io.limiquantix.bus.tasks;

/** Where a task is in its life. */
public enum TaskState {
    QUEUED,
    RUNNING,
    /** Failed or cancelled, and taking back what it made. */
    UNDOING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
