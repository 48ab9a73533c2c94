package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a VM that reports of its host can change.
 *
 * @param pending what changes when it is started the next time
 * @param seen the last report that was believed
 */
public record Observed(
        UUID vmId,
        Phase phase,
        PowerState powerState,
        String stateReason,
        @Nullable String problem,
        List<PendingChange> pending,
        Mark seen) {

    public Observed {
        pending = List.copyOf(pending);
    }

    /** One that runs as it is defined. */
    public Observed(
            UUID vmId, Phase phase, PowerState powerState, String stateReason, @Nullable String problem, Mark seen) {
        this(vmId, phase, powerState, stateReason, problem, List.of(), seen);
    }

    /** Whether somebody who looks at the VM sees a difference. */
    public boolean looksLike(Observed other) {
        return phase == other.phase
                && powerState == other.powerState
                && stateReason.equals(other.stateReason)
                && pending.equals(other.pending)
                && Objects.equals(problem, other.problem);
    }
}
