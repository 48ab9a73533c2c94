package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a VM that reports of its host can change.
 *
 * @param seen the last report that was believed
 */
public record Observed(
        UUID vmId,
        Phase phase,
        PowerState powerState,
        String stateReason,
        @Nullable String problem,
        Mark seen) {

    /** Whether somebody who looks at the VM sees a difference. */
    public boolean looksLike(Observed other) {
        return phase == other.phase
                && powerState == other.powerState
                && stateReason.equals(other.stateReason)
                && Objects.equals(problem, other.problem);
    }
}
