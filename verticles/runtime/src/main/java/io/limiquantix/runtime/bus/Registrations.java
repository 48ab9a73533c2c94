package io.limiquantix.runtime.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process answers to, so that it can be registered anew when the cluster has forgotten it. */
final class Registrations {
    private record Registration(Handler<Message<Packet>> handler, MessageConsumer<Packet> consumer) {
        boolean answers() {
            return handler instanceof Responder;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
    private static final long UNREGISTER_SECONDS = 5;

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

    /** Registers the address anew; should that fail, the old registration stays and the next round tries again. */
    void renew(String address) {
        List<Registration> old = byAddress.get(address);
        if (old == null) {
            return;
        }
        List<Registration> anew = new CopyOnWriteArrayList<>();
        for (Registration registration : old) {
            MessageConsumer<Packet> consumer = eventBus.consumer(address, registration.handler());
            anew.add(new Registration(registration.handler(), consumer));
        }
        try {
            anew.forEach(registration -> registration.consumer().completion().await());
        } catch (RuntimeException e) {
            anew.forEach(registration -> unregister(address, registration));
            throw e;
        }
        byAddress.put(address, anew);
        old.forEach(registration -> unregister(address, registration));
    }

    /** Nobody reaches this process any more. */
    void withdraw() {
        byAddress.forEach((address, all) -> all.forEach(registration -> unregister(address, registration)));
        byAddress.clear();
    }

    /** A cluster that has lost the registration already may refuse to remove it. */
    @SuppressWarnings("CatchingUnchecked") // Await throws whatever the future failed with, checked or not.
    private static void unregister(String address, Registration registration) {
        try {
            registration.consumer().unregister().await(UNREGISTER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOG.info("the cluster could not forget {}", address, e);
        }
    }
}
