package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps callers from waiting for ever on storage that is gone. The work is done on threads of the pool's own;
 * those may hang until it is back, the callers are told before.
 */
public final class Guard implements AutoCloseable {
    private static final int THREADS = 16;
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final String what;
    private final Answering storage;
    private final Duration patience;
    private final ExecutorService threads;
    /** Work reads; whoever takes the storage away for a moment writes. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    /**
     * @param name of the threads
     * @param what is guarded, the beginning of a sentence: {@code The NFS server}
     * @param patience how long a caller waits for storage that is silent
     */
    public Guard(String name, String what, Answering storage, Duration patience) {
        this.what = what;
        this.storage = storage;
        this.patience = patience;
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /** Whether the storage answers. */
    @FunctionalInterface
    public interface Answering {
        /** Returns after about this time at the latest. */
        boolean within(Duration time);
    }

    /**
     * Does the work, however long it takes while the storage answers.
     *
     * @throws StorageException {@code TIMEOUT} when the storage has been silent for too long: the work may still end when
     *     it is back
     */
    public <T> T call(Supplier<T> work) {
        try {
            return await(threads.submit(() -> used(work)));
        } catch (InterruptedException e) {
            throw leftAlone(e);
        }
    }

    /** The same, but interrupting the caller interrupts the work, whose end is waited for. */
    public <T> T callInterruptibly(Supplier<T> work) {
        Interruptible<T> interruptible = new Interruptible<>(() -> used(work));
        Future<T> result = threads.submit(interruptible);
        try {
            return await(result);
        } catch (InterruptedException _) {
            interruptible.interrupt();
        }
        try {
            return await(result);
        } catch (InterruptedException e) {
            throw leftAlone(e);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T await(Future<T> result) throws InterruptedException {
        Instant heard = Instant.now();
        while (true) {
            try {
                return result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                heard = storage.within(LOOK) ? Instant.now() : heard;
                if (heard.plus(patience).isBefore(Instant.now())) {
                    throw new StorageException(
                            Reason.TIMEOUT,
                            what + " has not answered for " + patience.toSeconds()
                                    + " s. What was begun goes on when it is back; whether it was done is unknown.",
                            Map.of(),
                            e);
                }
            } catch (ExecutionException e) {
                throw thrown(e);
            }
        }
    }

    private static StorageException leftAlone(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageException(
                Reason.TIMEOUT, "The storage's caller was interrupted; the work goes on.", Map.of(), e);
    }

    private <T> T used(Supplier<T> work) {
        use.readLock().lock();
        try {
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Does something while no guarded work is under way; what comes meanwhile waits.
     *
     * @param wait for work that is under way
     * @throws StorageException {@code CONFLICT} when that did not end by then; nothing was done
     */
    public void alone(Duration wait, Runnable work) {
        try {
            if (!use.writeLock().tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StorageException.conflict("Work on the pool is under way on this host, for instance a copy of a"
                        + " volume; try again when that has ended.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.TIMEOUT, "Waiting for other work was interrupted.", Map.of(), e);
        }
        try {
            work.run();
        } finally {
            use.writeLock().unlock();
        }
    }

    public void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    private static RuntimeException thrown(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new StorageException(Reason.FAILED, "The storage failed: " + e.getCause(), Map.of(), e);
    }

    /** Work that hangs keeps its thread, which keeps no process from ending. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
