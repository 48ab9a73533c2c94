package io.limiquantix.storage.driver.ceph;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The access by which the pool reaches its cluster now. When it changes, programs that have just been started find the files of
 * the former one for a while yet. Safe for any thread.
 */
final class CurrentAccess {
    private static final List<String> MARKS = List.of("", "-2");
    private static final String ON_TRIAL = "-trial";
    /** Longer than a program takes from its start until it has read them. */
    private static final Duration READ_BY_THEN = Duration.ofSeconds(30);

    private final Path folder;
    private volatile ClusterAccess now;
    private String mark;
    private Instant changedAt = Instant.MAX;

    CurrentAccess(ClusterAddress address, Path folder) {
        this(new ClusterAccess(address, folder, MARKS.getFirst()), folder);
    }

    private CurrentAccess(ClusterAccess now, Path folder) {
        this.folder = folder;
        this.mark = MARKS.getFirst();
        this.now = now;
    }

    ClusterAccess now() {
        return now;
    }

    ClusterAddress address() {
        return now.address();
    }

    /**
     * Does something by another access, beside this one; one such thing at a time.
     *
     * @param work is given what stands for the other one while it is done
     */
    void tryOut(ClusterAddress address, Consumer<CurrentAccess> work) {
        ClusterAccess trial = new ClusterAccess(address, folder, ON_TRIAL);
        trial.ensure();
        try {
            work.accept(new CurrentAccess(trial, folder));
        } finally {
            trial.remove();
        }
    }

    /** Whoever asks from here on gets the new one, whose files are there by then. */
    synchronized void change(ClusterAddress address) {
        if (now.address().equals(address)) {
            return;
        }
        String next = other();
        ClusterAccess access = new ClusterAccess(address, folder, next);
        access.ensure();
        mark = next;
        now = access;
        changedAt = Instant.now();
    }

    private String other() {
        return MARKS.stream().filter(each -> !each.equals(mark)).findFirst().orElseThrow();
    }

    /** Writes the files where they are missing or say something else, and removes those that nobody reads any more. */
    synchronized void ensure() {
        now.ensure();
        if (changedAt.isBefore(Instant.now().minus(READ_BY_THEN))) {
            files(other()).remove();
            changedAt = Instant.MAX;
        }
    }

    private ClusterAccess files(String ofMark) {
        return new ClusterAccess(now.address(), folder, ofMark);
    }

    /** Removes what a killed process left of other accesses. */
    synchronized void removeOthers() {
        files(other()).remove();
        files(ON_TRIAL).remove();
    }

    /** Nobody on this host reaches the cluster with them any more. */
    synchronized void remove() {
        removeOthers();
        now.remove();
    }
}
