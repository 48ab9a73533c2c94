package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libvirt.MissingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to QEMU's guest agent. What comes back was written by the guest and is not to be trusted. */
public final class GuestAgent {
    private static final Logger LOG = LoggerFactory.getLogger(GuestAgent.class);
    private static final int MAX_REPLY = 1 << 20;
    private static final int BY_AGENT = 2;
    private static final int REFUSAL_SECONDS = 3;
    private static final Duration END_PATIENCE = Duration.ofSeconds(75);

    private final LibvirtConnection connection;
    private final Clock clock;

    public GuestAgent(LibvirtConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
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

    /** How a guest is to end. */
    public enum Ending {
        SHUT_DOWN,
        REBOOT
    }

    /**
     * Tells the agent to end the guest. libvirt's call returns only when the guest has ended or a minute has passed, so it
     * is left alone after a few seconds; an agent that does not take the command has said so by then.
     *
     * @return false when the agent did not take it
     */
    public boolean end(UUID vmId, Ending ending) {
        FutureTask<Boolean> telling = new FutureTask<>(() -> tell(vmId, ending));
        Thread.ofVirtual().name("guest-end").start(telling);
        try {
            return telling.get(REFUSAL_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the guest {} is ending", vmId, e);
            return true;
        } catch (ExecutionException e) {
            LOG.info("the agent of {} does not end its guest", vmId, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean tell(UUID vmId, Ending ending) {
        Instant deadline = clock.instant().plus(END_PATIENCE);
        return connection.withAgent(vmId, "The guest agent could not end the guest", deadline, domain -> {
            switch (ending) {
                case SHUT_DOWN -> MissingCalls.shutdown(domain, BY_AGENT);
                case REBOOT -> domain.reboot(BY_AGENT);
            }
            return true;
        });
    }

    /** Whether the agent answers within two seconds. */
    public boolean answers(UUID vmId, Instant deadline) {
        return ask(vmId, "{\"execute\":\"guest-ping\"}", Duration.ofSeconds(2), deadline)
                .isPresent();
    }
}
