package io.limiquantix.bus.host;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt says of one domain that carries our metadata.
 *
 * @param reason libvirt's reason for the state, for instance {@code shutdown}, {@code destroyed}, {@code crashed}
 * @param domainName libvirt's name
 * @param defined false when the domain is gone
 * @param pending how its definition differs from how it runs, which the next start ends; none while it does not run
 * @param processStart epoch milliseconds of the host process that looked: a greater one begins a new sequence
 * @param sequence grows with each report of one host process: an older one is to be ignored
 */
public record DomainReport(
        UUID vmId,
        String domainName,
        PowerState state,
        String reason,
        boolean defined,
        boolean agentConnected,
        @Nullable String digest,
        List<PendingChange> pending,
        long processStart,
        long sequence) {
    /**
     * The reason of one that is on its way from another host and is paused until that is decided: it is not this host's yet, and who did
     * not bring it there has to leave it alone.
     */
    public static final String ARRIVING = "arriving";

    public DomainReport {
        pending = List.copyOf(pending);
    }

    /** One that runs as it is defined. */
    public DomainReport(
            UUID vmId,
            String domainName,
            PowerState state,
            String reason,
            boolean defined,
            boolean agentConnected,
            @Nullable String digest,
            long processStart,
            long sequence) {
        this(vmId, domainName, state, reason, defined, agentConnected, digest, List.of(), processStart, sequence);
    }
}
