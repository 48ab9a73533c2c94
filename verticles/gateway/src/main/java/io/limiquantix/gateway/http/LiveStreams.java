package io.limiquantix.gateway.http;

import io.limiquantix.bus.Secret;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Event streams and consoles that are open now, by session, so that they end with it. Safe for any thread. */
public final class LiveStreams {
    private final Map<Secret, Set<Runnable>> closers = new ConcurrentHashMap<>();

    /**
     * @param close ends the stream; called on any thread, at most once by a log-out
     * @return to be called when the stream ended by itself
     */
    public Runnable opened(Secret token, Runnable close) {
        closers.compute(token, (key, there) -> {
            Set<Runnable> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(close);
            return all;
        });
        return () -> closers.computeIfPresent(token, (key, there) -> {
            there.remove(close);
            return there.isEmpty() ? null : there;
        });
    }

    /** Ends all streams of the session. */
    public void endOf(Secret token) {
        Set<Runnable> there = closers.remove(token);
        if (there != null) {
            there.forEach(Runnable::run);
        }
    }

    /** How many are open. */
    public int count() {
        return closers.values().stream().mapToInt(Set::size).sum();
    }
}
