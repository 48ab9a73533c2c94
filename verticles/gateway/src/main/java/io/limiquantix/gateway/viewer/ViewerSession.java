package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.FailureException;
import io.limiquantix.gateway.viewer.ViewerTickets.Taken;
import io.limiquantix.runtime.stream.Pipe;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's connection: who it is, by a ticket; then the bytes of the VM's screen, untouched, both ways, until one side
 * ends or the session of the ticket does. The handshake runs on a virtual thread, the bytes on the socket's event loop.
 */
final class ViewerSession {
    private static final Logger LOG = LoggerFactory.getLogger(ViewerSession.class);
    private static final Duration SCREEN_PATIENCE = Duration.ofSeconds(15);

    private final ViewerDoor door;
    private final Context loop;
    private final NetSocket socket;
    private final SocketPeer viewer;
    private final String address;

    /** On the socket's event loop. */
    ViewerSession(ViewerDoor door, Context loop, NetSocket socket, String address) {
        this.door = door;
        this.loop = loop;
        this.socket = socket;
        this.address = address;
        this.viewer = SocketPeer.of(loop, socket, ViewerDoor.HANDSHAKE);
    }

    /** Blocks until it is known who it is, and the screen is there. */
    void run() {
        try {
            Optional<Taken> taken;
            try {
                taken = admit();
            } finally {
                door.waiting().leave(address);
            }
            viewer.extend(SCREEN_PATIENCE);
            if (taken.isPresent()) {
                show(taken.get());
            } else {
                viewer.write(Rfb.failed("The ticket is unknown, was used, or is older than "
                        + ViewerTickets.VALID.toSeconds() + " seconds. Ask LimiQuantix for a new one."));
                end(socket);
            }
        } catch (PeerGoneException e) {
            LOG.debug("a viewer at {} was not let in: {}", address, e.getMessage());
            end(socket);
        } catch (RuntimeException | Error e) {
            LOG.error("a viewer at {} could not be served", address, e);
            end(socket);
        }
    }

    private Optional<Taken> admit() {
        byte[] challenge = VncChallenge.make(door.random());
        byte[] answer =
                new ViewerHandshake(viewer).perform(challenge, door.guesses().locked(address));
        Optional<Taken> taken = door.tickets().take(challenge, answer);
        if (taken.isPresent()) {
            door.guesses().right(address);
        } else {
            Duration wait = door.guesses().wrong(address);
            LOG.warn("a viewer at {} has brought a wrong ticket", address);
            door.noteWrong(address);
            pause(wait);
        }
        return taken;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Taken taken) {
        door.noteOpened(taken, address);
        Runnable forget = door.remember(taken.session(), () -> end(socket));
        boolean joined = false;
        try {
            NetSocket host = connect(taken);
            joined = true;
            loop.runOnContext(unused -> join(host, forget));
        } catch (FailureException e) {
            viewer.extend(SCREEN_PATIENCE);
            viewer.write(Rfb.failed(e.failure().message()));
            end(socket);
        } finally {
            if (!joined) {
                forget.run();
            }
        }
    }

    /** The host's connection, where QEMU has agreed and waits for the viewer's first word. */
    private NetSocket connect(Taken taken) {
        var ticket = door.openScreen(taken);
        record Connected(NetSocket socket, SocketPeer peer) {}
        Promise<Connected> connected = Promise.promise();
        loop.runOnContext(unused -> door.hosts()
                .openConsole(ticket)
                .map(host -> new Connected(host, SocketPeer.of(loop, host, SCREEN_PATIENCE)))
                .onComplete(connected));
        Connected host = connected.future().await();
        try {
            ScreenHandshake.perform(host.peer());
            viewer.extend(SCREEN_PATIENCE);
            viewer.write(Rfb.OK);
            // Whatever the viewer wishes: remote-viewer wants the screen alone, and QEMU would throw everybody else
            // out.
            viewer.read(Rfb.SHARED.length);
            host.peer().write(Rfb.SHARED);
            return host.socket();
        } catch (PeerGoneException e) {
            end(host.socket());
            LOG.warn("the screen of the VM {} cannot be shown: {}", taken.vmId(), e.getMessage());
            throw e;
        }
    }

    private void join(NetSocket host, Runnable forget) {
        Buffer early = viewer.rest();
        if (early == null) {
            end(host);
            forget.run();
            return;
        }
        host.write(early).onFailure(ViewerSession::note);
        Pipe.join(loop, socket, host).onSuccess(over -> forget.run());
    }

    /** After what was written before. */
    private void end(NetSocket ended) {
        loop.runOnContext(unused -> ended.end().onFailure(ViewerSession::note));
    }

    private static void note(Throwable cause) {
        LOG.debug("one side of a viewer's connection was gone already", cause);
    }
}
