package io.limiquantix.host.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** A line of the journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Operation.class, name = "operation"),
    @JsonSubTypes.Type(value = JournalEntry.Attempt.class, name = "attempt"),
    @JsonSubTypes.Type(value = JournalEntry.Epoch.class, name = "epoch")
})
sealed interface JournalEntry {
    /** @param reply the wire form of the answer */
    @SuppressWarnings("ArrayRecordComponent")
    record Operation(UUID operationId, byte[] reply) implements JournalEntry {}

    /** How far an operation has come that must not be done twice and has not answered. */
    record Attempt(UUID operationId, Progress progress) implements JournalEntry {}

    /** The newest run of a task that was heard of. */
    record Epoch(UUID taskId, long epoch) implements JournalEntry {}
}
