package io.limiquantix.host.libvirt;

import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to libvirtd, closed when it was retired and nobody uses it any more: closing earlier frees its memory. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connect connect;
    private final Ending ending;
    private int users;
    private boolean retired;

    Session(Connect connect, Ending ending) {
        this.connect = connect;
        this.ending = ending;
    }

    /** What is done once before the connection is closed. */
    interface Ending {
        void before(Connect connect) throws LibvirtException;
    }

    /** What is done with a connection. */
    interface Use<T> {
        T with(Connect connect) throws LibvirtException;
    }

    <T> T use(Use<T> use) throws LibvirtException {
        synchronized (this) {
            users++;
        }
        try {
            return use.with(connect);
        } finally {
            release();
        }
    }

    boolean isAlive() {
        return isAlive(connect);
    }

    /** Asks the client's side of the connection only, without a round trip. */
    static boolean isAlive(Connect connect) {
        try {
            return connect.isAlive();
        } catch (LibvirtException e) {
            LOG.debug("the connection does not know whether it lives", e);
            return false;
        }
    }

    private synchronized void release() {
        users--;
        closeIfUnused();
    }

    synchronized void retire() {
        retired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (retired && users == 0) {
            quietly(() -> ending.before(connect));
            quietly(connect::close);
        }
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (LibvirtException e) {
            LOG.debug("a broken connection did not close cleanly", e);
        }
    }

    private interface Step {
        void run() throws LibvirtException;
    }
}
