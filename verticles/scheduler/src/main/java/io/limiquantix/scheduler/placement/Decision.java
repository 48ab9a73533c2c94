package io.limiquantix.scheduler.placement;

import java.util.UUID;

/** Where a VM goes, or why it goes nowhere. */
public sealed interface Decision {

    record Chosen(UUID hostId, String hostName) implements Decision {}

    /**
     * @param message says how many hosts failed for which reason, and what would have to change
     */
    record Refused(String message) implements Decision {}
}
