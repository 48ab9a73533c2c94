package io.limiquantix.gateway.history;

/** What an entry of a history is; of those of one moment, the first of these comes first. */
public enum Category {
    /** What happened by itself, or with the means of a host. */
    EVENT,
    TASK,
    /** What somebody did, or tried to, that needed no task. */
    ACTION
}
