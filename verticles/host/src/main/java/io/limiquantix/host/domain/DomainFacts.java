package io.limiquantix.host.domain;

import io.limiquantix.bus.host.PowerState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt says of a domain now.
 *
 * @param reason libvirt's own word for why it is in this state
 * @param digest of the spec that it was defined from, absent when it was defined by somebody else
 */
public record DomainFacts(
        UUID vmId,
        String name,
        PowerState state,
        String reason,
        boolean defined,
        boolean agentConnected,
        @Nullable String digest) {

    /** For a domain that is not there. */
    public static DomainFacts gone(UUID vmId, String reason) {
        return new DomainFacts(vmId, "", PowerState.STOPPED, reason, false, false, null);
    }
}
