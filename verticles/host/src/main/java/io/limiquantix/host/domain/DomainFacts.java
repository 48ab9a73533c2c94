package io.limiquantix.host.domain;

import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt says of a domain now.
 *
 * @param reason libvirt's own word for why it is in this state
 * @param digest of the spec that it was defined from, absent when it was defined by somebody else
 * @param pending how it differs from how it is defined while it runs
 */
public record DomainFacts(
        UUID vmId,
        String name,
        PowerState state,
        String reason,
        boolean defined,
        boolean agentConnected,
        @Nullable String digest,
        List<PendingChange> pending) {
    public DomainFacts {
        pending = List.copyOf(pending);
    }

    /** For a domain that is not there. */
    public static DomainFacts gone(UUID vmId, String reason) {
        return new DomainFacts(vmId, "", PowerState.STOPPED, reason, false, false, null, List.of());
    }
}
