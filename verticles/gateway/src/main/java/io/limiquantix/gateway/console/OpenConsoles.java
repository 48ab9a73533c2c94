package io.limiquantix.gateway.console;

import io.vertx.core.http.ServerWebSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consoles that are open here, by the hash of the session that opened them. Safe for any thread. */
final class OpenConsoles {
    private final Map<String, Set<ServerWebSocket>> bySession = new ConcurrentHashMap<>();

    void add(String session, ServerWebSocket console) {
        bySession.compute(session, (key, there) -> {
            Set<ServerWebSocket> consoles = there == null ? new HashSet<>() : there;
            consoles.add(console);
            return consoles;
        });
    }

    void remove(String session, ServerWebSocket console) {
        bySession.computeIfPresent(session, (key, consoles) -> {
            consoles.remove(console);
            return consoles.isEmpty() ? null : consoles;
        });
    }

    /** Takes all of a session out. */
    Set<ServerWebSocket> removeAll(String session) {
        Set<ServerWebSocket> consoles = bySession.remove(session);
        return consoles == null ? Set.of() : consoles;
    }

    int count() {
        return bySession.values().stream().mapToInt(Set::size).sum();
    }
}
