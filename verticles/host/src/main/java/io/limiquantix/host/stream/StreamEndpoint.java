package io.limiquantix.host.stream;

import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.storage.Exports;
import io.limiquantix.host.storage.OpenPools;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers of the stream endpoint: TLS for other machines, a UNIX socket for callers on this one. */
public final class StreamEndpoint {
    private static final int EVENT_LOOPS = 2;
    /** Vert.x chooses a free port for the instances of a deployment together when it is negative. */
    private static final int ANY_SHARED_PORT = -1;

    private final Place place;
    private final StreamCertificate certificate;
    private final StreamTickets tickets;
    private final int port;

    private StreamEndpoint(Place place, StreamCertificate certificate, StreamTickets tickets, int port) {
        this.place = place;
        this.certificate = certificate;
        this.tickets = tickets;
        this.port = port;
    }

    /**
     * Where it listens.
     *
     * @param address what others reach it by, also the interface it listens on
     * @param port 0 for any that is free
     */
    public record Place(String address, int port, Path localSocket) {}

    /** What it serves. */
    public record Services(
            StreamTickets tickets,
            ConsoleSockets sockets,
            SerialConsoles serials,
            OpenPools pools,
            Exports exports,
            ArrivalSockets arrivals) {}

    /** Blocks until it listens. */
    public static StreamEndpoint start(Vertx vertx, Place place, StreamCertificate certificate, Services services) {
        AtomicInteger port = new AtomicInteger();
        removeStale(place.localSocket());
        vertx.deployVerticle(
                        () -> new Server(place, certificate, services, port),
                        new DeploymentOptions().setInstances(EVENT_LOOPS))
                .await();
        closeToOthers(place.localSocket());
        return new StreamEndpoint(place, certificate, services.tickets(), port.get());
    }

    /** A process that was killed leaves its socket behind; nobody listens there, as this host's address is ours. */
    private static void removeStale(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("the old socket " + socket + " cannot be removed", e);
        }
    }

    private static void closeToOthers(Path socket) {
        try {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException("the socket " + socket + " cannot be closed to others", e);
        }
    }

    /** Admits one connection for this purpose. */
    public StreamTicket admit(StreamPurpose purpose) {
        StreamTickets.Issued issued = tickets.issue(purpose);
        return new StreamTicket(
                place.address(),
                port,
                issued.token(),
                certificate.sha256(),
                issued.expiresAt(),
                place.localSocket().toString());
    }

    /** One event loop's share of both servers. */
    private static final class Server extends AbstractVerticle {
        private final Place place;
        private final StreamCertificate certificate;
        private final Services services;
        private final AtomicInteger port;

        Server(Place place, StreamCertificate certificate, Services services, AtomicInteger port) {
            this.place = place;
            this.certificate = certificate;
            this.services = services;
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            ConsoleStream console =
                    new ConsoleStream(vertx, vertx.createNetClient(), services.sockets(), services.serials());
            UploadStream upload = new UploadStream(vertx, services.pools());
            DownloadStream download = new DownloadStream(services.exports());
            MigrationStream migration = new MigrationStream(vertx, vertx.createNetClient(), services.arrivals());
            Routes routes = new Routes(services.tickets(), console, upload, download, migration);
            HttpServerOptions options = new HttpServerOptions()
                    .setHandle100ContinueAutomatically(true)
                    .setTcpKeepAlive(true)
                    .setTcpNoDelay(true)
                    .setMaxInitialLineLength(1024);
            HttpServerOptions tls =
                    new HttpServerOptions(options).setSsl(true).setKeyCertOptions(certificate.options());
            vertx.createHttpServer(tls)
                    .requestHandler(routes::route)
                    .listen(place.port() == 0 ? ANY_SHARED_PORT : place.port(), place.address())
                    .compose(server -> {
                        port.set(server.actualPort());
                        return vertx.createHttpServer(options)
                                .requestHandler(routes::route)
                                .listen(SocketAddress.domainSocketAddress(
                                        place.localSocket().toString()));
                    })
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
