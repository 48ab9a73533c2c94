package io.limiquantix.host.libvirt;

import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to libvirtd, closed when it was retired and nobody uses it any more: closing earlier frees its memory. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connect connect;
    private int users;
    private boolean retired;

    Session(Connect connect) {
        this.connect = connect;
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
            try {
                connect.close();
            } catch (LibvirtException e) {
                LOG.debug("a broken connection did not close cleanly", e);
            }
        }
    }
}
