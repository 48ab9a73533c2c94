package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who has an image open for writing: a domain of any host, or a tool. */
final class Watchers {
    /** The cluster drops one that died after 30 s ({@code osd_client_watch_timeout}). */
    private static final Duration DROPPED = Duration.ofSeconds(40);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Rbd rbd;
    private final CephCommands commands;

    Watchers(Rbd rbd, CephCommands commands) {
        this.rbd = rbd;
        this.commands = commands;
    }

    /** None without the image. */
    List<String> of(String image) {
        try {
            return rbd.watchers(image);
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Where a tool of ours was cut off a moment ago, it waits until the cluster has forgotten it.
     *
     * @param what the beginning of a sentence
     * @throws StorageException {@code CONFLICT}
     */
    void refuseInUse(String image, String what) {
        List<String> watchers = of(image);
        Instant forgotten = forgotten();
        while (!watchers.isEmpty()) {
            if (Instant.now().isAfter(forgotten)) {
                throw StorageException.conflict(what + " is in use by " + String.join(", ", watchers)
                        + ": a running domain or a tool. Stop that first.");
            }
            pause();
            watchers = of(image);
        }
    }

    private Instant forgotten() {
        Instant cutOff = commands.lastGivenUp();
        return cutOff.equals(Instant.MIN) ? cutOff : cutOff.plus(DROPPED);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.TIMEOUT, "Waiting for a Ceph image was interrupted.", Map.of(), e);
        }
    }
}
