package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to QEMU's guest agent. What comes back was written by the guest and is not to be trusted. */
public final class GuestAgent {
    private static final Logger LOG = LoggerFactory.getLogger(GuestAgent.class);
    private static final int MAX_REPLY = 1 << 20;

    private final LibvirtConnection connection;

    public GuestAgent(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * Answers the reply's JSON, or nothing when the agent is silent, does not know the command or says too much.
     *
     * @param patience how long the agent has, whole seconds
     */
    public Optional<String> ask(UUID vmId, String command, Duration patience, Instant deadline) {
        try {
            String reply = connection.withAgent(
                    vmId,
                    "The guest agent could not be asked",
                    deadline,
                    domain -> domain.qemuAgentCommand(command, (int) patience.toSeconds(), 0));
            return Optional.ofNullable(reply).filter(r -> r.length() <= MAX_REPLY);
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND || e.code() == FailureCode.UNAVAILABLE) {
                throw e;
            }
            LOG.debug("the agent of {} did not answer {}", vmId, command, e);
            return Optional.empty();
        }
    }

    /** Whether the agent answers within two seconds. */
    public boolean answers(UUID vmId, Instant deadline) {
        return ask(vmId, "{\"execute\":\"guest-ping\"}", Duration.ofSeconds(2), deadline)
                .isPresent();
    }
}
