package io.limiquantix.storage;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Leaves fewer samples of pools the older they are. Of those that lie close together the fullest stays, which is the one
 * that a longer period shows: what is shown does not change by it.
 */
final class CapacityThinning {
    private static final Duration KEPT = Duration.ofDays(730);
    private static final List<Step> STEPS = List.of(
            new Step(Duration.ofDays(2), Duration.ofHours(1)), new Step(Duration.ofDays(60), Duration.ofDays(1)));

    /** All but the fullest of each slot. */
    private static final String THIN = """
            delete from storage.capacity_samples where pool_id = $1 and slot in (
                select slot from (
                    select slot, row_number() over (
                        partition by date_bin(make_interval(secs => $3), slot, 'epoch'::timestamptz)
                        order by used_bytes desc, slot) as place
                    from storage.capacity_samples where pool_id = $1 and slot < $2) placed
                where place > 1)""";

    /** Of what is older than this, one sample stays in each slot of so long. */
    private record Step(Duration age, Duration slot) {}

    private final Database database;
    private final Clock clock;

    CapacityThinning(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One pool after the other, so that nobody waits for it. */
    void round() {
        Instant now = clock.instant();
        for (UUID pool : database.query("select id from storage.pools order by id", row -> row.uuid("id"))) {
            database.run(tx -> thin(tx, pool, now));
        }
    }

    private static void thin(Transaction tx, UUID pool, Instant now) {
        // Who does not get it leaves the pool to another control plane, which is at work on it.
        boolean taken = tx.queryOne(
                        "select id from storage.pools where id = $1 for no key update skip locked",
                        row -> row.uuid("id"),
                        pool)
                .isEmpty();
        if (taken) {
            return;
        }
        tx.update("delete from storage.capacity_samples where pool_id = $1 and slot < $2", pool, now.minus(KEPT));
        for (Step step : STEPS) {
            tx.update(THIN, pool, now.minus(step.age()), (double) step.slot().toSeconds());
        }
    }
}
