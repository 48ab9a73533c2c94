package io.limiquantix.bus.identity;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who somebody is, what they may do, and what they did. */
public final class IdentityApi {
    /** Refuses with {@code UNAUTHENTICATED} without saying which of the two was wrong, or {@code LIMITED}. */
    public static final ServiceAddress<LogIn, NewSession> LOG_IN =
            ServiceAddress.changing("identity.log-in", LogIn.class, NewSession.class);

    public static final ServiceAddress<SessionToken, Nothing> LOG_OUT =
            ServiceAddress.changing("identity.log-out", SessionToken.class, Nothing.class);

    /** Answers who holds the session, or refuses with {@code UNAUTHENTICATED}. */
    public static final ServiceAddress<SessionToken, Session> AUTHENTICATE =
            ServiceAddress.reading("identity.authenticate", SessionToken.class, Session.class);

    /** As {@link #AUTHENTICATE}, but does not count as the user doing something: an open stream asks it now and then. */
    public static final ServiceAddress<SessionToken, Session> CHECK =
            ServiceAddress.reading("identity.check", SessionToken.class, Session.class);

    /** Published when a user ended sessions by logging out or changing the password. */
    public static final Topic<SessionsEnded> SESSIONS_ENDED =
            new Topic<>("identity.sessions-ended", SessionsEnded.class);

    /** Ends all other sessions of the user. */
    public static final ServiceAddress<ChangePassword, Nothing> CHANGE_PASSWORD =
            ServiceAddress.changing("identity.change-password", ChangePassword.class, Nothing.class);

    /** A user's public keys by name, for the guests that the user makes. */
    public static final ServiceAddress<SshKeysOf, SshKeys> LIST_SSH_KEYS =
            ServiceAddress.reading("identity.list-ssh-keys", SshKeysOf.class, SshKeys.class);

    /** Refuses what is no public key ({@code INVALID}), and one that the user has ({@code CONFLICT}). */
    public static final ServiceAddress<AddSshKey, SshKey> ADD_SSH_KEY =
            ServiceAddress.changing("identity.add-ssh-key", AddSshKey.class, SshKey.class);

    /** Guests that have the key keep it. */
    public static final ServiceAddress<DeleteSshKey, Nothing> DELETE_SSH_KEY =
            ServiceAddress.changing("identity.delete-ssh-key", DeleteSshKey.class, Nothing.class);

    /** Writes a line of the audit log; answered when it is stored. */
    public static final ServiceAddress<AuditEntry, Nothing> AUDIT =
            ServiceAddress.changing("identity.audit", AuditEntry.class, Nothing.class);

    public static final ServiceAddress<ListAudit, AuditLog> LIST_AUDIT =
            ServiceAddress.reading("identity.list-audit", ListAudit.class, AuditLog.class);

    /** What was asked about one thing, named by its operations. */
    public static final ServiceAddress<AuditOf, AuditPart> AUDIT_OF =
            ServiceAddress.reading("identity.audit-of", AuditOf.class, AuditPart.class);

    private IdentityApi() {}

    /**
     * @param remoteAddress for rate limits and the audit log
     */
    public record LogIn(String userName, Secret password, String remoteAddress) {}

    public record SessionToken(Secret token) {}

    public record NewSession(Secret token, Session session) {}

    /**
     * @param csrfToken what a change must send along
     * @param administrator whether nothing is hidden from the user
     */
    public record Session(
            UUID userId,
            String userName,
            Secret csrfToken,
            Instant expiresAt,
            boolean mustChangePassword,
            boolean administrator) {}

    /**
     * @param tokensSha256 hexadecimal SHA-256 of each session's token
     */
    public record SessionsEnded(List<String> tokensSha256) {
        public SessionsEnded {
            tokensSha256 = List.copyOf(tokensSha256);
        }
    }

    public record ChangePassword(SessionTokenHolder holder, Secret oldPassword, Secret newPassword) {}

    public record SessionTokenHolder(UUID userId, Secret token) {}

    public record SshKeysOf(UUID userId) {}

    /**
     * @param publicKey the line of a {@code .pub} file
     * @param fingerprint as {@code ssh-keygen -l} shows it
     */
    public record SshKey(UUID id, String name, String publicKey, String type, String fingerprint, Instant createdAt) {}

    public record SshKeys(List<SshKey> items) {
        public SshKeys {
            items = List.copyOf(items);
        }
    }

    public record AddSshKey(UUID userId, String name, String publicKey) {}

    public record DeleteSshKey(UUID userId, UUID keyId) {}

    /**
     * @param action for instance {@code POST /api/v1/vms}
     * @param outcome the HTTP status
     * @param details what was asked, without secrets
     */
    public record AuditEntry(
            Instant at,
            String userName,
            String remoteAddress,
            String action,
            @Nullable UUID targetId,
            int outcome,
            Map<String, String> details) {
        public AuditEntry {
            details = Map.copyOf(details);
        }
    }

    /**
     * Filters are joined by "and".
     *
     * @param targetKind the second part of the path, for instance {@code vms}
     * @param userName whatever the case of its letters
     * @param operation for instance {@code startVm}
     * @param from the first moment that is wanted
     * @param to the first moment that is no longer wanted
     */
    public record ListAudit(
            Page page,
            @Nullable UUID targetId,
            @Nullable String targetKind,
            @Nullable String userName,
            @Nullable String operation,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * @param tasksSince what a task was made of is left out from here on, as the task tells of it
     */
    public record AuditOf(Past past, Instant tasksSince) {}

    /** @param id grows */
    public record NumberedEntry(long id, AuditEntry entry) {}

    /** @param more whether there is more before the last one */
    public record AuditPart(List<NumberedEntry> items, boolean more) {
        public AuditPart {
            items = List.copyOf(items);
        }
    }

    public record AuditLog(List<AuditEntry> items, @Nullable String nextCursor) {
        public AuditLog {
            items = List.copyOf(items);
        }
    }
}
