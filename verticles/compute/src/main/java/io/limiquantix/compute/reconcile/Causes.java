package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.host.PowerState;
import java.util.Optional;

/** What is known of why a VM changes; looked up only where it decides something. */
public interface Causes {
    /** Whether a task brings it into this state, so that the task tells of it. */
    boolean explain(PowerState state);

    /** Whether a task that has given up had asked for this state a while ago. */
    boolean askedBefore(PowerState state);

    /** What it did when it was last known to do anything, unless nobody has noted that. */
    Optional<PowerState> lastKnown();
}
