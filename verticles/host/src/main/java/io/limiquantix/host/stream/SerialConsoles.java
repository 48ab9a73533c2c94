package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serial ports of the domains that run. Each is listened to from the start, so that whoever opens the console later
 * still sees how the guest booted. Safe for any thread; opening blocks.
 */
public final class SerialConsoles {
    private static final Logger LOG = LoggerFactory.getLogger(SerialConsoles.class);

    private final Vertx vertx;
    private final NetClient client;
    private final ConsoleSockets sockets;
    private final Map<UUID, CompletableFuture<SerialHub>> hubs = new ConcurrentHashMap<>();

    public SerialConsoles(Vertx vertx, ConsoleSockets sockets) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.sockets = sockets;
    }

    /** Begins to listen when the domain runs; a domain that ends closes its port by itself. Does not block. */
    public void follow(DomainReport report) {
        boolean runs = report.state() == PowerState.RUNNING || report.state() == PowerState.PAUSED;
        if (runs && !hubs.containsKey(report.vmId())) {
            Thread.ofVirtual().name("serial-" + report.vmId()).start(() -> listen(report.vmId()));
        }
    }

    private void listen(UUID vmId) {
        try {
            open(vmId);
        } catch (FailureException e) {
            LOG.info(
                    "the serial port of {} is not listened to: {}",
                    vmId,
                    e.failure().message());
        }
    }

    /** The VM's hub, connected. */
    SerialHub open(UUID vmId) {
        CompletableFuture<SerialHub> fresh = new CompletableFuture<>();
        CompletableFuture<SerialHub> there = hubs.putIfAbsent(vmId, fresh);
        if (there != null) {
            return await(there);
        }
        try {
            connect(vmId, sockets.serial(vmId), fresh);
            return await(fresh);
        } catch (RuntimeException e) {
            hubs.remove(vmId, fresh);
            fresh.completeExceptionally(e);
            throw e;
        }
    }

    private void connect(UUID vmId, Path socket, CompletableFuture<SerialHub> hub) {
        // A hub lives longer than whoever opened it, so it gets an event loop of its own choice.
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        context.runOnContext(now -> client.connect(SocketAddress.domainSocketAddress(socket.toString()))
                .onSuccess(port -> hub.complete(adopt(vmId, context, port, hub)))
                .onFailure(hub::completeExceptionally));
    }

    private SerialHub adopt(UUID vmId, Context context, NetSocket port, CompletableFuture<SerialHub> hub) {
        LOG.info("listening to the serial port of VM {}", vmId);
        return new SerialHub(context, port, () -> hubs.remove(vmId, hub));
    }

    private static SerialHub await(CompletableFuture<SerialHub> hub) {
        try {
            return hub.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FailureException refused) {
                throw refused;
            }
            throw FailureException.of(FailureCode.HYPERVISOR, "The serial port could not be reached: " + e.getCause());
        }
    }

    /** Closes all ports; the guests do not notice. */
    public void close() {
        for (CompletableFuture<SerialHub> hub : hubs.values()) {
            hub.thenAccept(SerialHub::close).exceptionally(failure -> {
                LOG.debug("a serial port that never opened needs no closing", failure);
                return null;
            });
        }
        client.close();
    }
}
