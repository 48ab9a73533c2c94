package io.limiquantix.gateway.console;

import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.runtime.database.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets that open one console connection each: 256 bits from the system's generator, good once and for 30 s. Kept in
 * the database, as a hash, so that any gateway can take what another one gave.
 */
public final class ConsoleTickets {
    private static final Duration VALID = Duration.ofSeconds(30);
    private static final int TOKEN_BYTES = 32;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** A ticket as its holder gets it. */
    public record Issued(Secret token, Instant expiresAt) {}

    /**
     * What a ticket was for.
     *
     * @param session the SHA-256, hexadecimal, of the session that asked for it
     */
    public record Taken(String session, UUID userId, String userName, UUID vmId, ConsoleKind kind) {}

    public ConsoleTickets(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Blocks; the ticket is bound to the session that asks for it. */
    public Issued issue(Secret sessionToken, UUID userId, String userName, UUID vmId, ConsoleKind kind) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        Secret token = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        Instant end = clock.instant().plus(VALID);
        database.run(tx -> {
            tx.update("delete from gateway.console_tickets where expires_at < $1", clock.instant());
            tx.update(
                    "insert into gateway.console_tickets (token_sha256, session_sha256, user_id, user_name, vm_id, kind, expires_at)"
                            + " values ($1, $2, $3, $4, $5, $6, $7)",
                    sha256(token),
                    sha256(sessionToken),
                    userId,
                    userName,
                    vmId,
                    kind,
                    end);
        });
        return new Issued(token, end);
    }

    /** Blocks; empty for a ticket that was never given, was used, or is too old. */
    public Optional<Taken> take(Secret token) {
        return database.queryOne(
                "delete from gateway.console_tickets where token_sha256 = $1 and expires_at > $2"
                        + " returning encode(session_sha256, 'hex') as session, user_id, user_name, vm_id, kind",
                row -> new Taken(
                        row.text("session"),
                        row.uuid("user_id"),
                        row.text("user_name"),
                        row.uuid("vm_id"),
                        row.constant("kind", ConsoleKind.class)),
                sha256(token),
                clock.instant());
    }

    /** Blocks; what a session has not used by now it never will. */
    public void withdraw(String session) {
        database.update(
                "delete from gateway.console_tickets where session_sha256 = $1",
                HexFormat.of().parseHex(session));
    }

    static byte[] sha256(Secret token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
