package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.runtime.stream.Pipe;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns an upgraded request into a connection to this host's hypervisor. Runs on the endpoint's event loops. */
final class MigrationStream {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationStream.class);

    private final Vertx vertx;
    private final NetClient client;
    private final ArrivalSockets arrivals;

    MigrationStream(Vertx vertx, NetClient client, ArrivalSockets arrivals) {
        this.vertx = vertx;
        this.client = client;
        this.arrivals = arrivals;
    }

    void handle(HttpServerRequest request, StreamPurpose.Migration purpose) {
        if (!StreamProtocol.UPGRADE.equalsIgnoreCase(request.getHeader("Upgrade"))) {
            StreamRefusal.send(request, FailureCode.INVALID, "A migration needs an upgrade to a stream.");
            return;
        }
        request.pause();
        try {
            String socket =
                    arrivals.socket(purpose.migrationId(), purpose.channel()).toString();
            client.connect(SocketAddress.domainSocketAddress(socket))
                    .onFailure(failure -> refuse(request, purpose, failure))
                    .onSuccess(hypervisor -> join(request, purpose, hypervisor));
        } catch (FailureException e) {
            StreamRefusal.send(request, e.code(), e.failure().message());
        }
    }

    private void join(HttpServerRequest request, StreamPurpose.Migration purpose, NetSocket hypervisor) {
        hypervisor.pause();
        request.toNetSocket().onFailure(failure -> hypervisor.close()).onSuccess(source -> {
            source.pause();
            Runnable ended = arrivals.joined(purpose.migrationId(), () -> {
                hypervisor.close();
                source.close();
            });
            Pipe.join(vertx.getOrCreateContext(), source, hypervisor).onComplete(over -> ended.run());
        });
    }

    private static void refuse(HttpServerRequest request, StreamPurpose.Migration purpose, Throwable failure) {
        LOG.warn("the hypervisor does not take the {} of a machine that arrives", purpose.channel(), failure);
        StreamRefusal.send(
                request,
                FailureCode.HYPERVISOR,
                "The hypervisor of the target does not listen for the " + purpose.channel() + " of the machine.");
    }
}
