package io.limiquantix.bus;

import java.util.UUID;

/**
 * Which run of a task sends a request. A host refuses an epoch older than one it has seen for the same task, so that a
 * process that was thought dead cannot interfere with the one that took over.
 */
public record TaskEpoch(UUID taskId, long epoch) {}
