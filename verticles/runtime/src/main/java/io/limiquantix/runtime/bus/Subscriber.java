package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Topic;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a topic's events to their consumer in order, on one virtual thread. */
final class Subscriber<E extends Record> implements Handler<Message<Packet>> {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final Topic<E> topic;
    private final Consumer<E> consumer;
    private final ExecutorService inOrder;

    Subscriber(Topic<E> topic, Consumer<E> consumer) {
        this.topic = topic;
        this.consumer = consumer;
        this.inOrder = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name(topic.address()).factory());
    }

    @Override
    public void handle(Message<Packet> message) {
        inOrder.execute(() -> consume(message.body()));
    }

    private void consume(Packet packet) {
        try {
            consumer.accept(packet.openEvent(topic.event()));
        } catch (IOException | RuntimeException e) {
            // The next full report repairs what a lost event leaves; the thread must live on for it.
            LOG.error("an event of {} could not be handled", topic.address(), e);
        }
    }
}
