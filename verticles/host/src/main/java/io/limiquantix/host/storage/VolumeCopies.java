package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.tasks.Moved;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
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
    private static final class Running implements Advance {
        private final @Nullable TaskEpoch epoch;
        private volatile CopyState state = CopyState.WAITING;
        private volatile double percent;
        private volatile @Nullable Moved moved;
        private volatile @Nullable Thread thread;
        private volatile boolean ended;

        Running(@Nullable TaskEpoch epoch) {
            this.epoch = epoch;
        }

        @Override
        public void accept(double newPercent) {
            percent = newPercent;
        }

        @Override
        public void moved(long bytes, @Nullable Long totalBytes) {
            Advance.super.moved(bytes, totalBytes);
            moved = new Moved(bytes, totalBytes);
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
     * @param work makes it; gets whom to tell how far it is. Its thread is interrupted when the copy is to end
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
        R copy(Advance advance);
    }

    private <R> R inTurn(Running copy, Work<R> work) throws InterruptedException {
        turns.acquire();
        try {
            copy.state = CopyState.COPYING;
            return work.copy(copy);
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
                : new CopyProgress(copy.state, (int) copy.percent, copy.moved);
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
