package io.limiquantix.gateway.console;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.gateway.stream.HostStreams;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a browser's WebSocket with a console of a host: bytes go through untouched, both ways, with back-pressure, on
 * the event loop of the browser's connection.
 */
public final class ConsoleProxy {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleProxy.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int FORBIDDEN = 403;
    private static final short LOGGED_OUT = 4401;
    private static final short NOT_AVAILABLE = 4503;
    private static final int LONGEST_REASON_BYTES = 120;

    private final Vertx vertx;
    private final Bus bus;
    private final ConsoleTickets tickets;
    private final HostStreams hosts;
    private final Map<String, Set<ServerWebSocket>> bySession = new ConcurrentHashMap<>();

    public ConsoleProxy(Vertx vertx, Bus bus, ConsoleTickets tickets, HostStreams hosts) {
        this.vertx = vertx;
        this.bus = bus;
        this.tickets = tickets;
        this.hosts = hosts;
    }

    /** Takes over a WebSocket handshake with a ticket; to be called on the request's event loop. */
    public void handle(HttpServerRequest request, String ticket) {
        request.pause();
        Context context = vertx.getOrCreateContext();
        if (!SameOrigin.holds(request)) {
            LOG.warn("a WebSocket from the origin {} was refused", request.getHeader("Origin"));
            refuse(request);
            return;
        }
        blocking(context, () -> tickets.take(new Secret(ticket))).onComplete(taken -> {
            if (taken.failed() || taken.result().isEmpty()) {
                refuse(request);
            } else {
                accept(context, request, taken.result().get());
            }
        });
    }

    /** Ends every console of a session that has ended. */
    public void closeAllOf(Secret sessionToken) {
        String session = HexFormat.of().formatHex(ConsoleTickets.sha256(sessionToken));
        Optional.ofNullable(bySession.remove(session))
                .ifPresent(sockets -> sockets.forEach(socket -> socket.close(LOGGED_OUT, "You have logged out.")));
    }

    private static void refuse(HttpServerRequest request) {
        request.resume();
        request.response().setStatusCode(FORBIDDEN).end();
    }

    /** The WebSocket is accepted before the host is asked: a browser shows no other kind of refusal to its page. */
    private void accept(Context context, HttpServerRequest request, ConsoleTickets.Taken taken) {
        request.toWebSocket()
                .onFailure(e -> LOG.info("a console's handshake failed", e))
                .onSuccess(socket -> {
                    socket.pause();
                    remember(taken.session(), socket);
                    blocking(context, () -> open(taken))
                            .compose(hosts::openConsole)
                            .onFailure(e -> close(socket, e))
                            .onSuccess(host -> join(socket, host));
                });
    }

    private StreamTicket open(ConsoleTickets.Taken taken) {
        return bus.request(
                ComputeApi.OPEN_CONSOLE,
                new DomainApi.OpenConsole(taken.vmId(), taken.kind()),
                Caller.of(new Actor(taken.userName(), null), PATIENCE));
    }

    private void remember(String session, ServerWebSocket socket) {
        Set<ServerWebSocket> sockets = bySession.computeIfAbsent(session, key -> ConcurrentHashMap.newKeySet());
        sockets.add(socket);
        socket.closeHandler(closed -> sockets.remove(socket));
    }

    private static void join(ServerWebSocket browser, NetSocket host) {
        if (browser.isClosed()) {
            host.close();
            return;
        }
        browser.pipeTo(host).onFailure(e -> LOG.debug("a console's browser went away", e));
        host.pipeTo(browser).onFailure(e -> LOG.debug("a console's host went away", e));
    }

    private static void close(ServerWebSocket socket, Throwable cause) {
        String reason = cause instanceof FailureException failure
                ? failure.failure().message()
                : "The console could not be opened.";
        if (!(cause instanceof FailureException)) {
            LOG.error("a console could not be opened", cause);
        }
        socket.close(NOT_AVAILABLE, shorten(reason));
    }

    /** A close frame holds 125 bytes, two of them the code (RFC 6455, 5.5). */
    static String shorten(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON_BYTES) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    private static <T> Future<T> blocking(Context context, Supplier<T> work) {
        Promise<T> promise = Promise.promise();
        Thread.ofVirtual().name("console").start(() -> {
            try {
                T result = work.get();
                context.runOnContext(unused -> promise.complete(result));
            } catch (RuntimeException e) {
                context.runOnContext(unused -> promise.fail(e));
            }
        });
        return promise.future();
    }
}
