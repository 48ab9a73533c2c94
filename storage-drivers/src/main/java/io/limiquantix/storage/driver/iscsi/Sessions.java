package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pool's sessions with its target, one for each portal. Sessions that were there before are used, and stay. */
final class Sessions {
    private final Iscsiadm iscsiadm;
    private final IscsiTarget target;
    private final Path mark;
    private volatile Set<Path> used = Set.of();

    /** @param mark the file that says that this pool logged in, also to a later process */
    Sessions(Iscsiadm iscsiadm, IscsiTarget target, Path mark) {
        this.iscsiadm = iscsiadm;
        this.target = target;
        this.mark = mark;
    }

    /** Those that are there now. */
    List<Session> now() {
        return Session.with(target.name());
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
     * Logs in at each portal where there is no session yet; one that can be used is enough.
     *
     * @throws StorageException when there is none
     */
    void logIn() {
        List<Session> there = now();
        boolean any = false;
        @Nullable StorageException failure = null;
        for (Portal portal : target.portals()) {
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
        remember();
        iscsiadm.makeRecord(portal);
        try {
            new NodeRecord(target, portal).fill();
            iscsiadm.logIn(portal);
        } catch (StorageException e) {
            iscsiadm.deleteRecord(portal);
            throw e;
        }
    }

    private void remember() {
        try {
            DurableFiles.write(mark, new byte[0], "rw-------");
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool cannot be written", e);
        }
    }

    /**
     * Logs out where this pool logged in, and forgets the passwords, unless somebody else uses a disk of the target by now. The
     * pool's own must not be in use.
     */
    void logOut() {
        if (!Files.exists(mark) || now().stream().anyMatch(Sessions::isUsed)) {
            return;
        }
        for (Portal portal : target.portals()) {
            iscsiadm.logOut(portal);
            iscsiadm.deleteRecord(portal);
        }
        try {
            DurableFiles.delete(mark);
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool cannot be written", e);
        }
    }

    private static boolean isUsed(Session session) {
        return session.disks().values().stream().anyMatch(BlockDevice::isUsed);
    }
}
