package io.limiquantix.gateway.console;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.http.SameOrigin;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    private static final long LAST_BYTES_MILLIS = 10_000;
    private static final int FORBIDDEN = 403;
    private static final int NOT_NOW = 503;
    private static final short LOGGED_OUT = 4401;
    private static final short NOT_AVAILABLE = 4503;
    private static final int LONGEST_REASON_BYTES = 120;

    private final Vertx vertx;
    private final Bus bus;
    private final ConsoleTickets tickets;
    private final HostStreams hosts;
    private final LiveStreams streams;
    private final SameOrigin origins;
    private final AtomicInteger open = new AtomicInteger();

    public ConsoleProxy(
            Vertx vertx, Bus bus, ConsoleTickets tickets, HostStreams hosts, LiveStreams streams, SameOrigin origins) {
        this.vertx = vertx;
        this.bus = bus;
        this.tickets = tickets;
        this.hosts = hosts;
        this.streams = streams;
        this.origins = origins;
    }

    /** How many consoles are open here. */
    public int count() {
        return open.get();
    }

    /** Takes over a WebSocket handshake with a ticket; to be called on the request's event loop. */
    public void handle(HttpServerRequest request, String ticket) {
        request.pause();
        Context context = vertx.getOrCreateContext();
        if (!origins.allowsWebSocket(request)) {
            LOG.warn("a WebSocket from the origin {} was refused", request.getHeader("Origin"));
            refuse(request, FORBIDDEN);
            return;
        }
        blocking(context, () -> tickets.take(new Secret(ticket)))
                .onSuccess(taken -> taken.ifPresentOrElse(
                        purpose -> accept(context, request, purpose), () -> refuse(request, FORBIDDEN)))
                .onFailure(e -> {
                    LOG.error("a console's ticket could not be checked", e);
                    refuse(request, NOT_NOW);
                });
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.resume();
        request.response().setStatusCode(status).end().onFailure(ConsoleProxy::noteGone);
    }

    /** The WebSocket is accepted before the host is asked: a browser shows no other kind of refusal to its page. */
    private void accept(Context context, HttpServerRequest request, ConsoleTickets.Taken taken) {
        request.toWebSocket().onFailure(ConsoleProxy::noteGone).onSuccess(browser -> {
            browser.pause();
            Runnable ended = remember(taken.session(), browser);
            browser.closeHandler(closed -> ended.run());
            blocking(context, () -> ask(taken))
                    .compose(hosts::openConsole)
                    .onFailure(e -> explain(browser, e))
                    .onSuccess(host -> join(context, ended, browser, host));
        });
    }

    /** Closes the console with its session; what is returned forgets it. */
    private Runnable remember(String session, ServerWebSocket browser) {
        open.incrementAndGet();
        Runnable forget = streams.opened(
                session, () -> browser.close(LOGGED_OUT, "You have logged out.").onFailure(ConsoleProxy::noteGone));
        return () -> {
            open.decrementAndGet();
            forget.run();
        };
    }

    private StreamTicket ask(ConsoleTickets.Taken taken) {
        return bus.request(
                ComputeApi.OPEN_CONSOLE,
                new DomainApi.OpenConsole(taken.vmId(), taken.kind()),
                Caller.of(new Actor(taken.userName(), taken.userId()), PATIENCE));
    }

    private void join(Context context, Runnable ended, ServerWebSocket browser, NetSocket host) {
        if (browser.isClosed()) {
            host.close().onFailure(ConsoleProxy::noteGone);
            return;
        }
        Relay relay = new Relay(context, browser, host);
        Runnable heartbeat = Heartbeat.start(vertx, browser, relay::browserWaits, HEARTBEAT);
        browser.closeHandler(closed -> {
            heartbeat.run();
            ended.run();
            // What the browser sent last gets a while to reach a host that is slow to take it.
            vertx.setTimer(LAST_BYTES_MILLIS, late -> host.close().onFailure(ConsoleProxy::noteGone));
        });
        relay.begin();
    }

    private static void explain(ServerWebSocket browser, Throwable cause) {
        String reason = "The console could not be opened.";
        if (cause instanceof FailureException failure) {
            reason = failure.failure().message();
        } else {
            LOG.error("a console could not be opened", cause);
        }
        browser.close(NOT_AVAILABLE, shorten(reason)).onFailure(ConsoleProxy::noteGone);
    }

    /** A close frame holds 125 bytes, two of them the code (RFC 6455, 5.5). */
    static String shorten(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON_BYTES) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }

    private static void noteGone(Throwable cause) {
        LOG.debug("a console's browser or host was gone already", cause);
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
