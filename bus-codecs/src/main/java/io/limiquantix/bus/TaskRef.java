package io.limiquantix.bus;

import java.util.UUID;

/**
 * The answer to a request that goes on as a task.
 *
 * @param targetId the thing that the task works on; it exists, if only as a row, once this is answered
 */
public record TaskRef(UUID taskId, UUID targetId) {}
