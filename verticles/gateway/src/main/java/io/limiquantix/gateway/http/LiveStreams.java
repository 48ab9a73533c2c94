package io.limiquantix.gateway.http;

import io.limiquantix.bus.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Event streams and consoles that are open now, by session, so that they end with it. Safe for any thread. */
public final class LiveStreams {
    /** Longer than anything takes from being admitted with a session to being open. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Map<String, Set<Runnable>> closers = new ConcurrentHashMap<>();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    /**
     * A stream of a session that ended while the stream was being opened is closed at once.
     *
     * @param session as {@link #session} says
     * @param close ends the stream; called on any thread, at most once, when the session ends
     * @return to be called when the stream ended by itself
     */
    public Runnable opened(String session, Runnable close) {
        closers.compute(session, (key, there) -> {
            Set<Runnable> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(close);
            return all;
        });
        if (ended.containsKey(session)) {
            endAll(session);
        }
        return () -> closers.computeIfPresent(session, (key, there) -> {
            there.remove(close);
            return there.isEmpty() ? null : there;
        });
    }

    /** Ends all streams of the session. */
    public void endOf(String session) {
        Instant now = Instant.now();
        ended.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        ended.put(session, now);
        endAll(session);
    }

    private void endAll(String session) {
        Set<Runnable> there = closers.remove(session);
        if (there != null) {
            there.forEach(Runnable::run);
        }
    }

    /** How a session is known where its token must not be: by the hexadecimal SHA-256 of that. */
    public static String session(Secret token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How many are open. */
    public int count() {
        return closers.values().stream().mapToInt(Set::size).sum();
    }
}
