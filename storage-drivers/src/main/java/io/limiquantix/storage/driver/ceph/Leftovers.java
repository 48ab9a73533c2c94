package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.ceph.UnfinishedName.Doing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Images that are neither whole nor gone: those that are worked on, and those that an end in the middle left behind. */
final class Leftovers {
    private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());
    /** More than another host's clock may be wrong and its copies take; who still copies holds the image besides. */
    private static final Duration ABANDONED = Duration.ofHours(12);

    private final Rbd rbd;
    private final RbdSnapshotCommands snapshots;
    private final Renaming renaming;
    private final Watchers watchers;
    private final String maker;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();
    private final Set<String> left = ConcurrentHashMap.newKeySet();

    Leftovers(Rbd rbd, RbdSnapshotCommands snapshots, Renaming renaming, Watchers watchers, String maker) {
        this.rbd = rbd;
        this.snapshots = snapshots;
        this.renaming = renaming;
        this.watchers = watchers;
        this.maker = maker;
    }

    /** A name under which the target is made or removed. */
    String begin(Doing doing, String target) {
        String name = new UnfinishedName(doing, maker, Instant.now(), target).text();
        inWork.add(name);
        return name;
    }

    void done(String name) {
        inWork.remove(name);
    }

    /** Removes it now or later. A cluster that is silent is not asked a second time. */
    void giveUp(String name, StorageException why) {
        left.add(name);
        inWork.remove(name);
        if (why.reason() == Reason.TIMEOUT) {
            return;
        }
        try {
            trySettle(name);
        } catch (StorageException later) {
            why.addSuppressed(later);
        }
    }

    /** Removes what was given up before, as far as it can be removed by now. */
    void settle() {
        left.forEach(this::trySettle);
    }

    /** Removes what somebody left who was killed, here or on a host that is gone. */
    void sweep() {
        Instant abandoned = Instant.now().minus(ABANDONED);
        for (UnfinishedName name : inPool()) {
            if (name.maker().equals(maker) || name.since().isBefore(abandoned)) {
                trySettle(name.text());
            }
        }
    }

    /** @throws StorageException {@code CONFLICT} while anything is worked on or cannot be removed */
    void clear() {
        if (!inWork.isEmpty()) {
            throw StorageException.conflict("In the RBD pool, something is being made or removed now.");
        }
        inPool().forEach(name -> settle(name.text()));
    }

    private List<UnfinishedName> inPool() {
        return rbd.names().stream()
                .map(UnfinishedName::of)
                .flatMap(Optional::stream)
                .filter(name -> !inWork.contains(name.text()))
                .toList();
    }

    private void trySettle(String name) {
        try {
            settle(name);
        } catch (StorageException e) {
            if (e.reason() == Reason.TIMEOUT) {
                throw e;
            }
            left.add(name);
            LOG.log(System.Logger.Level.INFO, () -> name + " is removed later: " + e.getMessage());
        }
    }

    private void settle(String name) {
        boolean whole = UnfinishedName.of(name)
                .filter(unfinished -> unfinished.doing() == Doing.MAKING)
                .filter(unfinished -> renaming.sameImage(name, unfinished.target()))
                .map(unfinished -> finish(name, unfinished.target()))
                .orElse(false);
        if (!whole) {
            discard(name);
        }
        left.remove(name);
    }

    /** It was whole and had its name already, besides the one for making it. */
    private boolean finish(String name, String target) {
        renaming.rename(name, target);
        return true;
    }

    /**
     * Removes an image with its snapshots; success when there is none.
     *
     * @throws StorageException {@code CONFLICT} while it is in use or has clones
     */
    void discard(String name) {
        List<String> users = watchers.of(name);
        if (!users.isEmpty()) {
            throw StorageException.conflict(name + " is in use by " + String.join(", ", users) + ".");
        }
        for (RbdSnapshot snapshot : snapshots.list(name)) {
            if (snapshot.isProtected()) {
                snapshots.unprotect(name, snapshot.name());
            }
            snapshots.remove(name, snapshot.name());
        }
        rbd.remove(name);
    }
}
