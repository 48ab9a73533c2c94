package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to QEMU's guest agent. What comes back was written by the guest and is not to be trusted. */
public final class GuestAgent {
    private static final Logger LOG = LoggerFactory.getLogger(GuestAgent.class);
    private static final int MAX_REPLY = 1 << 20;
    private static final String PING = "{\"execute\":\"guest-ping\"}";
    private static final int PING_SECONDS = 2;
    private static final int REFUSAL_SECONDS = 3;

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

    /** How a guest is to end; the words are the agent's. */
    public enum Ending {
        SHUT_DOWN("powerdown"),
        REBOOT("reboot");

        private final String mode;

        Ending(String mode) {
            this.mode = mode;
        }
    }

    /**
     * Tells the agent to end the guest and waits until it has taken or refused that. libvirt's own calls for it wait a minute
     * for the guest to end; four of them would keep everybody else from their agents.
     *
     * @return false when the agent did not take it
     */
    public boolean end(UUID vmId, Ending ending, Instant deadline) {
        return connection.withAgent(
                vmId, "The guest agent could not end the guest", deadline, domain -> end(domain, ending));
    }

    private static boolean end(Domain domain, Ending ending) throws LibvirtException {
        try {
            domain.qemuAgentCommand(PING, PING_SECONDS, 0);
        } catch (LibvirtException e) {
            return refused(e);
        }
        try {
            domain.qemuAgentCommand(
                    "{\"execute\":\"guest-shutdown\",\"arguments\":{\"mode\":\"" + ending.mode + "\"}}",
                    REFUSAL_SECONDS,
                    0);
            return true;
        } catch (LibvirtException e) {
            // An agent that was there a moment ago takes this command by answering nothing (qga/qapi-schema.json).
            return LibvirtFailures.isSilentAgent(e) || refused(e);
        }
    }

    private static boolean refused(LibvirtException e) throws LibvirtException {
        if (LibvirtFailures.isCutOff(e)) {
            throw e;
        }
        LOG.info("an agent does not end its guest: {}", e.getMessage());
        return false;
    }

    /** Whether the agent answers within two seconds. */
    public boolean answers(UUID vmId, Instant deadline) {
        return ask(vmId, PING, Duration.ofSeconds(PING_SECONDS), deadline).isPresent();
    }
}
