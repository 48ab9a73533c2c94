package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.secrets.SecretBox;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets that open one screen in a viewer each, good once and for 60 s, as the passwords that VNC knows: eight
 * characters, as no more of them count. Kept in the database, sealed, so that any gateway can take what another one gave.
 */
public final class ViewerTickets {
    static final Duration VALID = Duration.ofSeconds(60);
    /** Each is tried at each log-in, and each is one more that a guess may hit. */
    static final int MOST = 500;

    static final int MOST_OF_ONE_USER = 20;
    /** No two that look alike: 57 to the power of 8 are 1.1e14 passwords. */
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private static final int LENGTH = 8;

    private final Database database;
    private final SecretBox secrets;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Who asks for a ticket, and with which session. */
    public record Holder(Secret sessionToken, UUID userId, String userName) {}

    /** A ticket as its holder gets it. */
    public record Issued(Secret password, Instant expiresAt) {}

    /**
     * What a ticket was for.
     *
     * @param session the SHA-256, hexadecimal, of the session that asked for it
     */
    public record Taken(String session, UUID userId, String userName, UUID vmId) {}

    private record Valid(UUID id, Secret password) {}

    public ViewerTickets(Database database, SecretBox secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Blocks; the ticket is bound to the session that asks for it.
     *
     * @throws FailureException {@code LIMITED} when too many are out
     */
    public Issued issue(Holder holder, UUID vmId) {
        UUID id = Uuid7.next();
        Secret password = password();
        Instant now = clock.instant();
        Instant end = now.plus(VALID);
        database.run(tx -> {
            tx.update("delete from gateway.viewer_tickets where expires_at <= $1", now);
            requireRoom(tx, holder.userId());
            tx.update(
                    "insert into gateway.viewer_tickets"
                            + " (id, password_sealed, session_sha256, user_id, user_name, vm_id, expires_at)"
                            + " values ($1, $2, $3, $4, $5, $6, $7)",
                    id,
                    secrets.seal(password.reveal(), id.toString()),
                    HexFormat.of().parseHex(LiveStreams.session(holder.sessionToken())),
                    holder.userId(),
                    holder.userName(),
                    vmId,
                    end);
        });
        return new Issued(password, end);
    }

    private static void requireRoom(Transaction tx, UUID userId) {
        // Two who ask at once wait for each other, so that both count what the other one got.
        tx.update("lock table gateway.viewer_tickets in share row exclusive mode");
        record Out(long all, long own) {}
        Out out = tx.queryOne(
                        "select count(*) as everybody, count(*) filter (where user_id = $1) as own"
                                + " from gateway.viewer_tickets",
                        row -> new Out(row.number("everybody"), row.number("own")),
                        userId)
                .orElseThrow();
        if (out.own() >= MOST_OF_ONE_USER || out.all() >= MOST) {
            throw FailureException.of(
                    FailureCode.LIMITED,
                    "Too many tickets for viewers are out and unused; each is gone after " + VALID.toSeconds()
                            + " s. Try again in a minute.");
        }
    }

    private Secret password() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }

    /** Blocks; the ticket whose password gives this answer to the challenge, which is used up by that. */
    public Optional<Taken> take(byte[] challenge, byte[] answer) {
        Optional<UUID> found = Optional.empty();
        for (Valid ticket : valid()) {
            // All are tried, so that the time says nothing.
            boolean fits = VncChallenge.fits(ticket.password(), challenge, answer);
            found = fits ? Optional.of(ticket.id()) : found;
        }
        return found.flatMap(this::use);
    }

    private List<Valid> valid() {
        return database.query(
                "select id, password_sealed from gateway.viewer_tickets where expires_at > $1",
                row -> new Valid(
                        row.uuid("id"),
                        new Secret(secrets.open(
                                row.bytes("password_sealed"), row.uuid("id").toString()))),
                clock.instant());
    }

    private Optional<Taken> use(UUID id) {
        return database.queryOne(
                "delete from gateway.viewer_tickets where id = $1 and expires_at > $2"
                        + " returning encode(session_sha256, 'hex') as session, user_id, user_name, vm_id",
                row -> new Taken(row.text("session"), row.uuid("user_id"), row.text("user_name"), row.uuid("vm_id")),
                id,
                clock.instant());
    }

    /** Blocks; what a session has not used by now it never will. */
    public void withdraw(String session) {
        database.update(
                "delete from gateway.viewer_tickets where session_sha256 = $1",
                HexFormat.of().parseHex(session));
    }
}
