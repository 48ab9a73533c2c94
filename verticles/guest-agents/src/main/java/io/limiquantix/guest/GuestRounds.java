package io.limiquantix.guest;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.bus.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the running guests in turn, a bounded number of them at once. */
final class GuestRounds {
    private static final Logger LOG = LoggerFactory.getLogger(GuestRounds.class);
    private static final int MOST_AT_ONCE = 16;
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Guests guests;
    private final Questions questions;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

    GuestRounds(Guests guests, Questions questions, Clock clock) {
        this.guests = guests;
        this.questions = questions;
        this.clock = clock;
    }

    void round() {
        for (Guests.Guest guest : guests.take(clock.instant(), slots.availablePermits())) {
            slots.acquireUninterruptibly();
            Thread.ofVirtual().name("ask-" + guest.vmId()).start(() -> ask(guest));
        }
    }

    private void ask(Guests.Guest guest) {
        try {
            questions.ask(guest, Caller.of(Actor.platform("guest-agents"), ANSWER));
        } catch (FailureException e) {
            LOG.debug("the guest of {} cannot be asked now: {}", guest.vmId(), e.getMessage());
        } finally {
            slots.release();
        }
    }
}
