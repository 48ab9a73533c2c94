package io.limiquantix.identity;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.bus.identity.IdentityApi.NumberedEntry;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who changed what. Entries are only ever added, and dropped when they are older than a year. */
final class AuditLog {
    private static final Duration KEPT = Duration.ofDays(366);

    private record Details(Map<String, String> details) {}

    private final Database database;

    AuditLog(Database database) {
        this.database = database;
    }

    Nothing add(AuditEntry entry) {
        database.update(
                "insert into identity.audit (at, user_name, remote_address, action, target_id, outcome, details)"
                        + " values ($1, $2, $3, $4, $5, $6, $7)",
                entry.at(),
                entry.userName(),
                entry.remoteAddress(),
                entry.action(),
                entry.targetId(),
                entry.outcome(),
                Json.of(new Details(entry.details())));
        return Nothing.NOTHING;
    }

    IdentityApi.AuditLog list(IdentityApi.ListAudit request) {
        int limit = request.page().limit();
        List<NumberedEntry> found = database.query(
                """
                select * from identity.audit where ($1::bigint is null or id < $1)
                    and ($2::uuid is null or target_id = $2) and ($3::text is null or split_part(action, '/', 4) = $3)
                    and ($4::text is null or lower(user_name) = lower($4))
                    and ($5::text is null or details->'details'->>'operation' = $5)
                    and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
                order by id desc limit $8""",
                AuditLog::numbered,
                request.page().cursor() == null ? null : cursor(request.page().cursor()),
                request.targetId(),
                request.targetKind(),
                request.userName(),
                request.operation(),
                request.from(),
                request.to(),
                limit + 1);
        List<NumberedEntry> page = PageRoom.fitting(found, limit, NumberedEntry::entry);
        return new IdentityApi.AuditLog(
                page.stream().map(NumberedEntry::entry).toList(),
                page.size() < found.size() ? String.valueOf(page.getLast().id()) : null);
    }

    IdentityApi.AuditPart of(IdentityApi.AuditOf request) {
        Past past = request.past();
        Past.Before before = past.before();
        List<NumberedEntry> found = database.query(
                """
                select * from identity.audit where target_id = $1 and (outcome <> 202 or at < $2)
                    and (cardinality($3::text[]) = 0 or details->'details'->>'operation' = any($3))
                    and ($4::text is null or lower(user_name) = lower($4))
                    and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
                    and ($7::timestamptz is null or at < $7 or (at = $7 and id < $8::bigint))
                order by at desc, id desc limit $9""",
                AuditLog::numbered,
                past.of(),
                request.tasksSince(),
                past.kinds().toArray(String[]::new),
                past.by(),
                past.from(),
                past.to(),
                before == null ? null : before.at(),
                before == null || before.id() == null ? null : cursor(before.id()),
                past.limit() + 1);
        List<NumberedEntry> part = PageRoom.fitting(found, past.limit(), NumberedEntry::entry);
        return new IdentityApi.AuditPart(part, part.size() < found.size());
    }

    void prune(Instant now) {
        database.update("delete from identity.audit where at < $1", now.minus(KEPT));
    }

    private static Long cursor(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw FailureException.invalid("cursor", "This cursor is not one that the audit log returned.");
        }
        return Long.valueOf(text);
    }

    private static NumberedEntry numbered(Row row) {
        return new NumberedEntry(
                row.number("id"),
                new AuditEntry(
                        row.instant("at"),
                        row.text("user_name"),
                        row.text("remote_address"),
                        row.text("action"),
                        row.uuidOrNull("target_id"),
                        (int) row.number("outcome"),
                        row.json("details", Details.class).details()));
    }
}
