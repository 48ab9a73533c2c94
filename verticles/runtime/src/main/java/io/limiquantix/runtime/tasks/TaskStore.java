package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What runs of tasks leave in the database. Each write says which run it is by; one that lost its lease is refused. */
final class TaskStore {
    private static final int PRUNED_AT_ONCE = 500;

    private final Database database;

    TaskStore(Database database) {
        this.database = database;
    }

    /** Takes the oldest task that nobody works on, of one of these kinds. */
    Optional<ClaimedTask> claim(UUID owner, Collection<String> kinds, Duration lease) {
        return database.transaction(tx -> {
            Optional<ClaimedTask> claimed = tx.queryOne(
                    """
                    update runtime.tasks set owner = $1, epoch = epoch + 1, version = version + 1,
                        lease_until = now() + make_interval(secs => $3),
                        state = case when state = 'QUEUED' then 'RUNNING' else state end,
                        started_at = coalesce(started_at, now())
                    where id = (select id from runtime.tasks
                        where state in ('QUEUED', 'RUNNING', 'UNDOING') and kind = any($2)
                            and (owner is null or lease_until < now())
                        order by created_at for update skip locked limit 1)
                    returning *""", TaskStore::claimed, owner, kinds.toArray(String[]::new), (double) lease.toSeconds());
            claimed.ifPresent(task -> tx.changed("task", task.id(), Change.CHANGED));
            return claimed;
        });
    }

    <I extends Record> I input(UUID taskId, Class<I> type) {
        return database.queryOne(
                        "select input from runtime.tasks where id = $1", row -> row.json("input", type), taskId)
                .orElseThrow(() -> new LeaseLostException(taskId));
    }

    /** Keeps the leases of all running tasks; returns the ones that are still held, with their wish to be cancelled. */
    Map<UUID, Boolean> renew(UUID owner, Collection<UUID> taskIds, Duration lease) {
        return database
                .query(
                        """
                        update runtime.tasks set lease_until = now() + make_interval(secs => $3)
                        where owner = $1 and id = any($2) returning id, cancel_requested""",
                        row -> Map.entry(row.uuid("id"), row.flag("cancel_requested")),
                        owner,
                        taskIds.toArray(UUID[]::new),
                        (double) lease.toSeconds())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The results of the steps that are done, absent for a step without one. */
    Optional<StoredStep> step(UUID taskId, String name, Class<? extends Record> type) {
        return database.queryOne(
                "select result, undone from runtime.task_steps where task_id = $1 and name = $2",
                row -> new StoredStep(row.jsonOrNull("result", type), row.flag("undone")),
                taskId,
                name);
    }

    record StoredStep(@Nullable Record result, boolean undone) {}

    Set<String> undoneSteps(UUID taskId) {
        return Set.copyOf(database.query(
                "select name from runtime.task_steps where task_id = $1 and undone", row -> row.text("name"), taskId));
    }

    void stepBegins(ClaimedTask task, String name) {
        update(
                task,
                tx -> tx.update(
                        "update runtime.tasks set step = $3, version = version + 1 where id = $1 and epoch = $2",
                        task.id(),
                        task.epoch(),
                        name));
    }

    void stepEnded(ClaimedTask task, String name, Record result, int progress) {
        update(task, tx -> {
            tx.update(
                    "insert into runtime.task_steps (task_id, name, result) values ($1, $2, $3)"
                            + " on conflict (task_id, name) do update set result = excluded.result",
                    task.id(),
                    name,
                    Json.of(result));
            return tx.update(
                    "update runtime.tasks set progress = greatest(progress, $3), version = version + 1"
                            + " where id = $1 and epoch = $2",
                    task.id(),
                    task.epoch(),
                    progress);
        });
    }

    void stepUndone(ClaimedTask task, String name) {
        update(task, tx -> {
            tx.update(
                    "insert into runtime.task_steps (task_id, name, undone) values ($1, $2, true)"
                            + " on conflict (task_id, name) do update set undone = true",
                    task.id(),
                    name);
            return tx.update(
                    "update runtime.tasks set version = version + 1 where id = $1 and epoch = $2",
                    task.id(),
                    task.epoch());
        });
    }

    void progress(ClaimedTask task, int progress) {
        update(
                task,
                tx -> tx.update(
                        "update runtime.tasks set progress = greatest(progress, $3), version = version + 1"
                                + " where id = $1 and epoch = $2",
                        task.id(),
                        task.epoch(),
                        progress));
    }

    void log(ClaimedTask task, String line) {
        update(task, tx -> {
            tx.update("insert into runtime.task_log (task_id, line) values ($1, $2)", task.id(), line);
            return tx.update(
                    "update runtime.tasks set version = version + 1 where id = $1 and epoch = $2",
                    task.id(),
                    task.epoch());
        });
    }

    void beginUndo(ClaimedTask task, Failure why) {
        update(
                task,
                tx -> tx.update(
                        "update runtime.tasks set state = $3, failure = $4, version = version + 1"
                                + " where id = $1 and epoch = $2",
                        task.id(),
                        task.epoch(),
                        TaskState.UNDOING,
                        Json.of(why)));
    }

    void end(ClaimedTask task, TaskState state) {
        update(
                task,
                tx -> tx.update(
                        "update runtime.tasks set state = $3, progress = case when $3 = 'SUCCEEDED' then 100 else progress end,"
                                + " owner = null, lease_until = null, ended_at = now(), version = version + 1"
                                + " where id = $1 and epoch = $2",
                        task.id(),
                        task.epoch(),
                        state));
    }

    void endAllLeases() {
        database.update("update runtime.tasks set owner = null, lease_until = null where owner is not null");
    }

    /** Lets another process go on with it at once. */
    void giveBack(ClaimedTask task) {
        database.update(
                "update runtime.tasks set owner = null, lease_until = null where id = $1 and epoch = $2",
                task.id(),
                task.epoch());
    }

    /** Deletes tasks that ended longer ago, with their steps and logs; a few at a time, so that nobody waits for it. */
    void prune(Duration kept) {
        int gone;
        do {
            gone = database.update("""
                    with gone as (delete from runtime.tasks where id in (
                            select id from runtime.tasks where ended_at < now() - make_interval(secs => $1)
                            limit $2 for update skip locked) returning id)
                    insert into runtime.changes (kind, object_id, change) select 'task', id, $3 from gone""", (double) kept.toSeconds(), PRUNED_AT_ONCE, Change.DELETED);
        } while (gone == PRUNED_AT_ONCE);
    }

    private void update(ClaimedTask task, Function<Transaction, Integer> statement) {
        int rows = database.transaction(tx -> {
            int changed = statement.apply(tx);
            if (changed == 1) {
                tx.changed("task", task.id(), Change.CHANGED);
            }
            return changed;
        });
        if (rows != 1) {
            throw new LeaseLostException(task.id());
        }
    }

    private static ClaimedTask claimed(Row row) {
        return new ClaimedTask(
                row.uuid("id"),
                row.uuid("operation_id"),
                row.text("kind"),
                row.uuid("target_id"),
                new Actor(row.text("actor_name"), row.uuidOrNull("actor_id")),
                row.constant("state", TaskState.class),
                row.number("epoch"),
                row.flag("cancel_requested"),
                row.jsonOrNull("failure", Failure.class));
    }
}
