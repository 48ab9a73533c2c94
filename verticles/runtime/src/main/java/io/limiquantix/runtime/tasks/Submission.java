package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Actor;
import java.util.UUID;

/**
 * A task to be begun.
 *
 * @param operationId the same one submitted again is the same task
 * @param targetKind as the API names it: {@code vm}, {@code image}, {@code pool}, {@code volume}
 */
public record Submission<I extends Record>(
        TaskKind<I> kind,
        I input,
        UUID operationId,
        Actor actor,
        String targetKind,
        UUID targetId,
        String targetName) {}
