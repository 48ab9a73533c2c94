package io.limiquantix.runtime.tasks;

import java.util.UUID;

/** Told of each step before its effects, after them, and after its result is durable; for metrics and traces. */
public interface TaskObserver {
    TaskObserver NONE = new TaskObserver() {};

    default void stepBegins(UUID taskId, String kind, String step) {}

    default void stepDone(UUID taskId, String kind, String step) {}

    default void stepEnded(UUID taskId, String kind, String step) {}

    default void undoBegins(UUID taskId, String kind, String step) {}
}
