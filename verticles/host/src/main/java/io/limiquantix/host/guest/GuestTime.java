package io.limiquantix.host.guest;

import io.limiquantix.bus.host.DomainApi.ClockSet;
import io.limiquantix.host.libvirt.GuestAgent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets guests' clocks by this host's, by the commands guest-set-time and guest-get-time of their agents (QEMU's qga/qapi-schema.json),
 * which count nanoseconds since 1970 in UTC.
 */
public final class GuestTime {
    private static final Logger LOG = LoggerFactory.getLogger(GuestTime.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** What the question and its answer may take. */
    private static final Duration NEAR = Duration.ofSeconds(10);

    private static final long NANOSECONDS = 1_000_000_000L;
    private static final String GET = "{\"execute\":\"guest-get-time\"}";

    private final GuestAgent agent;
    private final Clock clock;

    public GuestTime(GuestAgent agent, Clock clock) {
        this.agent = agent;
        this.clock = clock;
    }

    /** Whether the guest has the right time afterwards. */
    public ClockSet set(UUID vmId, Instant deadline) {
        String set = "{\"execute\":\"guest-set-time\",\"arguments\":{\"time\":" + nanoseconds(clock.instant()) + "}}";
        // An agent refuses where its guest has no hwclock; others say that they failed after they have set the kernel's
        // clock.
        boolean taken = agent.ask(vmId, set, PATIENCE, deadline).isPresent();
        Optional<Boolean> right = agent.ask(vmId, GET, PATIENCE, deadline)
                .flatMap(AgentReply::parse)
                .map(time -> isNear(time.asLong()));
        LOG.info(
                "the clock of {} {} right; its agent {} that it set it",
                vmId,
                right.map(yes -> yes ? "is" : "is not").orElse("may not be"),
                taken ? "says" : "does not say");
        return new ClockSet(right.orElse(false), right.isPresent());
    }

    private boolean isNear(long nanoseconds) {
        return Math.abs(nanoseconds - nanoseconds(clock.instant())) < NEAR.toNanos();
    }

    private static long nanoseconds(Instant time) {
        return time.getEpochSecond() * NANOSECONDS + time.getNano();
    }
}
