package io.limiquantix.runtime.tasks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A run's share of what its process does at once. A run that waits leaves it to others: what it waits for may be one of them. For the
 * run's own thread.
 */
final class Slot {
    private static final long LOOK_MILLIS = 100;

    private final Semaphore slots;
    private boolean held = true;

    /** @param slots of which one is taken already */
    Slot(Semaphore slots) {
        this.slots = slots;
    }

    /** Success when it was left already. */
    void leave() {
        if (held) {
            held = false;
            slots.release();
        }
    }

    /** Waits for one; false when the lease was lost before there was any. */
    boolean retake(Lease lease) throws InterruptedException {
        while (!held && lease.isHeld()) {
            held = slots.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return held;
    }
}
