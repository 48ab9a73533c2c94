package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets of 256 random bits that work once and for {@value #SECONDS} s. Only their hashes are kept, so that neither a heap
 * dump nor the time of a comparison gives one away. Safe for any thread.
 */
public final class StreamTickets {
    static final int SECONDS = 30;
    private static final int MOST = 10_000;
    private static final int RANDOM_BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Admission> byHash = new HashMap<>();

    public StreamTickets(Clock clock) {
        this.clock = clock;
    }

    private record Admission(StreamPurpose purpose, Instant expiresAt) {}

    /** A ticket that was made. */
    public record Issued(Secret token, Instant expiresAt) {}

    /** @throws FailureException {@code LIMITED} when too many wait to be used */
    public synchronized Issued issue(StreamPurpose purpose) {
        Instant now = clock.instant();
        byHash.values().removeIf(a -> a.expiresAt().isBefore(now));
        if (byHash.size() >= MOST) {
            throw FailureException.of(FailureCode.LIMITED, "Too many stream tickets wait to be used.");
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        Instant expiresAt = now.plus(Duration.ofSeconds(SECONDS));
        byHash.put(hash(token), new Admission(purpose, expiresAt));
        return new Issued(Secret.of(token), expiresAt);
    }

    /** What the ticket admits to; from now on it does not work any more. */
    public synchronized Optional<StreamPurpose> redeem(String token) {
        return Optional.ofNullable(byHash.remove(hash(token)))
                .filter(a -> !a.expiresAt().isBefore(clock.instant()))
                .map(Admission::purpose);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
