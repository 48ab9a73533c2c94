package io.limiquantix.host.storage;

import io.limiquantix.bus.host.PoolReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every pool of this host every few seconds, each on a thread of its own: a storage that does not answer is known as
 * such soon, and holds up nothing but itself. Tells when a pool begins or ceases to be usable.
 */
public final class PoolWatch {
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration COMPARE_EVERY = Duration.ofMillis(500);
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(3);

    private final OpenPools pools;
    private final Runnable changed;
    private final Set<UUID> watched = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /** What a person would notice of a pool. */
    private record Condition(
            UUID poolId, boolean usable, @Nullable String problem) {}

    /** @param changed must not block */
    public PoolWatch(OpenPools pools, Runnable changed) {
        this.pools = pools;
        this.changed = changed;
    }

    /** Begins, and waits a moment for the first looks, so that what works is there when this host takes requests. */
    public void start() {
        var known = pools.assigned();
        CountDownLatch looked = new CountDownLatch(known.size());
        for (AssignedPool pool : known) {
            watch(pool, looked::countDown);
        }
        try {
            looked.await(FIRST_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        begin("pool-watch", this::compare);
    }

    private void compare() throws InterruptedException {
        Set<Condition> before = conditions();
        while (open) {
            Thread.sleep(COMPARE_EVERY);
            for (AssignedPool pool : pools.assigned()) {
                watch(pool, () -> {});
            }
            Set<Condition> now = conditions();
            if (!now.equals(before)) {
                before = now;
                changed.run();
            }
        }
    }

    private Set<Condition> conditions() {
        Set<Condition> conditions = new HashSet<>();
        for (PoolReport report : pools.reports()) {
            conditions.add(new Condition(report.poolId(), report.usable(), report.problem()));
        }
        return conditions;
    }

    private void watch(AssignedPool pool, Runnable looked) {
        if (watched.add(pool.id())) {
            begin("pool-" + pool.id(), () -> {
                try {
                    pool.look();
                    looked.run();
                    Thread.sleep(EVERY);
                } finally {
                    watched.remove(pool.id());
                }
            });
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private synchronized void begin(String name, Work work) {
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Looks no more; one that is under way may still end. */
    public synchronized void close() {
        open = false;
        threads.forEach(Thread::interrupt);
    }
}
