package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Envelope;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Reply;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a request, has it handled on a virtual thread, and replies unless the asker has stopped waiting. */
final class Responder<Q extends Record, R extends Record> implements Handler<Message<Packet>> {
    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private final Class<Q> type;
    private final io.limiquantix.runtime.bus.Handler<Q, R> handler;

    private final AnswersUnderWay underWay;

    Responder(Class<Q> type, io.limiquantix.runtime.bus.Handler<Q, R> handler, AnswersUnderWay underWay) {
        this.type = type;
        this.handler = handler;
        this.underWay = underWay;
    }

    @Override
    public void handle(Message<Packet> message) {
        if (message.headers().contains(Bus.PROBE_HEADER)) {
            message.reply(Packet.of(Reply.of(Nothing.NOTHING)));
            return;
        }
        Thread.ofVirtual().name(message.address()).start(() -> underWay.run(() -> reply(message)));
    }

    private void reply(Message<Packet> message) {
        try {
            Envelope<Q> envelope = message.body().openEnvelope(type);
            if (envelope.deadline().isBefore(Instant.now())) {
                LOG.debug("nobody waits any more for {} at {}", envelope.operationId(), message.address());
                return;
            }
            message.reply(Packet.of(Reply.of(handler.handle(envelope.body(), callerOf(envelope)))));
        } catch (FailureException e) {
            LOG.debug("refused at {}", message.address(), e);
            message.reply(Packet.of(Reply.refused(e.failure())));
        } catch (IOException e) {
            message.reply(Packet.of(
                    Reply.refused(Failures.unreadable(message.address(), e).failure())));
        } catch (RuntimeException | Error e) {
            message.reply(Packet.of(
                    Reply.refused(Failures.unexpected(message.address(), e).failure())));
        }
    }

    private static Caller callerOf(Envelope<?> envelope) {
        return new Caller(
                envelope.operationId(),
                envelope.deadline(),
                envelope.actor(),
                envelope.epoch(),
                envelope.traceParent());
    }
}
