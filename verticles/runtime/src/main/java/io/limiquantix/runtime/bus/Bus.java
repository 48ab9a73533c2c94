package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Destination;
import io.limiquantix.bus.Envelope;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed requests and events over the Vert.x event bus. Requests block the calling thread, which is to be a virtual one.
 * Delivery is at most once: {@link FailureCode#UNAVAILABLE} means that nothing was done, {@link FailureCode#TIMEOUT}
 * that it is unknown, and a repeat with the same operation id is then the right answer.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    static final String PROBE_HEADER = "probe";

    private final Vertx vertx;
    private final PendingCalls pending;
    private final Registrations registrations;
    private final AnswersUnderWay underWay = new AnswersUnderWay();

    private Bus(Vertx vertx) {
        this.vertx = vertx;
        this.pending = new PendingCalls();
        this.registrations = new Registrations(vertx.eventBus());
    }

    /** Makes the one bus of this Vert.x instance and registers its codec. */
    public static Bus on(Vertx vertx) {
        vertx.eventBus().registerDefaultCodec(Packet.class, new Packet.Codec());
        return new Bus(vertx);
    }

    /** Asks and waits for the answer until the caller's deadline; a refusal comes as {@link FailureException}. */
    public <Q extends Record, R extends Record> R request(Destination<Q, R> to, Q body, Caller caller) {
        Duration patience = Duration.between(Instant.now(), caller.deadline());
        if (patience.toMillis() < 1) {
            throw FailureException.of(FailureCode.TIMEOUT, "No time was left to ask " + to.address() + ".");
        }
        var envelope = new Envelope<>(
                caller.operationId(), caller.deadline(), caller.actor(), caller.epoch(), caller.traceParent(), body);
        var options = new DeliveryOptions().setSendTimeout(patience.toMillis());
        Promise<Message<Packet>> answer = Promise.promise();
        UUID key = pending.add(to.address(), answer);
        vertx.eventBus()
                .<Packet>request(to.address(), Packet.of(envelope), options)
                .onComplete(result -> {
                    boolean awaited =
                            result.succeeded() ? answer.tryComplete(result.result()) : answer.tryFail(result.cause());
                    LOG.trace("{} answered, still awaited: {}", to.address(), awaited);
                });
        try {
            return open(to, await(to.address(), answer.future()));
        } finally {
            pending.remove(key);
        }
    }

    // Await throws whatever the future failed with, checked or not.
    @SuppressWarnings("CatchingUnchecked")
    private static <T> T await(String address, Future<T> answer) {
        try {
            return answer.await();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw Failures.ofTransport(address, e);
        }
    }

    private static <R extends Record> R open(Destination<?, R> from, Message<Packet> message) {
        try {
            var reply = message.body().openReply(from.reply());
            if (reply.failure() != null) {
                throw new FailureException(reply.failure());
            }
            if (reply.body() == null) {
                throw FailureException.of(FailureCode.INTERNAL, from.address() + " answered nothing.");
            }
            return reply.body();
        } catch (IOException e) {
            throw Failures.unreadable(from.address(), e);
        }
    }

    /** Answers requests to a service; returns once the address is registered in the whole cluster. */
    public <Q extends Record, R extends Record> void serve(ServiceAddress<Q, R> address, Handler<Q, R> handler) {
        registrations.register(address.address(), new Responder<>(address.request(), handler, underWay));
    }

    /** Answers requests to one host; whoever serves it made sure that no other process does. */
    public <Q extends Record, R extends Record> void serve(
            HostAddress<Q, R> address, UUID hostId, Handler<Q, R> handler) {
        var destination = address.at(hostId);
        registrations.register(destination.address(), new Responder<>(address.request(), handler, underWay));
    }

    /** Tells every subscriber, at most once. */
    public <E extends Record> void publish(Topic<E> topic, E event) {
        vertx.eventBus().publish(topic.address(), Packet.of(event));
    }

    /** Hands each event to the consumer on a virtual thread, one after the other in the order of arrival. */
    public <E extends Record> void subscribe(Topic<E> topic, Consumer<E> consumer) {
        registrations.register(topic.address(), new Subscriber<>(topic, consumer));
    }

    /** Whether somebody answers at this address, asked without any effect; waits at most 5 s. */
    public boolean isServed(Destination<?, ?> destination) {
        return isServed(destination.address());
    }

    boolean isServed(String address) {
        var options = new DeliveryOptions().setSendTimeout(5_000).addHeader(PROBE_HEADER, "1");
        Future<Boolean> served = vertx.eventBus()
                .request(address, Packet.of(Nothing.NOTHING), options)
                .map(true)
                .recover(e -> e instanceof ReplyException ? Future.succeededFuture(false) : Future.failedFuture(e));
        return await(address, served);
    }

    /**
     * Answers nothing any more: others are sent to another process or told that nobody is there. Waits so long for the
     * answers that are under way.
     */
    public void withdraw(Duration patience) {
        registrations.withdraw();
        int left = underWay.awaitNone(patience);
        if (left > 0) {
            LOG.warn("{} requests are still being answered while this process stops", left);
        }
    }

    Registrations registrations() {
        return registrations;
    }

    /** To be called when a member left the cluster: calls that only it could answer end at once, as unknown. */
    public void memberLeft() {
        for (String address : pending.addresses()) {
            Thread.ofVirtual().start(() -> {
                if (!isServed(address)) {
                    pending.fail(
                            address,
                            FailureException.of(
                                    FailureCode.TIMEOUT,
                                    "The process that was asked at " + address
                                            + " left; it is unknown whether it acted."));
                }
            });
        }
    }
}
