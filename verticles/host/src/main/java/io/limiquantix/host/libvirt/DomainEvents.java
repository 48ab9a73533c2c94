package io.limiquantix.host.libvirt;

import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.AgentLifecycleListener;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.LifecycleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which domain changed. An event says only where to look: what the listener gets is read anew, so that events that
 * come late or in a bunch cannot mislead.
 */
public final class DomainEvents implements LibvirtConnection.Observer {
    private static final Logger LOG = LoggerFactory.getLogger(DomainEvents.class);

    private final Listener listener;
    /** Held here because libvirt-java keeps callbacks alive only through the connection. */
    private final LifecycleListener lifecycle = this::onLifecycle;

    private final AgentLifecycleListener agent = (domain, state, reason) -> changed(domain);

    /** Called on libvirt's event thread or the one that watches the connection: it must not block nor call libvirt. */
    public interface Listener {
        void changed(UUID domain);

        /** A new connection: anything may have changed meanwhile. */
        void anythingMayHaveChanged();
    }

    private DomainEvents(Listener listener) {
        this.listener = listener;
    }

    /** Begins to tell; goes on after each reconnection. */
    public static void tell(Listener listener, LibvirtConnection connection) {
        connection.observe(new DomainEvents(listener));
    }

    @Override
    public void connected(Connect connect) throws LibvirtException {
        connect.addLifecycleListener(lifecycle);
        connect.addAgentLifecycleListener(agent);
    }

    /** libvirt keeps callbacks past the end of a connection, and libvirt-java does not survive one that comes then. */
    @Override
    public void closing(Connect connect) throws LibvirtException {
        connect.removeLifecycleListener(lifecycle);
        connect.removeAgentLifecycleListener(agent);
    }

    @Override
    public void usable() {
        listener.anythingMayHaveChanged();
    }

    private int onLifecycle(Domain domain, DomainEvent event) {
        changed(domain);
        return 0;
    }

    private void changed(Domain domain) {
        try {
            listener.changed(UUID.fromString(domain.getUUIDString()));
        } catch (LibvirtException | RuntimeException e) {
            // An exception would end in native code; the poll finds what this event was about.
            LOG.warn("an event of libvirt could not be read", e);
        } finally {
            free(domain);
        }
    }

    private static void free(Domain domain) {
        try {
            domain.free();
        } catch (LibvirtException e) {
            LOG.debug("a domain's handle could not be freed", e);
        }
    }
}
