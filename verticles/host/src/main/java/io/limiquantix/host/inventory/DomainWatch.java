package io.limiquantix.host.inventory;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.libvirt.DomainEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks where libvirt's events point, on a virtual thread of its own, and at everything every few seconds in case an event
 * was lost.
 */
public final class DomainWatch implements DomainEvents.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DomainWatch.class);
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DomainInventory inventory;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Set<UUID> toLookAt = new LinkedHashSet<>();
    private boolean lookAtAll;
    private boolean open = true;

    public DomainWatch(DomainInventory inventory, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
    }

    public void start() {
        Thread.ofVirtual().name("domain-watch").start(this::run);
    }

    @Override
    public void changed(UUID domain) {
        tell(() -> toLookAt.add(domain));
    }

    @Override
    public void anythingMayHaveChanged() {
        tell(() -> lookAtAll = true);
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            what.run();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is to be done next; nothing in particular means: poll. */
    private record Errand(boolean all, List<UUID> domains) {
        boolean isPoll() {
            return !all && domains.isEmpty();
        }
    }

    private void run() {
        try {
            while (isOpen()) {
                attempt(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private Errand next() throws InterruptedException {
        lock.lock();
        try {
            long left = POLL_EVERY.toNanos();
            while (toLookAt.isEmpty() && !lookAtAll && left > 0 && open) {
                left = work.awaitNanos(left);
            }
            Errand errand = new Errand(lookAtAll, List.copyOf(toLookAt));
            lookAtAll = false;
            toLookAt.clear();
            return errand;
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Errand errand) {
        try {
            perform(errand, clock.instant().plus(PATIENCE));
        } catch (FailureException e) {
            // The connection comes back with a look at everything, and the poll repeats what failed for other reasons.
            LOG.debug("libvirt could not be read", e);
        } catch (RuntimeException e) {
            LOG.error("the watch over domains stumbled and goes on", e);
        }
    }

    private void perform(Errand errand, Instant deadline) {
        if (errand.all()) {
            inventory.lookAtAll(deadline);
        } else if (errand.isPoll()) {
            inventory.suspects(deadline).forEach(id -> inventory.look(id, deadline));
        } else {
            errand.domains().forEach(id -> inventory.look(id, deadline));
        }
    }

    @Override
    public void close() {
        tell(() -> open = false);
    }
}
