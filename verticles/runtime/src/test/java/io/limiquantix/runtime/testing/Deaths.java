package io.limiquantix.runtime.testing;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.tasks.TaskObserver;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Moments at which a process dies: whoever is the first to reach one is held there as if the process had been killed, and
 * finds its lease lost when it is let go. No task dies twice between its steps. Safe for any thread.
 */
public final class Deaths implements TaskObserver, AutoCloseable {
    private final CountDownLatch never = new CountDownLatch(1);
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Set<UUID> doomed = ConcurrentHashMap.newKeySet();
    private volatile boolean deadly;

    /** From now on moments are deadly, but for these. */
    public void begin(String... harmless) {
        reached.addAll(List.of(harmless));
        deadly = true;
    }

    /** Waits until so many moments were reached, the harmless ones included; from then on nobody dies. */
    public void await(int moments) {
        Eventually.get(() -> reached, all -> all.size() == moments);
        deadly = false;
    }

    /** Holds whoever is the first to come here. */
    public void at(String moment) {
        if (!deadly || !reached.add(moment)) {
            return;
        }
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
    }

    @Override
    public void stepBegins(UUID taskId, String kind, String step) {
        betweenSteps(taskId, "before " + step);
    }

    /** The result is not stored yet: the next run does it once more. */
    @Override
    public void stepDone(UUID taskId, String kind, String step) {
        betweenSteps(taskId, "after " + step);
    }

    private void betweenSteps(UUID taskId, String moment) {
        if (deadly && !reached.contains(moment) && doomed.add(taskId)) {
            at(moment);
            doomed.remove(taskId);
        }
    }

    /** Lets the held ones go. */
    @Override
    public void close() {
        never.countDown();
    }
}
