package io.limiquantix.identity;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down whoever guesses passwords. After five failures of a user name or twenty of an address each further attempt
 * has to wait, twice as long each time and five minutes at most: nobody is ever locked out for good, and failures are
 * forgotten after an hour without one. Kept in the database, so that a restart or another gateway forgives nothing.
 */
final class LogInLimits {
    private static final int FREE_FAILURES_OF_USER = 5;
    private static final int FREE_FAILURES_OF_ADDRESS = 20;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private final Database database;

    LogInLimits(Database database) {
        this.database = database;
    }

    private record Subject(String key, int freeFailures) {}

    private record Failures(int count, Instant last) {}

    private static List<Subject> subjects(String userName, String address) {
        return List.of(
                new Subject("user " + userName.toLowerCase(Locale.ROOT), FREE_FAILURES_OF_USER),
                new Subject("address " + address, FREE_FAILURES_OF_ADDRESS));
    }

    /** Refuses with {@code LIMITED} while the user name or the address has to wait. */
    void check(String userName, String address, Instant now) {
        for (Subject subject : subjects(userName, address)) {
            database.queryOne(
                            "select failures, last_at from identity.log_in_failures where subject = $1",
                            row -> new Failures((int) row.number("failures"), row.instant("last_at")),
                            subject.key())
                    .ifPresent(failures -> refuseDuringWait(failures, subject.freeFailures(), now));
        }
    }

    private static void refuseDuringWait(Failures failures, int free, Instant now) {
        Duration wait = waitAfter(failures.count() - free);
        Instant end = failures.last().plus(wait);
        if (now.isBefore(end)) {
            long seconds = Math.max(1, Duration.between(now, end).toSeconds());
            throw new FailureException(new Failure(
                    FailureCode.LIMITED,
                    "Too many log-ins failed; the next attempt is possible in " + seconds + " s.",
                    Map.of("retryAfterSeconds", String.valueOf(seconds))));
        }
    }

    static Duration waitAfter(int failuresTooMany) {
        if (failuresTooMany < 0) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(failuresTooMany, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    void failed(String userName, String address, Instant now) {
        database.run(tx -> subjects(userName, address)
                .forEach(subject -> tx.update(
                        "insert into identity.log_in_failures as f (subject, failures, last_at) values ($1, 1, $2)"
                                + " on conflict (subject) do update set last_at = $2,"
                                + " failures = case when f.last_at < $3 then 1 else f.failures + 1 end",
                        subject.key(),
                        now,
                        now.minus(FORGOTTEN_AFTER))));
    }

    void succeeded(String userName, String address) {
        database.run(tx -> subjects(userName, address)
                .forEach(subject ->
                        tx.update("delete from identity.log_in_failures where subject = $1", subject.key())));
    }

    void prune(Instant now) {
        database.update("delete from identity.log_in_failures where last_at < $1", now.minus(FORGOTTEN_AFTER));
    }
}
