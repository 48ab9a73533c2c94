package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, for which operation, and until when they wait.
 *
 * @param operationId repeats of a change use the same one
 */
public record Caller(
        UUID operationId,
        Instant deadline,
        Actor actor,
        @Nullable TaskEpoch epoch,
        @Nullable String traceParent) {

    /** A new operation of this actor that may take so long. */
    public static Caller of(Actor actor, Duration patience) {
        return new Caller(Uuid7.next(), Instant.now().plus(patience), actor, null, null);
    }

    /** The same operation with a new deadline. */
    public Caller within(Duration patience) {
        return new Caller(operationId, Instant.now().plus(patience), actor, epoch, traceParent);
    }

    /** The same operation on another's behalf. */
    public Caller as(Actor other) {
        return new Caller(operationId, deadline, other, epoch, traceParent);
    }

    /** A part of this operation, with an id of its own that is the same each time. */
    public Caller part(String name) {
        return new Caller(Uuid7.derived(operationId, name), deadline, actor, epoch, traceParent);
    }
}
