package io.limiquantix.gateway.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param id unlike that of any other entry
 * @param kind of event or task, or the operation
 * @param name of the thing then, as far as it was noted
 * @param by absent for an event
 * @param outcome the same
 * @param text why, in a sentence
 * @param times how often an event happened; absent for once
 * @param lastAt when it happened last, where it happened more than once
 */
public record Entry(
        String id,
        Instant at,
        Category category,
        String kind,
        @Nullable String name,
        @Nullable String by,
        @Nullable Outcome outcome,
        @Nullable String text,
        @Nullable Long times,
        @Nullable Instant lastAt,
        @Nullable UUID taskId,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** How it ended. */
    public enum Outcome {
        UNDER_WAY,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** Nothing was done, because it may not be or made no sense. */
        REFUSED
    }
}
