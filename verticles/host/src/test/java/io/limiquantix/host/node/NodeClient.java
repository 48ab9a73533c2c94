package io.limiquantix.host.node;

import io.limiquantix.host.testing.TestHost;
import io.limiquantix.node.v1.NodeDaemonGrpcClient;
import io.limiquantix.node.v1.Operation;
import io.limiquantix.runtime.certificate.CertificateMaker;
import io.limiquantix.runtime.id.Uuid7;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A program beside the control plane that speaks gRPC with a host. */
final class NodeClient implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final GrpcClient grpc;
    private final SocketAddress address;

    private NodeClient(TestHost host, HttpClientOptions options) throws IOException {
        String[] place = Files.readString(host.folder().resolve("host/node-daemon"))
                .strip()
                .split(":", -1);
        this.address = SocketAddress.inetSocketAddress(Integer.parseInt(place[1]), place[0]);
        this.grpc = GrpcClient.client(vertx, options);
    }

    /** With a certificate of the host's cluster. */
    static NodeClient member(TestHost host) throws IOException {
        return with(
                host, host.folder().resolve("cluster/member.pem"), host.folder().resolve("cluster/member-key.pem"));
    }

    /** With one that somebody else's authority signed. */
    static NodeClient stranger(TestHost host, Path folder) throws IOException {
        Path certificate = folder.resolve("stranger.pem");
        Path key = folder.resolve("stranger-key.pem");
        CertificateMaker.authority("Somebody else").issue("stranger").writeTo(certificate, key);
        return with(host, certificate, key);
    }

    static NodeClient nobody(TestHost host) throws IOException {
        return new NodeClient(host, options(host));
    }

    private static NodeClient with(TestHost host, Path certificate, Path key) throws IOException {
        return new NodeClient(
                host,
                options(host)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificate.toString())
                                .addKeyPath(key.toString())));
    }

    private static HttpClientOptions options(TestHost host) {
        return new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(host.folder().resolve("cluster/ca.pem").toString()));
    }

    NodeDaemonGrpcClient calls() {
        return NodeDaemonGrpcClient.create(grpc, address);
    }

    GrpcClient grpc() {
        return grpc;
    }

    SocketAddress address() {
        return address;
    }

    static Operation operation() {
        return Operation.newBuilder().setId(Uuid7.next().toString()).build();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** With what the call failed, absent when it did not or there was no call at all. */
    static @Nullable GrpcStatus status(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof InvalidStatusException status ? status.actualStatus() : null;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
