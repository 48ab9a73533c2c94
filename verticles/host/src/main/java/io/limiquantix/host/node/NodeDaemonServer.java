package io.limiquantix.host.node;

import io.limiquantix.node.v1.NodeDaemonGrpcService;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.cluster.MemberCertificates;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the service listens: gRPC on HTTP/2 with mutual TLS, with reflection and health beside it. */
public final class NodeDaemonServer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDaemonServer.class);
    private static final int LARGEST_REQUEST = 1 << 20;
    private static final String NAME = "node-daemon";

    private NodeDaemonServer() {}

    /**
     * @param address the interface to listen on, and what clients know the host by
     * @param port 0 for any that is free
     * @param folder for the certificate, and a file {@code node-daemon} that says where it listens
     */
    public record Place(String address, int port, Path folder) {}

    /**
     * Blocks until it listens.
     *
     * @param healthy whether the host can serve now, asked at each look at its health
     */
    public static void start(Platform platform, Place place, UUID hostId, BooleanSupplier healthy) {
        MemberCertificates certificates = MemberCertificates.of(platform);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(place.address())
                .setPort(place.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(certificates.server(place.folder(), NAME, place.address()))
                .setTrustOptions(certificates.trust())
                .setClientAuth(ClientAuth.REQUIRED);
        AtomicInteger port = new AtomicInteger();
        NodeDaemonCalls calls = new NodeDaemonCalls(new NodeCaller(platform.bus(), hostId));
        platform.vertx()
                .deployVerticle(new Server(options, calls, healthy, port))
                .await();
        String listening = place.address() + ":" + port.get();
        note(place.folder(), listening);
        LOG.info("the gRPC service NodeDaemon is at {}", listening);
    }

    private static void note(Path folder, String listening) {
        try {
            DurableFiles.write(
                    folder.resolve(NAME), (listening + "\n").getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException("the address of NodeDaemon cannot be written", e);
        }
    }

    /** Its share of an event loop. */
    private static final class Server extends AbstractVerticle {
        private final HttpServerOptions options;
        private final NodeDaemonCalls calls;
        private final BooleanSupplier healthy;
        private final AtomicInteger port;

        Server(HttpServerOptions options, NodeDaemonCalls calls, BooleanSupplier healthy, AtomicInteger port) {
            this.options = options;
            this.calls = calls;
            this.healthy = healthy;
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            HealthService health = HealthService.create(vertx)
                    .register(NodeDaemonGrpcService.SERVICE_NAME, () -> Future.succeededFuture(healthy.getAsBoolean()));
            GrpcServer grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(LARGEST_REQUEST))
                    .addService(NodeDaemonGrpcService.of(calls))
                    .addService(health)
                    .addService(ReflectionService.v1());
            vertx.createHttpServer(options)
                    .requestHandler(grpc)
                    .listen()
                    .<Void>map(server -> {
                        port.set(server.actualPort());
                        return null;
                    })
                    .onComplete(started);
        }
    }
}
