package io.limiquantix.runtime.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChangeFeedIT {

    @Test
    void aChangeThatCommitsLateIsNotMissed() throws Exception {
        try (TestControlPlane plane = TestControlPlane.start()) {
            var database = plane.controlPlane().database();
            ChangeFeed feed = plane.controlPlane().changes();
            UUID late = Uuid7.next();
            UUID quick = Uuid7.next();
            List<UUID> seen = new CopyOnWriteArrayList<>();
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch commit = new CountDownLatch(1);
            try (AutoCloseable listening = feed.listen(entry -> seen.add(entry.objectId()))) {
                // It follows from the end that the log has when it gets to it.
                Eventually.holds(() -> {
                    database.run(tx -> tx.changed("vm", Uuid7.next(), Change.CREATED));
                    return !seen.isEmpty();
                });
                Thread slow = Thread.ofVirtual()
                        .start(() -> database.run(tx -> {
                            tx.changed("vm", late, Change.CREATED);
                            // Answered after the change was written, which nobody waits for.
                            tx.query("select 1", row -> true);
                            written.countDown();
                            awaitLatch(commit);
                        }));
                awaitLatch(written);
                database.run(tx -> tx.changed("vm", quick, Change.CHANGED));
                commit.countDown();
                slow.join();
                Eventually.holds(() -> seen.contains(late) && seen.contains(quick));
                assertThat(listening).isNotNull();
            }
            assertThat(seen).endsWith(late, quick);
        }
    }

    @Test
    void readingGoesOnAfterACursor() {
        try (TestControlPlane plane = TestControlPlane.start()) {
            var database = plane.controlPlane().database();
            ChangeLog log = plane.controlPlane().changes().log();
            database.run(tx -> tx.changed("vm", Uuid7.next(), Change.CREATED));
            ChangeCursor middle = Eventually.get(log::end, cursor -> cursor.id() > 0);
            UUID next = Uuid7.next();
            database.run(tx -> tx.changed("task", next, Change.DELETED));
            List<ChangeEntry> rest = Eventually.get(() -> log.after(middle, 10).entries(), list -> !list.isEmpty());
            assertThat(rest).extracting(ChangeEntry::objectId).containsExactly(next);
            assertThat(ChangeCursor.parse(middle.toString())).contains(middle);
            assertThat(log.reaches(middle)).isTrue();
        }
    }

    /** A day's changes are millions; the feed looks at the log after each of them. */
    @Test
    void aLookReadsNothingOfTheLogThatIsNotNew() {
        try (TestControlPlane plane = TestControlPlane.start();
                Database database = Database.open(
                        plane.controlPlane().platform().vertx(),
                        plane.controlPlane().database().address(),
                        1)) {
            ChangeLog log = new ChangeLog(database);
            database.update("insert into runtime.changes (kind, object_id, change)"
                    + " select 'vm', gen_random_uuid(), 'CREATED' from generate_series(1, 20000)");
            ChangeCursor end = Eventually.get(log::end, cursor -> cursor.id() > 0);
            long before = rowsRead(database);
            for (int i = 0; i < 10; i++) {
                assertThat(log.after(end, 500).entries()).isEmpty();
            }
            assertThat(rowsRead(database) - before).isLessThan(1_000);
        }
    }

    /** How many rows of the log were read; each connection counts for itself until it is told to say it. */
    private static long rowsRead(Database database) {
        database.query("select pg_stat_force_next_flush()::text as done", row -> true);
        return database.queryOne(
                        "select seq_tup_read + coalesce(idx_tup_fetch, 0) as rows from pg_stat_user_tables"
                                + " where schemaname = 'runtime' and relname = 'changes'",
                        row -> row.number("rows"))
                .orElseThrow();
    }

    @Test
    void aDatabaseThatIsAwayIsAProblemUntilItIsBack() {
        try (TestControlPlane plane = TestControlPlane.start()) {
            ChangeFeed feed = plane.controlPlane().changes();
            DatabaseAddress address = plane.controlPlane().database().address();
            DatabaseAddress maintenance =
                    new DatabaseAddress(address.host(), address.port(), "postgres", address.user(), address.password());
            try (Database server = Database.open(plane.controlPlane().platform().vertx(), maintenance, 1)) {
                assertThat(feed.problem()).isEmpty();
                server.update("alter database " + address.database() + " allow_connections false");
                server.query(
                        "select pg_terminate_backend(pid) as done from pg_stat_activity where datname = $1",
                        row -> row.flag("done"),
                        address.database());
                String problem =
                        Eventually.get(feed::problem, Optional::isPresent).orElseThrow();
                assertThat(problem).startsWith("The database has not answered for ");
                server.update("alter database " + address.database() + " allow_connections true");
                Eventually.holds(() -> feed.problem().isEmpty());
            }
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
