package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.viewer.ViewerTickets.Taken;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.stream.HostStreams;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of viewers at this gateway share. Safe for any thread. */
public final class ViewerDoor {
    private static final Logger LOG = LoggerFactory.getLogger(ViewerDoor.class);
    /** From the first byte to a right ticket. */
    static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String ACTION = "RFB /vms/{vmId}";
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;

    private final Bus bus;
    private final ViewerTickets tickets;
    private final HostStreams hosts;
    private final LiveStreams streams;
    private final Clock clock;
    private final Guesses guesses;
    private final Waiting waiting = new Waiting();
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger open = new AtomicInteger();

    public ViewerDoor(Bus bus, ViewerTickets tickets, HostStreams hosts, LiveStreams streams, Clock clock) {
        this.bus = bus;
        this.tickets = tickets;
        this.hosts = hosts;
        this.streams = streams;
        this.clock = clock;
        this.guesses = new Guesses(clock);
    }

    /** How many screens are open here. */
    public int count() {
        return open.get();
    }

    ViewerTickets tickets() {
        return tickets;
    }

    HostStreams hosts() {
        return hosts;
    }

    Guesses guesses() {
        return guesses;
    }

    Waiting waiting() {
        return waiting;
    }

    SecureRandom random() {
        return random;
    }

    /** @throws FailureException when the VM is off, or out of reach */
    StreamTicket openScreen(Taken taken) {
        return bus.request(
                ComputeApi.OPEN_CONSOLE,
                new DomainApi.OpenConsole(taken.vmId(), DomainApi.ConsoleKind.VNC),
                Caller.of(new Actor(taken.userName(), taken.userId()), PATIENCE));
    }

    /** Closes the screen with its session; what is returned forgets it. */
    Runnable remember(String session, Runnable close) {
        open.incrementAndGet();
        Runnable forget = streams.opened(session, close);
        return () -> {
            open.decrementAndGet();
            forget.run();
        };
    }

    void noteOpened(Taken taken, String address) {
        note(taken.userName(), address, taken.vmId(), OK);
    }

    void noteWrong(String address) {
        note("(unknown)", address, null, UNAUTHENTICATED);
    }

    private void note(String user, String address, @Nullable UUID vmId, int outcome) {
        var entry = new IdentityApi.AuditEntry(
                clock.instant(),
                user,
                address,
                ACTION,
                vmId,
                outcome,
                Map.of("operation", "openViewer", "kind", DomainApi.ConsoleKind.VNC.name()));
        try {
            bus.request(IdentityApi.AUDIT, entry, Caller.of(Actor.platform("gateway"), PATIENCE));
        } catch (FailureException e) {
            LOG.error("the audit log could not be written: {}", entry, e);
        }
    }
}
