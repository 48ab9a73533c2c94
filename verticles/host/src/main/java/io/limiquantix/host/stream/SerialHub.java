package io.limiquantix.host.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A VM's serial port, of which QEMU serves one connection only, shared by any number of viewers. All see what the guest
 * writes, each may type, and a new one first gets the last {@value Scrollback#BYTES} bytes. A viewer that does not keep up
 * slows the port down; after a few seconds it is cut off, so that nobody can stall a guest that writes to its console.
 * State is touched on one event loop only.
 */
final class SerialHub {
    private static final Logger LOG = LoggerFactory.getLogger(SerialHub.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Context context;
    private final NetSocket port;
    private final Scrollback scrollback = new Scrollback();
    private final Set<NetSocket> viewers = new HashSet<>();
    private final Set<NetSocket> slow = new HashSet<>();

    /** Takes over the port, whose events come on this context; {@code ended} is told once when QEMU closes it. */
    SerialHub(Context context, NetSocket port, Runnable ended) {
        this.context = context;
        this.port = port;
        port.handler(this::fanOut);
        port.exceptionHandler(failure -> LOG.debug("a serial port broke", failure));
        port.closeHandler(closed -> {
            ended.run();
            viewers.forEach(NetSocket::end);
        });
    }

    /** May be called on any thread; the viewer's own events stay on its event loop. */
    void join(NetSocket viewer) {
        viewer.pause();
        context.runOnContext(now -> {
            viewer.write(scrollback.contents());
            viewers.add(viewer);
            viewer.handler(bytes -> context.runOnContext(in -> type(bytes)));
            viewer.exceptionHandler(failure -> LOG.debug("a viewer broke off", failure));
            viewer.closeHandler(closed -> context.runOnContext(out -> leave(viewer)));
            viewer.resume();
        });
    }

    private void type(Buffer bytes) {
        port.write(bytes);
        if (port.writeQueueFull()) {
            viewers.forEach(NetSocket::pause);
            port.drainHandler(drained -> viewers.forEach(NetSocket::resume));
        }
    }

    private void fanOut(Buffer bytes) {
        scrollback.add(bytes);
        for (NetSocket viewer : viewers) {
            viewer.write(bytes.copy());
            if (viewer.writeQueueFull() && slow.add(viewer)) {
                awaitSlow(viewer);
            }
        }
    }

    private void awaitSlow(NetSocket viewer) {
        port.pause();
        viewer.drainHandler(drained -> context.runOnContext(now -> keepsUpAgain(viewer)));
        if (!viewer.writeQueueFull()) {
            // Its own event loop was quicker than this one, so nobody tells of the drain.
            keepsUpAgain(viewer);
        }
        context.owner()
                .setTimer(
                        PATIENCE.toMillis(),
                        timer -> context.runOnContext(now -> {
                            if (slow.contains(viewer) && viewer.writeQueueFull()) {
                                LOG.info("a serial console's viewer did not keep up and was cut off");
                                viewer.close();
                                leave(viewer);
                            }
                        }));
    }

    private void leave(NetSocket viewer) {
        viewers.remove(viewer);
        keepsUpAgain(viewer);
    }

    private void keepsUpAgain(NetSocket viewer) {
        if (slow.remove(viewer) && slow.isEmpty()) {
            port.resume();
        }
    }

    void close() {
        port.close();
    }
}
