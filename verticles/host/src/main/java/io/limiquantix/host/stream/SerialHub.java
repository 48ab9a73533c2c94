package io.limiquantix.host.stream;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
    /** The timers that will cut those off. */
    private final Map<NetSocket, Long> slow = new HashMap<>();

    private boolean ended;

    /** Takes over the port, whose events come on this context; {@code gone} is told once when QEMU closes it. */
    SerialHub(Context context, NetSocket port, Runnable gone) {
        this.context = context;
        this.port = port;
        port.handler(this::fanOut);
        port.exceptionHandler(failure -> LOG.debug("a serial port broke", failure));
        port.closeHandler(closed -> {
            gone.run();
            ended = true;
            endViewers();
        });
    }

    /** To be called on the viewer's event loop, where its own events stay. */
    void join(NetSocket viewer) {
        viewer.pause();
        viewer.handler(bytes -> context.runOnContext(in -> type(bytes)));
        viewer.exceptionHandler(failure -> LOG.debug("a viewer broke off", failure));
        viewer.closeHandler(closed -> context.runOnContext(out -> leave(viewer)));
        context.runOnContext(now -> welcome(viewer));
    }

    private void welcome(NetSocket viewer) {
        viewer.write(scrollback.contents());
        if (ended) {
            viewer.end();
            return;
        }
        viewers.add(viewer);
        viewer.resume();
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
            if (viewer.writeQueueFull() && !slow.containsKey(viewer)) {
                awaitSlow(viewer);
            }
        }
    }

    private void awaitSlow(NetSocket viewer) {
        port.pause();
        slow.put(viewer, context.owner().setTimer(PATIENCE.toMillis(), late -> cutOff(viewer)));
        viewer.drainHandler(drained -> context.runOnContext(now -> keepsUpAgain(viewer)));
        if (!viewer.writeQueueFull()) {
            // Its own event loop was quicker than this one, so nobody tells of the drain.
            context.runOnContext(now -> keepsUpAgain(viewer));
        }
    }

    private void cutOff(NetSocket viewer) {
        LOG.info("a serial console's viewer did not keep up and was cut off");
        viewer.close();
        leave(viewer);
    }

    private void leave(NetSocket viewer) {
        viewers.remove(viewer);
        keepsUpAgain(viewer);
    }

    private void keepsUpAgain(NetSocket viewer) {
        Long timer = slow.remove(viewer);
        if (timer == null) {
            return;
        }
        context.owner().cancelTimer(timer);
        if (slow.isEmpty()) {
            port.resume();
            endViewers();
        }
    }

    /** A port that was paused may announce its end before it hands out its last bytes (vert.x #5748). */
    private void endViewers() {
        context.runOnContext(afterTheLastBytes -> {
            if (ended && slow.isEmpty()) {
                viewers.forEach(NetSocket::end);
            }
        });
    }

    void close() {
        port.close();
    }
}
