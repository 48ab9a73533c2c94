package io.limiquantix.runtime.bus;

import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that wait for an answer, so that they can end early when nobody is left to answer. */
final class PendingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PendingCalls.class);

    private record Call(String address, Promise<Message<Packet>> answer) {}

    private final Map<UUID, Call> calls = new ConcurrentHashMap<>();

    /** The key is for {@link #remove}. */
    UUID add(String address, Promise<Message<Packet>> answer) {
        UUID key = UUID.randomUUID();
        calls.put(key, new Call(address, answer));
        return key;
    }

    void remove(UUID key) {
        calls.remove(key);
    }

    Set<String> addresses() {
        return calls.values().stream().map(Call::address).collect(Collectors.toUnmodifiableSet());
    }

    void fail(String address, RuntimeException failure) {
        calls.values().stream()
                .filter(call -> call.address().equals(address))
                .filter(call -> call.answer().tryFail(failure))
                .forEach(call -> LOG.warn("a call to {} ended early: {}", address, failure.getMessage()));
    }
}
