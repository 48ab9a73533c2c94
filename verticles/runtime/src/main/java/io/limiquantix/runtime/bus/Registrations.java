package io.limiquantix.runtime.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What this process answers to, so that it can be registered anew when the cluster has forgotten it. */
final class Registrations {
    private record Registration(Handler<Message<Packet>> handler, MessageConsumer<Packet> consumer) {
        boolean answers() {
            return handler instanceof Responder;
        }
    }

    private final EventBus eventBus;
    private final Map<String, List<Registration>> byAddress = new ConcurrentHashMap<>();

    Registrations(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    void register(String address, Handler<Message<Packet>> handler) {
        List<Registration> there = byAddress.computeIfAbsent(address, key -> new CopyOnWriteArrayList<>());
        if (handler instanceof Responder && !there.isEmpty()) {
            throw new IllegalStateException(address + " is served twice by this process");
        }
        MessageConsumer<Packet> consumer = eventBus.consumer(address, handler);
        there.add(new Registration(handler, consumer));
        consumer.completion().await();
    }

    /** The addresses that no other process answers: those of one host or process. */
    List<String> servedAlone() {
        return byAddress.entrySet().stream()
                .filter(e -> e.getValue().stream().anyMatch(Registration::answers))
                .map(Map.Entry::getKey)
                .filter(address -> address.contains("@"))
                .toList();
    }

    /** Registers the address anew; requests that come meanwhile find nobody and are sent again by their askers. */
    void renew(String address) {
        List<Registration> old = byAddress.remove(address);
        if (old != null) {
            old.forEach(r -> r.consumer()
                    .unregister()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
            old.forEach(r -> register(address, r.handler()));
        }
    }
}
