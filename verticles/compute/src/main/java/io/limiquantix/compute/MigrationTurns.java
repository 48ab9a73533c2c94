package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Lets only so many VMs leave or reach a host at a time: more would share the same network, and none would arrive before the last of
 * them. Who asked first is first.
 */
final class MigrationTurns {
    private static final Duration LOOK_FOR = Duration.ofMinutes(1);

    private final Database database;
    private final MigrationStore store;
    private final int atATime;

    /** @param atATime for each host, the one that is left and the one that is reached */
    MigrationTurns(Database database, MigrationStore store, int atATime) {
        this.database = database;
        this.store = store;
        this.atATime = atATime;
    }

    /** Says that it wants a turn; the same again keeps the first. */
    Nothing ask(MigrationPlan plan, TaskRun run) {
        database.run(tx -> store.begin(tx, run.taskId(), plan));
        return Nothing.NOTHING;
    }

    /** Waits for it, as long as that lasts; the task can be cancelled meanwhile. */
    Nothing await(MigrationPlan plan, TaskRun run) {
        if (isThere(plan)) {
            return Nothing.NOTHING;
        }
        run.log("Waits for other moves from or to " + plan.sourceName() + " or " + plan.targetName() + ": " + atATime
                + " at a time for each host.");
        boolean there;
        do {
            there = run.waitUntil(LOOK_FOR, () -> isThere(plan));
        } while (!there);
        return Nothing.NOTHING;
    }

    private boolean isThere(MigrationPlan plan) {
        return database.transaction(tx -> busiest(tx, plan)) < atATime;
    }

    /** How many that came before are at the one of both hosts that has more of them. */
    private static long busiest(Transaction tx, MigrationPlan plan) {
        return Stream.of(plan.source(), plan.target())
                .mapToLong(host -> tx.queryOne(
                                "select count(*) as earlier from compute.migrations other, compute.migrations mine"
                                        + " where mine.vm_id = $1 and other.sent_at is null"
                                        + " and (other.begun_at, other.vm_id) < (mine.begun_at, mine.vm_id)"
                                        + " and $2 in (other.source, other.target)",
                                row -> row.number("earlier"),
                                plan.vmId(),
                                host)
                        .orElse(0L))
                .max()
                .orElse(0);
    }
}
