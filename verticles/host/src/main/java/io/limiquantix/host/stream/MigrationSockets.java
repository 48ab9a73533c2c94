package io.limiquantix.host.stream;

import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The sockets that a machine leaves by: what connects to them is taken through to the target's, until they are closed. */
public final class MigrationSockets implements AutoCloseable {
    private final Vertx vertx;
    private final String deployment;
    private final MigrationFolder folder;

    private MigrationSockets(Vertx vertx, String deployment, MigrationFolder folder) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.folder = folder;
    }

    /**
     * Makes the folder and its sockets; blocks until they listen.
     *
     * @param tickets one of the target's for each connection; may block
     */
    public static MigrationSockets open(Vertx vertx, MigrationFolder folder, Function<Channel, StreamTicket> tickets) {
        folder.make();
        try {
            String deployment = await(vertx.deployVerticle(new Server(folder, tickets)));
            folder.handOver();
            return new MigrationSockets(vertx, deployment, folder);
        } catch (RuntimeException e) {
            folder.remove();
            throw e;
        }
    }

    /** Ends all connections and removes the sockets; blocks until that is so. */
    @Override
    public void close() {
        await(vertx.undeploy(deployment));
        folder.remove();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static final class Server extends AbstractVerticle {
        private final MigrationFolder folder;
        private final Function<Channel, StreamTicket> tickets;

        Server(MigrationFolder folder, Function<Channel, StreamTicket> tickets) {
            this.folder = folder;
            this.tickets = tickets;
        }

        @Override
        public void start(Promise<Void> started) {
            Tunnel tunnel = new Tunnel(vertx, new HostStreams(vertx), tickets);
            List<Future<?>> listening = new ArrayList<>();
            for (Channel channel : Channel.values()) {
                listening.add(vertx.createNetServer()
                        .connectHandler(connection -> tunnel.take(channel, connection))
                        .listen(SocketAddress.domainSocketAddress(
                                folder.socket(channel).toString())));
            }
            Future.all(listening).<Void>mapEmpty().onComplete(started);
        }
    }
}
