package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Logs in again where somebody logged out by hand or the target threw this host out; one attempt at a time. */
final class SessionRenewal {
    private static final System.Logger LOG = System.getLogger(SessionRenewal.class.getName());

    private final AtomicBoolean underWay = new AtomicBoolean();
    private final Runnable attempt;

    SessionRenewal(Runnable attempt) {
        this.attempt = attempt;
    }

    /** Returns at once. */
    void begin() {
        if (underWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("iscsi-renewal").start(this::run);
        }
    }

    private void run() {
        try {
            attempt.run();
        } catch (StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "the iSCSI session could not be renewed yet", e);
        } finally {
            underWay.set(false);
        }
    }
}
