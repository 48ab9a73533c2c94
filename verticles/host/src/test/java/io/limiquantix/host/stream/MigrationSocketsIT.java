package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.libvirt.QemuUser.Owner;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets at both ends and TLS between them; what stands in for the two hypervisors writes as this test says. */
class MigrationSocketsIT {
    private static final Executor THREADS = Thread::startVirtualThread;
    private static final int MUCH = 16 << 20;
    /** More than all buffers on the way hold together. */
    private static final int TOO_MUCH = 64 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final UUID migration = Uuid7.next();
    private final ArrivalSockets arrivals = new ArrivalSockets();
    private final StreamTickets tickets = new StreamTickets(Clock.systemUTC());
    private final Path there;
    private final ServerSocketChannel hypervisor;
    private final StreamCertificate certificate;
    private final MigrationFolder folder;
    private final int port;
    private MigrationSockets sockets;

    MigrationSocketsIT(@TempDir Path root) throws IOException {
        there = Files.createDirectory(root.resolve("there")).resolve("socket");
        hypervisor = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(there));
        certificate = StreamCertificate.in(Files.createDirectory(root.resolve("keys")));
        int user = (Integer) Files.getAttribute(root, "unix:uid");
        int group = (Integer) Files.getAttribute(root, "unix:gid");
        folder = new MigrationFolder(root.resolve("here"), migration, new Owner(user, group));
        arrivals.open(migration, Map.of(Channel.MEMORY, there, Channel.DISKS, there, Channel.LIBVIRT, there));
        port = listen();
        sockets = MigrationSockets.open(vertx, folder, this::ticket);
    }

    private int listen() {
        MigrationStream stream = new MigrationStream(vertx, vertx.createNetClient(), arrivals);
        return vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.options()))
                .requestHandler(request -> serve(stream, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void serve(MigrationStream stream, HttpServerRequest request) {
        String token =
                Objects.requireNonNull(request.getHeader("Authorization")).substring("Bearer ".length());
        stream.handle(request, (StreamPurpose.Migration) tickets.redeem(token).orElseThrow());
    }

    private StreamTicket ticket(Channel channel) {
        arrivals.require(migration);
        StreamTickets.Issued issued = tickets.issue(new StreamPurpose.Migration(migration, channel));
        return new StreamTicket("127.0.0.1", port, issued.token(), certificate.sha256(), issued.expiresAt(), null);
    }

    @BeforeEach
    void isClosedToOthers() throws IOException {
        assertThat(Files.getPosixFilePermissions(folder.socket(Channel.DISKS).getParent()))
                .hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.socket(Channel.LIBVIRT)))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(folder.socket(Channel.LIBVIRT)
                        .startsWith(folder.socket(Channel.DISKS).getParent()))
                .isFalse();
    }

    @AfterEach
    void stop() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        hypervisor.close();
    }

    private SocketChannel connect(Channel channel) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.socket(channel)));
    }

    /** Both ends of a connection that has been taken through. */
    private record Joined(SocketChannel here, SocketChannel there) {}

    private Joined join(Channel channel) throws IOException {
        SocketChannel here = connect(channel);
        here.write(ByteBuffer.wrap(new byte[] {1}));
        SocketChannel accepted = hypervisor.accept();
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(1);
        return new Joined(here, accepted);
    }

    private static CompletableFuture<String> send(SocketChannel to, long seed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        byte[] bytes = new byte[MUCH];
                        new Random(seed).nextBytes(bytes);
                        Channels.newOutputStream(to).write(bytes);
                        return sha256(bytes);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                THREADS);
    }

    private static CompletableFuture<String> receive(SocketChannel from) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return sha256(Channels.newInputStream(from).readNBytes(MUCH));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                THREADS);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertEnds(SocketChannel channel) throws IOException {
        assertThat(channel.read(ByteBuffer.allocate(1))).isNegative();
        channel.close();
    }

    @Test
    void bytesGoBothWaysOnSeveralConnectionsAtOnceAndWhatWasSentBeforeTheEndArrives() throws IOException {
        Joined memory = join(Channel.MEMORY);
        Joined disks = join(Channel.DISKS);
        var memoryArrives = receive(memory.there());
        var answerArrives = receive(memory.here());
        var sentBack = send(memory.there(), 2);
        var sent = send(memory.here(), 1);
        assertThat(memoryArrives.join()).isEqualTo(sent.join());
        assertThat(answerArrives.join()).isEqualTo(sentBack.join());
        var last = send(disks.here(), 3);
        var lastArrives = receive(disks.there());
        String expected = last.join();
        disks.here().close();
        assertThat(lastArrives.join()).isEqualTo(expected);
        assertEnds(disks.there());
        memory.there().close();
        assertEnds(memory.here());
    }

    @Test
    void aReceiverThatReadsNothingMakesTheSenderWait() throws IOException {
        Joined memory = join(Channel.MEMORY);
        memory.here().configureBlocking(false);
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        long taken = 0;
        int idle = 0;
        while (idle < 1_000 && taken < TOO_MUCH) {
            int written = memory.here().write(block.clear());
            taken += written;
            idle = written == 0 ? idle + 1 : 0;
            Thread.onSpinWait();
        }
        assertThat(taken).as("bytes that nobody read").isLessThan(TOO_MUCH);
        memory.there().close();
    }

    @Test
    void allEndsWithTheArrival() throws IOException {
        Joined memory = join(Channel.MEMORY);
        Joined libvirt = join(Channel.LIBVIRT);
        arrivals.close(migration);
        for (SocketChannel end : new SocketChannel[] {memory.here(), memory.there(), libvirt.here(), libvirt.there()}) {
            assertEnds(end);
        }
        assertEnds(connect(Channel.DISKS));
        assertThatThrownBy(() -> ticket(Channel.DISKS)).isInstanceOf(FailureException.class);
    }

    @Test
    void allEndsWithTheSocketsAndNothingIsLeft() throws IOException {
        Joined memory = join(Channel.MEMORY);
        Joined disks = join(Channel.DISKS);
        assertThat(hasSockets()).isTrue();
        sockets.close();
        for (SocketChannel end : new SocketChannel[] {memory.here(), memory.there(), disks.here(), disks.there()}) {
            assertEnds(end);
        }
        assertThat(folder.all()).isEmptyDirectory();
        Eventually.holds(() -> !hasSockets());
        arrivals.close(migration);
        sockets = MigrationSockets.open(vertx, folder, this::ticket);
        assertEnds(connect(Channel.DISKS));
    }

    /** The kernel's list of sockets has those that were accepted too. */
    private boolean hasSockets() {
        try {
            return Files.readString(Path.of("/proc/net/unix"))
                    .contains(folder.all().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
