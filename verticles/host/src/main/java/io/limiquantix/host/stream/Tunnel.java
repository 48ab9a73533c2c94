package io.limiquantix.host.stream;

import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.runtime.stream.HostStreams;
import io.limiquantix.runtime.stream.Pipe;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetSocket;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections of this host's hypervisor through to the other host's. Bytes wait where the receiver cannot keep up; a side that
 * ends ends both, and what it sent before arrives. Runs on one event loop.
 */
final class Tunnel {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final Vertx vertx;
    private final HostStreams streams;
    private final Function<Channel, StreamTicket> tickets;

    /** @param tickets is called on a thread that may block, for each connection */
    Tunnel(Vertx vertx, HostStreams streams, Function<Channel, StreamTicket> tickets) {
        this.vertx = vertx;
        this.streams = streams;
        this.tickets = tickets;
    }

    void take(Channel channel, NetSocket hypervisor) {
        hypervisor.pause();
        ticket(channel)
                .compose(streams::openMigration)
                .onSuccess(target -> Pipe.join(vertx.getOrCreateContext(), hypervisor, target))
                .onFailure(failure -> {
                    LOG.warn("the {} of a machine that leaves finds no way to its target", channel, failure);
                    hypervisor.close();
                });
    }

    /** Works on a virtual thread and comes back to this event loop. */
    private Future<StreamTicket> ticket(Channel channel) {
        Promise<StreamTicket> promise =
                ((VertxInternal) vertx).getOrCreateContext().promise();
        Thread.ofVirtual().name("migration-ticket").start(() -> {
            try {
                promise.complete(tickets.apply(channel));
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
