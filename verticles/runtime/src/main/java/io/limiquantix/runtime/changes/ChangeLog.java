package io.limiquantix.runtime.changes;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every change of the last day in the order in which it can be read without missing one. */
public final class ChangeLog {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String SETTLED = "transaction < pg_snapshot_xmin(pg_current_snapshot())";
    /** Looks at the last one only: to ask whether there is any that is not settled would read the whole log where there is none. */
    private static final String UNSETTLED = "coalesce((select transaction from runtime.changes"
            + " order by transaction desc, id desc limit 1) >= pg_snapshot_xmin(pg_current_snapshot()), false)";

    private final Database database;

    public ChangeLog(Database database) {
        this.database = database;
    }

    /**
     * A look at the log.
     *
     * @param entries oldest first
     * @param unsettled whether changes were written that cannot be read yet because an older transaction still runs
     */
    public record Reading(List<ChangeEntry> entries, boolean unsettled) {
        public Reading {
            entries = List.copyOf(entries);
        }
    }

    /** The next changes after the cursor. */
    public Reading after(ChangeCursor cursor, int limit) {
        List<Found> found = database.query(
                "select log.unsettled, entry.* from (select " + UNSETTLED
                        + " as unsettled) as log left join lateral (select transaction::text::bigint as transaction,"
                        + " id, kind, object_id, change from runtime.changes where " + SETTLED
                        + " and (transaction, id) > ($1::bigint::text::xid8, $2::bigint)"
                        + " order by changes.transaction, id limit $3) as entry on true"
                        + " order by entry.transaction, entry.id",
                Found::of,
                cursor.transaction(),
                cursor.id(),
                limit);
        return new Reading(
                found.stream().flatMap(f -> Stream.ofNullable(f.entry())).toList(),
                found.getFirst().unsettled());
    }

    /** One row; there is always one, which has no entry where none is to be read. */
    private record Found(boolean unsettled, @Nullable ChangeEntry entry) {
        static Found of(Row row) {
            boolean unsettled = row.flag("unsettled");
            UUID object = row.uuidOrNull("object_id");
            return object == null
                    ? new Found(unsettled, null)
                    : new Found(
                            unsettled,
                            new ChangeEntry(
                                    new ChangeCursor(row.number("transaction"), row.number("id")),
                                    row.text("kind"),
                                    object,
                                    row.constant("change", Change.class)));
        }
    }

    /** Behind everything that is settled now. */
    public ChangeCursor end() {
        return first("desc").orElse(new ChangeCursor(0, 0));
    }

    /** Whether everything after the cursor is still kept. */
    public boolean reaches(ChangeCursor cursor) {
        return first("asc").map(oldest -> cursor.compareTo(oldest) >= 0).orElse(false);
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
