package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.runtime.stream.Pipe;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns an upgraded request into a VM's console. Runs on the endpoint's event loops. */
final class ConsoleStream {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleStream.class);

    private static final int CONNECT_TRIES = 40;
    private static final long CONNECT_PAUSE_MILLIS = 50;

    private final Vertx vertx;
    private final NetClient client;
    private final ConsoleSockets sockets;
    private final SerialConsoles serials;

    ConsoleStream(Vertx vertx, NetClient client, ConsoleSockets sockets, SerialConsoles serials) {
        this.vertx = vertx;
        this.client = client;
        this.sockets = sockets;
        this.serials = serials;
    }

    void handle(HttpServerRequest request, StreamPurpose.Console purpose) {
        if (!StreamProtocol.UPGRADE.equalsIgnoreCase(request.getHeader("Upgrade"))) {
            StreamRefusal.send(request, FailureCode.INVALID, "A console needs an upgrade to a stream.");
            return;
        }
        request.pause();
        switch (purpose.kind()) {
            case VNC -> vnc(request, purpose);
            case SERIAL -> serial(request, purpose);
        }
    }

    private void vnc(HttpServerRequest request, StreamPurpose.Console purpose) {
        connect(purpose).onFailure(failure -> refuse(request, failure)).onSuccess(qemu -> {
            qemu.pause();
            request.toNetSocket()
                    .onSuccess(viewer -> {
                        viewer.pause();
                        Pipe.join(vertx.getOrCreateContext(), viewer, qemu);
                    })
                    .onFailure(failure -> qemu.close());
        });
    }

    /** Looks the socket up on a thread that may block, and connects on this request's event loop. */
    private Future<NetSocket> connect(StreamPurpose.Console purpose) {
        return blocking(() -> sockets.vnc(purpose.vmId()))
                .compose(path -> connect(SocketAddress.domainSocketAddress(path.toString()), CONNECT_TRIES));
    }

    /** QEMU lets one caller wait at its socket; of more who come at once the others are turned away for a moment. */
    private Future<NetSocket> connect(SocketAddress qemu, int triesLeft) {
        return client.connect(qemu).recover(failure -> {
            if (triesLeft <= 1) {
                return Future.failedFuture(failure);
            }
            return vertx.timer(CONNECT_PAUSE_MILLIS).compose(paused -> connect(qemu, triesLeft - 1));
        });
    }

    private void serial(HttpServerRequest request, StreamPurpose.Console purpose) {
        blocking(() -> serials.open(purpose.vmId()))
                .compose(hub -> request.toNetSocket().onSuccess(hub::join))
                .onFailure(failure -> refuse(request, failure));
    }

    /** Works on a virtual thread and comes back to this event loop. */
    private <T> Future<T> blocking(Supplier<T> work) {
        Promise<T> promise = ((VertxInternal) vertx).getOrCreateContext().promise();
        Thread.ofVirtual().name("console").start(() -> {
            try {
                promise.complete(work.get());
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }

    private static void refuse(HttpServerRequest request, Throwable failure) {
        if (failure instanceof FailureException refused) {
            StreamRefusal.send(request, refused.code(), refused.failure().message());
        } else {
            LOG.warn("a console could not be opened", failure);
            StreamRefusal.send(request, FailureCode.HYPERVISOR, "The console could not be reached.");
        }
    }
}
