package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.stream.FakeHost;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.RfbViewer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Viewers at a real gateway, with real TLS; behind it a made-up host whose QEMU echoes what comes after its handshake. */
class ViewerIT {
    private static final String WRONG = "wrong-00";
    private static final int QEMU_HEARS_FIRST = RfbViewer.VERSION.length() + 1;

    // One for each test: the gateway remembers who has guessed.
    private final TestGateway gateway = TestGateway.withViewers();
    private final FakeHost host = FakeHost.start();
    private final AtomicReference<Function<DomainApi.OpenConsole, StreamTicket>> compute =
            new AtomicReference<>(q -> host.ticket());
    private final AtomicReference<VmView> asked = new AtomicReference<>(vm("web 1"));
    private final UUID vm = Uuid7.next();
    private ApiClient client = gateway.client();

    @BeforeEach
    void serve() {
        gateway.bus().serve(ComputeApi.OPEN_CONSOLE, (request, caller) -> compute.get()
                .apply(request));
        gateway.bus().serve(ComputeApi.GET, (request, caller) -> asked.get());
        host.onConsole(ViewerIT::qemu);
        client = gateway.client().logIn();
    }

    @AfterEach
    void stop() {
        host.close();
        gateway.close();
    }

    private static void qemu(NetSocket socket) {
        Buffer heard = Buffer.buffer();
        socket.handler(bytes -> {
            int before = heard.length();
            heard.appendBuffer(bytes);
            if (before < RfbViewer.VERSION.length() && heard.length() >= RfbViewer.VERSION.length()) {
                socket.write(Buffer.buffer(new byte[] {1, 1}));
            }
            if (before < QEMU_HEARS_FIRST && heard.length() >= QEMU_HEARS_FIRST) {
                socket.write(Buffer.buffer(new byte[4]));
            }
            if (heard.length() > QEMU_HEARS_FIRST) {
                socket.write(heard.getBuffer(Math.max(before, QEMU_HEARS_FIRST), heard.length()));
            }
        });
        socket.resume();
        socket.write(RfbViewer.VERSION);
    }

    private VmView vm(String name) {
        return new VmView(
                Uuid7.next(),
                new VmSpec(name, "", 1, 1L << 30, List.of(), List.of(), null),
                VmView.Phase.READY,
                PowerState.RUNNING,
                "",
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                null);
    }

    private ApiClient.Reply file(ApiClient holder) {
        return holder.send("POST", "/vms/" + vm + "/viewer-files", BodyPublishers.noBody(), Map.of());
    }

    private String ticket(ApiClient holder) {
        ApiClient.Reply reply = file(holder);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.text()
                .lines()
                .filter(line -> line.startsWith("password="))
                .map(line -> line.substring("password=".length()))
                .findFirst()
                .orElseThrow();
    }

    private long tickets() {
        return gateway.plane()
                .controlPlane()
                .database()
                .queryOne("select count(*) as many from gateway.viewer_tickets", row -> row.number("many"))
                .orElseThrow();
    }

    private RfbViewer connect() {
        return RfbViewer.connect(gateway.viewerPort());
    }

    private RfbViewer opened(String ticket) {
        RfbViewer viewer = connect();
        assertThat(viewer.open(client.tls(), ticket)).isEmpty();
        viewer.write(new byte[] {0});
        assertThat(viewer.read(1))
                .as("what QEMU hears of a viewer that wants to be alone")
                .containsExactly(1);
        return viewer;
    }

    private void assertRefused(String ticket, String reason) {
        try (RfbViewer viewer = connect()) {
            assertThat(viewer.open(client.tls(), ticket)).contains(reason);
            viewer.awaitEnd();
        }
    }

    private void endSession() {
        String token = client.cookie().split("=", 2)[1];
        gateway.bus()
                .publish(
                        IdentityApi.SESSIONS_ENDED,
                        new IdentityApi.SessionsEnded(List.of(LiveStreams.session(new Secret(token)))));
    }

    @Test
    void bytesGoBothWaysUntouchedAndTheAuditSaysWhose() {
        byte[] all = new byte[3 << 20];
        new Random(42).nextBytes(all);
        try (RfbViewer viewer = opened(ticket(client))) {
            Thread sender = Thread.startVirtualThread(() -> {
                for (int from = 0; from < all.length; from += 1 << 16) {
                    viewer.write(Arrays.copyOfRange(all, from, from + (1 << 16)));
                }
            });
            assertThat(viewer.read(all.length)).isEqualTo(all);
            assertThat(sender.isAlive()).isFalse();
            assertThat(gateway.management("/metrics")).contains("limiquantix_viewers 1\n");
        }
        Eventually.holds(() -> gateway.management("/metrics").contains("limiquantix_viewers 0\n"));
        assertThat(gateway.identity().audit())
                .filteredOn(entry -> vm.equals(entry.targetId()))
                .extracting(IdentityApi.AuditEntry::userName, e -> e.details().get("operation"))
                .containsExactly(tuple("admin", "createViewerFile"), tuple("admin", "openViewer"));
    }

    @Test
    void theFileAndTheLinkSayWhereAndAreSafeToSave() {
        asked.set(vm("web/1\" x"));
        ApiClient.Reply file = file(client);
        assertThat(file.headers())
                .containsEntry("content-type", "application/x-virt-viewer")
                .containsEntry(
                        "content-disposition",
                        "attachment; filename=\"web_1__x.vv\"; filename*=UTF-8''web%2F1%22%20x.vv");
        assertThat(file.text().lines())
                .contains("type=vnc", "host=localhost", "port=" + gateway.viewerPort(), "title=web/1\" x");
        ApiClient.Reply link = client.send("POST", "/vms/" + vm + "/viewer-links", BodyPublishers.noBody(), Map.of());
        assertThat(link.status()).isEqualTo(201);
        assertThat(link.body().path("link").asText())
                .matches("qvmrc://localhost:" + gateway.viewerPort() + "/" + vm
                        + "\\?ticket=[A-Za-z2-9]{8}&title=web%2F1%22%20x");
        assertThat(client.get("/viewers").body().path("port").asInt()).isEqualTo(gateway.viewerPort());
        assertThat(client.get("/viewers/certificates").text())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .endsWith("\n-----END CERTIFICATE-----\n")
                .doesNotContain("KEY");
    }

    @Test
    void aTicketWorksOnceForOneOfManyAtATime() {
        String ticket = ticket(client);
        ticket(client);
        ticket(client);
        try (RfbViewer viewer = opened(ticket)) {
            assertRefused(ticket, "was used");
            viewer.write(new byte[] {7});
            assertThat(viewer.read(1)).containsExactly(7);
        }
    }

    @Test
    void anExpiredTicketIsRefused() {
        String ticket = ticket(client);
        gateway.plane()
                .controlPlane()
                .database()
                .update("update gateway.viewer_tickets set expires_at = now() - interval '1 second'");
        assertRefused(ticket, "older than 60 seconds");
    }

    /** VNC's challenge wants the password itself, and so it must not be readable where it is kept. */
    @Test
    void aTicketIsNotReadableInTheDatabase() {
        String ticket = ticket(client);
        String rows = String.join(
                "",
                gateway.plane()
                        .controlPlane()
                        .database()
                        .query(
                                "select encode(password_sealed, 'escape') as sealed from gateway.viewer_tickets",
                                row -> row.text("sealed")));
        assertThat(rows).isNotEmpty().doesNotContain(ticket);
    }

    @Test
    void loggingOutEndsOpenScreensAndTickets() {
        String unused = ticket(client);
        try (RfbViewer viewer = opened(ticket(client))) {
            endSession();
            viewer.awaitEnd();
            Eventually.holds(() -> tickets() == 0);
            assertRefused(unused, "unknown");
        }
    }

    @Test
    void aScreenThatCannotBeOpenedIsRefusedWithItsReason() {
        compute.set(q -> {
            throw FailureException.of(FailureCode.CONFLICT, "The VM web-1 does not run; start it first.");
        });
        assertRefused(ticket(client), "The VM web-1 does not run; start it first.");
    }

    @Test
    void theScreenEndsWithTheVmAndTheHostHearsOfTheViewersEnd() {
        AtomicReference<NetSocket> there = new AtomicReference<>();
        host.onConsole(socket -> {
            there.set(socket);
            qemu(socket);
        });
        try (RfbViewer viewer = opened(ticket(client))) {
            there.get().close();
            viewer.awaitEnd();
        }
        CountDownLatch gone = new CountDownLatch(1);
        host.onConsole(socket -> {
            socket.endHandler(end -> gone.countDown());
            qemu(socket);
        });
        opened(ticket(client)).close();
        Eventually.holds(() -> gone.getCount() == 0);
    }

    @Test
    void whoGuessesIsLockedOutAndNothingIsSaidInPlainText() {
        for (int i = 0; i < Guesses.MOST_OF_ONE; i++) {
            assertRefused(WRONG, "unknown");
        }
        String good = ticket(client);
        try (RfbViewer viewer = connect()) {
            assertThatThrownBy(() -> viewer.open(client.tls(), good)).hasMessageContaining("Too many wrong tickets");
        }
        assertThat(gateway.identity().audit())
                .filteredOn(entry -> entry.userName().equals("(unknown)") && entry.outcome() == 401)
                .hasSize(Guesses.MOST_OF_ONE);
    }

    @Test
    void withoutTlsNobodyIsHeard() {
        String ticket = ticket(client);
        try (RfbViewer viewer = connect()) {
            assertThat(viewer.agree(RfbViewer.VERSION)).containsExactly(19);
            viewer.write(new byte[] {2});
            viewer.awaitEnd();
        }
        try (RfbViewer viewer = connect()) {
            assertThatThrownBy(() -> viewer.agree("RFB 003.003\n")).hasMessage("This server speaks RFB 3.8 only.");
        }
        opened(ticket).close();
    }

    /** What a stranger on the way puts before the first encrypted byte must not count as said within. */
    @Test
    void bytesBeforeTlsEndIt() {
        try (RfbViewer viewer = connect()) {
            viewer.agree(RfbViewer.VERSION);
            viewer.write(new byte[] {19, 0, 2, 0, 0, 1, 5, 9, 9, 9});
            viewer.awaitEnd();
        }
    }

    @Test
    void garbageAndFloodsEndOrAreHeldUp() {
        Random random = new Random(3);
        byte[] garbage = new byte[1 << 16];
        for (int i = 0; i < 20; i++) {
            random.nextBytes(garbage);
            try (RfbViewer viewer = connect()) {
                viewer.write(garbage);
                viewer.awaitEnd();
            } catch (UncheckedIOException e) {
                // Cut off while it still sent.
            }
        }
        try (RfbViewer viewer = connect()) {
            viewer.agree(RfbViewer.VERSION);
            viewer.chooseVenCrypt();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4096; i++) {
                            viewer.write(garbage);
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
        opened(ticket(client)).close();
    }

    /** Also one that is in the middle of its TLS handshake, or of the challenge. */
    @Test
    void whoIsSlowIsCutOffAndMakesRoomForOthers() {
        RfbViewer[] silent = new RfbViewer[Waiting.MOST_OF_ONE];
        Arrays.setAll(silent, i -> connect());
        silent[1].agree(RfbViewer.VERSION);
        silent[2].agree(RfbViewer.VERSION);
        silent[2].chooseVenCrypt();
        silent[3].agree(RfbViewer.VERSION);
        silent[3].chooseVenCrypt();
        silent[3].startTls(client.tls());
        silent[3].read(8);
        try (RfbViewer tooMany = connect()) {
            tooMany.awaitEnd();
        }
        for (RfbViewer one : silent) {
            one.awaitEnd();
            one.close();
        }
        opened(ticket(client)).close();
    }

    @Test
    void nobodyGetsTicketsWithoutEnd() {
        for (int i = 0; i < ViewerTickets.MOST_OF_ONE_USER; i++) {
            ticket(client);
        }
        assertThat(file(client).status()).isEqualTo(429);
    }

    @Test
    void aServerThatDoesNotListenSaysSo() {
        try (TestGateway other = TestGateway.start()) {
            ApiClient there = other.client().logIn();
            assertThat(there.get("/viewers").body().has("port")).isFalse();
            ApiClient.Reply reply = file(there);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.text()).contains("gateway.viewerPort");
        }
    }
}
