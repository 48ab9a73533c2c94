package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs blocking calls on a bounded number of platform threads, those of one domain one after the other. The caller waits
 * until its deadline; a call that has begun by then goes on and keeps its place.
 */
final class OrderedCalls implements AutoCloseable {
    private static final int MAX_WAITING = 1_000;

    private final ExecutorService threads;
    private final Clock clock;
    private final Map<UUID, Queue<Runnable>> waiting = new HashMap<>();
    private int waitingCount;

    OrderedCalls(String name, int size, Clock clock) {
        this.threads = Executors.newFixedThreadPool(
                size, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
        this.clock = clock;
    }

    /**
     * Answers what the call answers, or throws what it throws.
     *
     * @throws FailureException {@code TIMEOUT} when it had begun by the deadline, {@code UNAVAILABLE} when not
     */
    <T> T run(UUID domain, Instant deadline, Callable<T> call) throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<T> result = new CompletableFuture<>();
        enqueue(domain, () -> {
            if (begun.compareAndSet(false, true)) {
                complete(result, call);
            }
        });
        try {
            return result.get(
                    Math.max(0, Duration.between(clock.instant(), deadline).toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            boolean neverBegan = begun.compareAndSet(false, true);
            throw FailureException.of(
                    neverBegan ? FailureCode.UNAVAILABLE : FailureCode.TIMEOUT,
                    neverBegan
                            ? "libvirt is busy; nothing was done."
                            : "libvirt has not answered in time; it is unknown whether it acted.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> call) {
        try {
            result.complete(call.call());
        } catch (Throwable e) {
            // Whoever waits for the result gets it.
            result.completeExceptionally(e);
        }
    }

    private synchronized void enqueue(UUID domain, Runnable work) {
        if (waitingCount >= MAX_WAITING) {
            throw FailureException.of(FailureCode.UNAVAILABLE, "Too many calls wait for libvirt; nothing was done.");
        }
        waitingCount++;
        Queue<Runnable> queue = waiting.get(domain);
        if (queue != null) {
            queue.add(work);
        } else {
            Queue<Runnable> fresh = new ArrayDeque<>();
            waiting.put(domain, fresh);
            fresh.add(work);
            threads.execute(() -> runNext(domain, fresh));
        }
    }

    private void runNext(UUID domain, Queue<Runnable> queue) {
        Runnable work;
        synchronized (this) {
            work = queue.peek();
        }
        if (work != null) {
            work.run();
        }
        synchronized (this) {
            queue.remove();
            waitingCount--;
            if (queue.isEmpty()) {
                waiting.remove(domain);
            } else {
                threads.execute(() -> runNext(domain, queue));
            }
        }
    }

    /** Calls that wait are dropped; one that hangs in libvirt cannot be stopped and is left to its daemon thread. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
