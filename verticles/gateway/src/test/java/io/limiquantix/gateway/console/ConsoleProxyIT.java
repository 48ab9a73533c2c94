package io.limiquantix.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.stream.FakeHost;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleProxyIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final FakeHost HOST = FakeHost.start();
    private static final AtomicReference<Function<DomainApi.OpenConsole, StreamTicket>> COMPUTE =
            new AtomicReference<>(q -> HOST.ticket());

    private final UUID vm = Uuid7.next();
    private final ApiClient client = GATEWAY.client().logIn();

    @BeforeAll
    static void serve() {
        GATEWAY.bus().serve(ComputeApi.OPEN_CONSOLE, (request, caller) -> COMPUTE.get()
                .apply(request));
    }

    @AfterAll
    static void stop() {
        HOST.close();
        GATEWAY.close();
    }

    @BeforeEach
    void everythingWorks() {
        COMPUTE.set(q -> HOST.ticket());
        HOST.onConsole(socket -> socket.handler(socket::write).resume());
    }

    private String ticket(ApiClient holder) {
        ApiClient.Reply reply = holder.post("/vms/" + vm + "/consoles", "{\"kind\":\"VNC\"}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().path("protocol").asText()).isEqualTo("binary");
        return reply.body().path("path").asText();
    }

    private static void endSession(ApiClient holder) {
        String token = holder.cookie().split("=", 2)[1];
        GATEWAY.bus()
                .publish(
                        IdentityApi.SESSIONS_ENDED,
                        new IdentityApi.SessionsEnded(List.of(LiveStreams.session(new Secret(token)))));
    }

    private void assertForbidden(String path, String origin) {
        assertThatThrownBy(() -> BrowserSocket.connect(client, path, origin).close())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void bytesGoBothWaysUntouched() {
        byte[] all = new byte[3 << 20];
        new Random(42).nextBytes(all);
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            for (int from = 0; from < all.length; from += 1 << 18) {
                browser.send(Arrays.copyOfRange(all, from, from + (1 << 18)));
            }
            Eventually.holds(() -> browser.receivedBytes() >= all.length);
            assertThat(browser.received()).isEqualTo(all);
        }
    }

    @Test
    void theHostIsAskedForThatVmAndKind() {
        AtomicReference<DomainApi.OpenConsole> asked = new AtomicReference<>();
        COMPUTE.set(q -> {
            asked.set(q);
            return HOST.ticket();
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            browser.send(new byte[] {1});
            Eventually.holds(() -> browser.receivedBytes() == 1);
        }
        assertThat(asked.get()).isEqualTo(new DomainApi.OpenConsole(vm, DomainApi.ConsoleKind.VNC));
    }

    @Test
    void aTicketWorksOnce() {
        String path = ticket(client);
        try (BrowserSocket browser = BrowserSocket.connect(client, path)) {
            assertForbidden(path, client.origin());
            assertThat(browser.isOpen()).isTrue();
        }
        assertForbidden("/api/v1/consoles/invented", client.origin());
    }

    @Test
    void aForeignPageIsRefusedAndDoesNotUseUpTheTicket() {
        String path = ticket(client);
        assertForbidden(path, "https://evil.example");
        assertForbidden(path, "null");
        assertForbidden(path, client.origin() + ".evil.example");
        BrowserSocket.connect(client, path).close();
    }

    @Test
    void anExpiredTicketIsRefused() {
        String path = ticket(client);
        GATEWAY.plane()
                .controlPlane()
                .database()
                .update("update gateway.console_tickets set expires_at = now() - interval '1 second'");
        assertForbidden(path, client.origin());
    }

    @Test
    void loggingOutEndsItsConsolesAndTicketsAndNoOthers() {
        ApiClient other = GATEWAY.client().logIn();
        String unused = ticket(client);
        String othersUnused = ticket(other);
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client));
                BrowserSocket others = BrowserSocket.connect(other, ticket(other))) {
            endSession(client);
            assertThat(browser.awaitEnd()).isEqualTo(new BrowserSocket.End(4401, "You have logged out."));
            assertForbidden(unused, client.origin());
            BrowserSocket.connect(other, othersUnused).close();
            others.send(new byte[] {1});
            Eventually.holds(() -> others.receivedBytes() == 1);
        }
    }

    /** The session ends after its ticket was taken and before the console is open. */
    @Test
    void loggingOutWhileTheConsoleOpensEndsItToo() {
        COMPUTE.set(q -> {
            endSession(client);
            return HOST.ticket();
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            assertThat(browser.awaitEnd().code()).isEqualTo(4401);
        }
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        COMPUTE.set(q -> {
            throw FailureException.of(FailureCode.CONFLICT, "The VM web-1 does not run; start it first.");
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            assertThat(browser.awaitEnd())
                    .isEqualTo(new BrowserSocket.End(4503, "The VM web-1 does not run; start it first."));
        }
    }

    @Test
    void aReasonThatIsTooLongForACloseFrameIsCutBetweenCharacters() {
        COMPUTE.set(q -> {
            throw FailureException.of(FailureCode.CONFLICT, "ü😀".repeat(100));
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            assertThat(browser.awaitEnd()).isEqualTo(new BrowserSocket.End(4503, "ü😀".repeat(20)));
        }
    }

    @Test
    void aHostWithAnotherCertificateIsNotSpokenTo() {
        COMPUTE.set(q -> HOST.ticket("00".repeat(32)));
        AtomicReference<NetSocket> reached = new AtomicReference<>();
        HOST.onConsole(reached::set);
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            BrowserSocket.End end = browser.awaitEnd();
            assertThat(end.code()).isEqualTo(4503);
            assertThat(end.reason()).startsWith("The host's stream endpoint cannot be reached");
        }
        assertThat(reached.get()).isNull();
    }

    @Test
    void whatTheHostSaysLastStillArrives() {
        byte[] last = new byte[300_000];
        new Random(7).nextBytes(last);
        HOST.onConsole(socket -> socket.end(Buffer.buffer(last)));
        for (int i = 0; i < 20; i++) {
            try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
                assertThat(browser.awaitEnd()).isEqualTo(new BrowserSocket.End(1000, "The console has ended."));
                assertThat(browser.received()).isEqualTo(last);
            }
        }
    }

    @Test
    void theHostLearnsThatTheBrowserHasLeftAfterItsLastBytes() {
        AtomicReference<String> heard = new AtomicReference<>("");
        CountDownLatch gone = new CountDownLatch(1);
        HOST.onConsole(socket -> {
            socket.handler(bytes -> heard.accumulateAndGet(bytes.toString(), String::concat));
            socket.endHandler(end -> gone.countDown());
            socket.resume();
            socket.write("!");
        });
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            Eventually.holds(() -> browser.receivedBytes() == 1);
            browser.send("last words".getBytes(StandardCharsets.UTF_8));
            browser.leave();
            Eventually.holds(() -> gone.getCount() == 0 && heard.get().equals("last words"));
        }
    }

    /** A proxy on the way would take a console where nothing happens for a dead connection. */
    @Test
    void aQuietBrowserIsPinged() {
        try (BrowserSocket browser = BrowserSocket.connect(client, ticket(client))) {
            Eventually.holds(() -> browser.pings() > 0);
            assertThat(browser.isOpen()).isTrue();
        }
    }
}
