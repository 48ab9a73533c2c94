package io.limiquantix.runtime.changes;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every change of the last day in the order in which it can be read without missing one. */
public final class ChangeLog {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String SETTLED = "transaction < pg_snapshot_xmin(pg_current_snapshot())";

    private final Database database;

    public ChangeLog(Database database) {
        this.database = database;
    }

    /** The next changes after the cursor, oldest first. */
    public List<ChangeEntry> after(ChangeCursor cursor, int limit) {
        return database.query(
                "select transaction::text::bigint as transaction, id, kind, object_id, change from runtime.changes"
                        + " where " + SETTLED
                        + " and (transaction, id) > ($1::bigint::text::xid8, $2::bigint)"
                        + " order by changes.transaction, id limit $3",
                row -> new ChangeEntry(
                        new ChangeCursor(row.number("transaction"), row.number("id")),
                        row.text("kind"),
                        row.uuid("object_id"),
                        row.constant("change", Change.class)),
                cursor.transaction(),
                cursor.id(),
                limit);
    }

    /** Behind everything that is settled now. */
    public ChangeCursor end() {
        return first("desc").orElse(new ChangeCursor(0, 0));
    }

    /** Whether everything after the cursor is still kept. */
    public boolean reaches(ChangeCursor cursor) {
        return first("asc").map(oldest -> cursor.compareTo(oldest) >= 0).orElse(false);
    }

    /** Whether changes were written that cannot be read yet because an older transaction still runs. */
    public boolean hasUnsettled() {
        return database.queryOne(
                        "select exists (select from runtime.changes where not (" + SETTLED + ")) as waiting",
                        row -> row.flag("waiting"))
                .orElse(false);
    }

    /** Deletes what is too old to be asked for. */
    public void prune(Instant now) {
        database.update("delete from runtime.changes where at < $1", now.minus(KEPT));
    }

    private Optional<ChangeCursor> first(String order) {
        return database.queryOne(
                "select transaction::text::bigint as transaction, id from runtime.changes where " + SETTLED
                        + " order by changes.transaction " + order + ", id " + order + " limit 1",
                row -> new ChangeCursor(row.number("transaction"), row.number("id")));
    }
}
