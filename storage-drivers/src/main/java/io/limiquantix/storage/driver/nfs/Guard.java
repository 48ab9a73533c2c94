package io.limiquantix.storage.driver.nfs;

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
import java.util.function.Supplier;

/**
 * Keeps callers from waiting for ever on a file system whose server is gone. The work is done on threads of the pool's own;
 * those may hang until the server is back, the callers are told before.
 */
final class Guard implements AutoCloseable {
    private static final int THREADS = 16;
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final MountProbe probe;
    private final Duration patience;
    private final ExecutorService threads;

    /** @param patience how long a caller waits for a server that is silent */
    Guard(String name, MountProbe probe, Duration patience) {
        this.probe = probe;
        this.patience = patience;
        this.threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /**
     * Does the work, however long it takes while the server answers.
     *
     * @throws StorageException {@code TIMEOUT} when the server has been silent for too long: the work may still end when
     *     it is back
     */
    <T> T call(Supplier<T> work) {
        Future<T> result = threads.submit(work::get);
        Instant heard = Instant.now();
        while (true) {
            try {
                return result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                heard = answers() ? Instant.now() : heard;
                if (heard.plus(patience).isBefore(Instant.now())) {
                    throw new StorageException(
                            Reason.TIMEOUT,
                            "The NFS server has not answered for " + patience.toSeconds()
                                    + " s. What was begun goes on when it is back; whether it was done is unknown.",
                            Map.of(),
                            e);
                }
            } catch (ExecutionException e) {
                throw thrown(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException(
                        Reason.TIMEOUT, "The storage's caller was interrupted; the work goes on.", Map.of(), e);
            }
        }
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    private boolean answers() {
        try {
            return probe.ask(LOOK).totalBytes() >= 0;
        } catch (MountProbe.StaleException | StorageException _) {
            return false;
        }
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
