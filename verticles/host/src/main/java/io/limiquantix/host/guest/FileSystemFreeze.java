package io.limiquantix.host.guest;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.libvirt.GuestAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has guests' agents freeze their file systems, by the commands guest-fsfreeze-freeze and guest-fsfreeze-thaw (QEMU's
 * qga/qapi-schema.json), which answer how many they froze or thawed.
 */
public final class FileSystemFreeze {
    private static final Logger LOG = LoggerFactory.getLogger(FileSystemFreeze.class);
    /** A guest writes what it holds back first. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration THAW_PATIENCE = Duration.ofSeconds(10);
    private static final String FREEZE = "{\"execute\":\"guest-fsfreeze-freeze\"}";
    private static final String THAW = "{\"execute\":\"guest-fsfreeze-thaw\"}";

    private final GuestAgent agent;

    public FileSystemFreeze(GuestAgent agent) {
        this.agent = agent;
    }

    /** Whether the agent says that it froze at least one; it may do so later even where it does not say it. */
    public boolean freeze(UUID vmId, Instant deadline) {
        long frozen = agent.ask(vmId, FREEZE, PATIENCE, deadline)
                .flatMap(AgentReply::parse)
                .map(count -> count.asLong())
                .orElse(0L);
        LOG.info("the agent of {} says that it froze {} file systems", vmId, frozen);
        return frozen > 0;
    }

    /** Whether the agent can be asked at all now. */
    public boolean answers(UUID vmId, Instant deadline) {
        return agent.answers(vmId, deadline);
    }

    /**
     * Whether none is frozen any more, as far as the agent says; false when it is silent. An agent that has frozen something takes this
     * command whatever else it refuses, so one that answers and refuses it has frozen nothing.
     */
    public boolean thaw(UUID vmId, Instant deadline) {
        try {
            return agent.ask(vmId, THAW, THAW_PATIENCE, deadline)
                            .flatMap(AgentReply::parse)
                            .isPresent()
                    || agent.answers(vmId, deadline);
        } catch (FailureException e) {
            LOG.info("the agent of {} could not be asked to thaw: {}", vmId, e.getMessage());
            return false;
        }
    }
}
