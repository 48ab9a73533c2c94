package io.limiquantix.identity;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
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

    private record Numbered(long id, AuditEntry entry) {}

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
        List<Numbered> found = database.query(
                "select * from identity.audit where ($1::bigint is null or id < $1) order by id desc limit $2",
                AuditLog::numbered,
                request.page().cursor() == null ? null : cursor(request.page().cursor()),
                limit + 1);
        List<Numbered> page = PageRoom.fitting(found, limit, Numbered::entry);
        return new IdentityApi.AuditLog(
                page.stream().map(Numbered::entry).toList(),
                page.size() < found.size() ? String.valueOf(page.getLast().id()) : null);
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

    private static Numbered numbered(Row row) {
        return new Numbered(
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
