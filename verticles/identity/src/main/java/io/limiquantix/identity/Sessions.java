package io.limiquantix.identity;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi.NewSession;
import io.limiquantix.bus.identity.IdentityApi.Session;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Who has logged in. A session ends 24 h after the log-in, or 8 h after it was used last. */
final class Sessions {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration IDLE = Duration.ofHours(8);
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final RandomTokens tokens;

    Sessions(Database database, RandomTokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    NewSession begin(Users.User user, Instant now) {
        Secret token = tokens.token();
        Secret csrf = tokens.token();
        Instant end = now.plus(LONGEST);
        database.update(
                "insert into identity.sessions (token_sha256, user_id, csrf_token, created_at, used_at, expires_at)"
                        + " values ($1, $2, $3, $4, $4, $5)",
                RandomTokens.sha256(token),
                user.id(),
                csrf.reveal(),
                now,
                end);
        return new NewSession(
                token, new Session(user.id(), user.name(), csrf, end, user.mustChangePassword(), user.administrator()));
    }

    private record Found(Session session, Instant usedAt) {}

    /** @param use whether this counts as the user doing something */
    Session authenticate(Secret token, Instant now, boolean use) {
        byte[] key = RandomTokens.sha256(token);
        Found found = database.queryOne(
                        "select s.csrf_token, s.expires_at, s.used_at, u.id, u.name, u.must_change_password, u.administrator"
                                + " from identity.sessions s join identity.users u on u.id = s.user_id"
                                + " where s.token_sha256 = $1 and s.expires_at > $2 and s.used_at > $3",
                        Sessions::found,
                        key,
                        now,
                        now.minus(IDLE))
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAUTHENTICATED, "You are not logged in, or your session has ended; log in."));
        if (use && found.usedAt().isBefore(now.minus(TOUCHED_EVERY))) {
            database.update("update identity.sessions set used_at = $2 where token_sha256 = $1", key, now);
        }
        return found.session();
    }

    void end(Secret token) {
        database.update("delete from identity.sessions where token_sha256 = $1", RandomTokens.sha256(token));
    }

    /** Forgets the sessions that are over; answers the hexadecimal SHA-256 of their tokens. */
    List<String> prune(Instant now) {
        return database.query(
                "delete from identity.sessions where expires_at <= $1 or used_at <= $2"
                        + " returning encode(token_sha256, 'hex') as token",
                row -> row.text("token"),
                now,
                now.minus(IDLE));
    }

    private static Found found(Row row) {
        return new Found(
                new Session(
                        row.uuid("id"),
                        row.text("name"),
                        new Secret(row.text("csrf_token")),
                        row.instant("expires_at"),
                        row.flag("must_change_password"),
                        row.flag("administrator")),
                row.instant("used_at"));
    }
}
