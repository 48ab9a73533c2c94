package io.limiquantix.host.libvirt;

import java.util.concurrent.atomic.AtomicBoolean;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs libvirt's event loop, which events and keep-alive need, on one daemon thread. It has to be registered before the
 * first connection of the process is opened.
 */
final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final AtomicBoolean open = new AtomicBoolean(true);

    static EventLoop start() throws LibvirtException {
        Library.initEventLoop();
        EventLoop loop = new EventLoop();
        Thread.ofPlatform().name("libvirt-events").daemon().start(loop::run);
        return loop;
    }

    /** Goes on after a failure: without it no event comes and each connection dies of its keep-alive. */
    private void run() {
        while (open.get()) {
            try {
                Library.processEvent();
            } catch (LibvirtException | RuntimeException e) {
                LOG.warn("libvirt's event loop stumbled and goes on", e);
            }
        }
    }

    /** The thread ends with the next event; libvirt's own timer brings one each second. */
    @Override
    public void close() {
        open.set(false);
    }
}
