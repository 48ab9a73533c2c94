package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The long copies of this host, known by the volume that they fill. Few are made at a time: they share disks and network with
 * the guests. Safe for any thread.
 */
public final class VolumeCopies implements AutoCloseable {
    private final Semaphore turns;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param atATime how many are made; the others wait */
    public VolumeCopies(int atATime) {
        this.turns = new Semaphore(atATime, true);
    }

    /** A copy with a thread of its own, since ending it interrupts that. */
    private static final class Running {
        private final @Nullable TaskEpoch epoch;
        private volatile CopyState state = CopyState.WAITING;
        private volatile double percent;
        private volatile @Nullable Thread thread;
        private volatile boolean ended;

        Running(@Nullable TaskEpoch epoch) {
            this.epoch = epoch;
        }

        /** Also one that has not begun. */
        void end() {
            ended = true;
            Thread now = thread;
            if (now != null) {
                now.interrupt();
            }
        }
    }

    /**
     * Makes the copy when it is its turn, and waits for its end.
     *
     * @param work makes it; gets whom to tell how far it is, 0 to 100. Its thread is interrupted when the copy is to end
     * @throws FailureException {@code CANCELLED} when it was ended, {@code UNAVAILABLE} when this host is stopping, and what
     *     the work throws
     */
    public <R> R make(UUID volumeId, @Nullable TaskEpoch epoch, Work<R> work) {
        Running copy = new Running(epoch);
        if (running.putIfAbsent(volumeId, copy) != null) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE, "Another copy into the volume " + volumeId + " is still at work.");
        }
        FutureTask<R> task = new FutureTask<>(() -> inTurn(copy, work));
        try {
            Thread thread = Thread.ofVirtual().name("copy-" + volumeId).unstarted(task);
            copy.thread = thread;
            thread.start();
            if (copy.ended || closed) {
                thread.interrupt();
            }
            return outcome(copy, task);
        } finally {
            running.remove(volumeId, copy);
        }
    }

    /** Makes a copy, telling how far it is. */
    @FunctionalInterface
    public interface Work<R> {
        R copy(DoubleConsumer percent);
    }

    private <R> R inTurn(Running copy, Work<R> work) throws InterruptedException {
        turns.acquire();
        try {
            copy.state = CopyState.COPYING;
            return work.copy(percent -> copy.percent = percent);
        } finally {
            turns.release();
        }
    }

    private <R> R outcome(Running copy, FutureTask<R> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (closed) {
                throw new FailureException(
                        FailureException.of(FailureCode.UNAVAILABLE, "This host is stopping.")
                                .failure(),
                        e);
            }
            if (copy.ended) {
                throw new FailureException(
                        FailureException.of(FailureCode.CANCELLED, "The copy was ended.")
                                .failure(),
                        e);
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a copy failed unexpectedly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            copy.end();
            throw new FailureException(
                    FailureException.of(FailureCode.UNAVAILABLE, "Waiting for the copy was interrupted.")
                            .failure(),
                    e);
        }
    }

    /** Asks nobody. */
    public CopyProgress look(UUID volumeId) {
        Running copy = running.get(volumeId);
        return copy == null
                ? new CopyProgress(CopyState.NOT_HERE, 0)
                : new CopyProgress(copy.state, (int) copy.percent);
    }

    /** Ends the copy into this volume, unless a newer run of the task than this one asked for it. */
    public void end(UUID volumeId, @Nullable TaskEpoch epoch) {
        Running copy = running.get(volumeId);
        if (copy != null && !isNewer(copy.epoch, epoch)) {
            copy.end();
        }
    }

    private static boolean isNewer(@Nullable TaskEpoch one, @Nullable TaskEpoch other) {
        return one != null && other != null && one.taskId().equals(other.taskId()) && one.epoch() > other.epoch();
    }

    /** Ends all; what asked for them tries again when this host is back. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(Running::end);
    }
}
