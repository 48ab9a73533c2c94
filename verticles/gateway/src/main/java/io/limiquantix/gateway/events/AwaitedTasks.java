package io.limiquantix.gateway.events;

import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.changes.ChangeEntry;
import io.limiquantix.runtime.changes.ChangeFeed;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Requests that are answered when a task has ended, so that clients need not ask again and again. */
public final class AwaitedTasks {
    private static final String KIND = "task";

    private final Map<UUID, Set<Semaphore>> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AutoCloseable listening;

    public AwaitedTasks(ChangeFeed feed) {
        this.listening = feed.listen(this::changed);
    }

    /**
     * Blocks until the task has ended or the time is over, or the gateway stops.
     *
     * @param look reads the task as it is; asked at each of its changes
     * @return the task as it was read last
     */
    public TaskView await(UUID taskId, Duration time, Supplier<TaskView> look) {
        long end = System.nanoTime() + time.toNanos();
        Semaphore signal = new Semaphore(0);
        add(taskId, signal);
        try {
            TaskView task = look.get();
            while (!task.state().isFinal() && !stopped.get() && hasChanged(signal, end - System.nanoTime())) {
                task = look.get();
            }
            return task;
        } finally {
            remove(taskId, signal);
        }
    }

    private static boolean hasChanged(Semaphore signal, long nanos) {
        try {
            boolean changed = signal.tryAcquire(nanos, TimeUnit.NANOSECONDS);
            signal.drainPermits();
            return changed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void add(UUID taskId, Semaphore signal) {
        waiting.compute(taskId, (id, signals) -> {
            Set<Semaphore> all = signals == null ? ConcurrentHashMap.newKeySet() : signals;
            all.add(signal);
            return all;
        });
    }

    private void remove(UUID taskId, Semaphore signal) {
        waiting.computeIfPresent(taskId, (id, signals) -> {
            signals.remove(signal);
            return signals.isEmpty() ? null : signals;
        });
    }

    private void changed(ChangeEntry entry) {
        if (entry.kind().equals(KIND)) {
            waiting.getOrDefault(entry.objectId(), Set.of()).forEach(Semaphore::release);
        }
    }

    /** Whoever waits is answered now, and nobody waits any more. */
    public void stop() throws Exception {
        stopped.set(true);
        waiting.values().forEach(signals -> signals.forEach(Semaphore::release));
        listening.close();
    }
}
