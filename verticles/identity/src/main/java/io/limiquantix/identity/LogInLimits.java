package io.limiquantix.identity;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Counts failed log-ins per address and per user, in the database so that they outlive a restart. An address from which
 * the user has logged in before, and this machine itself, are counted apart from strangers': strangers who guess at a
 * user's password cannot keep that user out.
 */
final class LogInLimits {
    private static final Backoff ADDRESS = new Backoff(20, Duration.ofMinutes(5));
    private static final Backoff USER = new Backoff(10, Duration.ofMinutes(1));
    private static final Backoff USER_AT_ADDRESS = new Backoff(5, Duration.ofMinutes(5));

    private record Attempts(int failures, Instant last) {}

    /** The subjects that one attempt counts for, by their stored key, in one order so that attempts do not deadlock. */
    record Attempt(Map<String, Backoff> subjects, String addressKey) {}

    private final Database database;

    LogInLimits(Database database) {
        this.database = database;
    }

    static Attempt attempt(String userName, RemoteAddress address, boolean knownThere) {
        Map<String, Backoff> subjects = new TreeMap<>();
        String user = userName.toLowerCase(Locale.ROOT);
        String addressKey = "address " + address.network();
        subjects.put("user " + user + " at " + address.network(), USER_AT_ADDRESS);
        if (!address.isLocal()) {
            subjects.put(addressKey, ADDRESS);
        }
        if (!knownThere && !address.isLocal()) {
            subjects.put("user " + user, USER);
        }
        return new Attempt(subjects, addressKey);
    }

    /** Counts the attempt as failed before it is made, so that attempts at once cannot pass together. */
    void begin(Attempt attempt, Instant now) {
        database.run(tx -> attempt.subjects().forEach((subject, backoff) -> {
            Attempts so = lock(tx, subject, now);
            Duration wait = backoff.wait(so.failures(), so.last(), now);
            if (wait.isPositive()) {
                throw limited(wait);
            }
            tx.update(
                    "update identity.log_in_failures set failures = $2, last_at = $3 where subject = $1",
                    key(subject),
                    backoff.remembered(so.failures(), so.last(), now) + 1,
                    now);
        }));
    }

    /** Takes the attempt back: it was right. */
    void succeeded(Attempt attempt) {
        // One good account does not pay for guesses at others from the same address.
        forgive(attempt, subject -> subject.equals(attempt.addressKey()) ? 1 : Integer.MAX_VALUE);
    }

    /** Takes the attempt back: nobody looked whether it was right. */
    void notMade(Attempt attempt) {
        forgive(attempt, subject -> 1);
    }

    private void forgive(Attempt attempt, ToLongFunction<String> failures) {
        database.run(tx -> attempt.subjects()
                .keySet()
                .forEach(subject -> tx.update(
                        "update identity.log_in_failures set failures = greatest(failures::bigint - $2, 0) where subject = $1",
                        key(subject),
                        failures.applyAsLong(subject))));
    }

    void prune(Instant now) {
        database.update("delete from identity.log_in_failures where last_at < $1", now.minus(Backoff.FORGOTTEN_AFTER));
    }

    /** People type passwords into the name field, so no name is kept. */
    private static String key(String subject) {
        return HexFormat.of().formatHex(RandomTokens.sha256(new Secret(subject)));
    }

    private static Attempts lock(Transaction tx, String subject, Instant now) {
        String key = key(subject);
        tx.update(
                "insert into identity.log_in_failures (subject, failures, last_at) values ($1, 0, $2) on conflict do nothing",
                key,
                now);
        return tx.queryOne(
                        "select failures, last_at from identity.log_in_failures where subject = $1 for update",
                        row -> new Attempts((int) row.number("failures"), row.instant("last_at")),
                        key)
                .orElseThrow();
    }

    private static FailureException limited(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new FailureException(new Failure(
                FailureCode.LIMITED,
                "Too many log-ins failed. Try again in " + seconds + " s.",
                Map.of("retryAfterSeconds", Long.toString(seconds))));
    }
}
