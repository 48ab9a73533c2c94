package io.limiquantix.storage.driver.iscsi;

/** How the pool's target is reached from the next log-in on; which target and disk it is does not change. */
final class CurrentTarget {
    private volatile IscsiTarget now;

    CurrentTarget(IscsiTarget now) {
        this.now = now;
    }

    IscsiTarget now() {
        return now;
    }

    void change(IscsiTarget to) {
        now = to;
    }
}
