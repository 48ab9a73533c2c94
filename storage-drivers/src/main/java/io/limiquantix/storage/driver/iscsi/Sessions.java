package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pool's sessions with its target, one for each portal. Sessions that were there before are used, and stay; pools on several
 * disks of one target share them, and the last one logs out.
 */
final class Sessions {
    private final Iscsiadm iscsiadm;
    private final CurrentTarget target;
    private final TargetUsers users;
    private volatile Set<Path> used = Set.of();
    private volatile boolean joined;

    Sessions(Iscsiadm iscsiadm, CurrentTarget target, TargetUsers users) {
        this.iscsiadm = iscsiadm;
        this.target = target;
        this.users = users;
    }

    /** Those that are there now. */
    List<Session> now() {
        return Session.with(target.now().name());
    }

    /** From now on, the volumes go through the sessions that are there. */
    void use() {
        used = now().stream().map(Session::folder).collect(Collectors.toSet());
    }

    /** Whether none of the sessions is there any more through which the volumes go; others may be. */
    boolean areLost() {
        return now().stream().map(Session::folder).noneMatch(used::contains);
    }

    boolean isAnyLoggedIn() {
        return now().stream().anyMatch(Session::isLoggedIn);
    }

    /**
     * Logs in, and keeps the sessions from being ended by other pools until this one leaves.
     *
     * @throws StorageException as {@link #logIn}
     */
    void begin() {
        users.alone(() -> {
            users.join();
            joined = true;
        });
        logIn();
    }

    /**
     * Logs in at each portal where there is no session yet; one that can be used is enough. Does nothing after the pool left.
     *
     * @throws StorageException when there is none
     */
    void logIn() {
        users.alone(() -> {
            if (joined) {
                logInWhereMissing();
            }
        });
    }

    private void logInWhereMissing() {
        List<Session> there = now();
        boolean any = false;
        @Nullable StorageException failure = null;
        for (Portal portal : target.now().portals()) {
            try {
                if (there.stream().noneMatch(session -> session.isTo(portal))) {
                    logIn(portal);
                }
                any = true;
            } catch (StorageException e) {
                failure = e;
            }
        }
        if (!any && failure != null) {
            throw failure;
        }
        iscsiadm.settle();
    }

    private void logIn(Portal portal) {
        users.noteLogin(portal);
        iscsiadm.makeRecord(portal);
        try {
            new NodeRecord(target.now(), portal).fill();
            iscsiadm.logIn(portal);
        } catch (StorageException e) {
            iscsiadm.deleteRecord(portal);
            throw e;
        }
    }

    /** Logs in by this from the next time on; sessions that are there stay as they are. */
    void change(IscsiTarget to) {
        users.alone(() -> {
            for (Portal portal : users.loggedIn()) {
                new NodeRecord(to, portal).refill();
            }
            target.change(to);
        });
    }

    /**
     * Leaves, and as the last pool logs out where this host logged in, and forgets the passwords, unless somebody else uses a disk
     * of the target by now. The pool's own must not be in use.
     */
    void logOut() {
        users.alone(() -> {
            leaveAlone();
            if (users.areOthersIn() || now().stream().anyMatch(Sessions::isUsed)) {
                return;
            }
            for (Portal portal : users.loggedIn()) {
                iscsiadm.logOut(portal);
                iscsiadm.deleteRecord(portal);
                users.forgetLogin(portal);
            }
        });
    }

    /** Leaves the sessions as they are; other pools may end them. */
    void leave() {
        users.alone(this::leaveAlone);
    }

    private void leaveAlone() {
        joined = false;
        users.leave();
    }

    private static boolean isUsed(Session session) {
        return session.disks().values().stream().anyMatch(BlockDevice::isUsed);
    }
}
