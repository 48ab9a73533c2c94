package io.limiquantix.runtime.tasks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run's hold on its task as far as this process can tell without the database: it ends when it is lost, or when no
 * renewal succeeded for as long as another process waits. For any thread.
 */
final class Lease {
    static final Duration LENGTH = Duration.ofSeconds(10);

    private final CountDownLatch lost = new CountDownLatch(1);
    private final AtomicLong since;

    /** @param askedAt {@link System#nanoTime} before the database was asked, as its clock began to run after that */
    Lease(long askedAt) {
        this.since = new AtomicLong(askedAt);
    }

    void renewed(long askedAt) {
        since.set(askedAt);
    }

    void lose() {
        lost.countDown();
    }

    boolean isHeld() {
        return lost.getCount() > 0 && System.nanoTime() - since.get() < LENGTH.toNanos();
    }

    /** Waits until the lease is lost, at most so long; whether it was. */
    boolean awaitLoss(Duration time) throws InterruptedException {
        return lost.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
