package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs of tasks leave in the database. Each write says which run it is by: after a newer run's claim, or the task's
 * end, it is refused as a whole with {@link LeaseLostException}.
 */
final class TaskStore {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStore.class);
    private static final int PRUNED_AT_ONCE = 500;
    private static final String BY_THIS_RUN =
            " where id = $1 and epoch = $2 and state in ('QUEUED', 'RUNNING', 'UNDOING')";

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

    /** A step that has been begun by some run. */
    record StoredStep(String name, boolean finished, boolean undone) {}

    List<StoredStep> steps(UUID taskId) {
        return database.query(
                "select name, result is not null as finished, undone from runtime.task_steps where task_id = $1",
                row -> new StoredStep(row.text("name"), row.flag("finished"), row.flag("undone")),
                taskId);
    }

    /** What a step that is finished returned. */
    <R extends Record> R result(UUID taskId, String step, Class<R> type) {
        return database.queryOne(
                        "select result from runtime.task_steps where task_id = $1 and name = $2",
                        row -> row.json("result", type),
                        taskId,
                        step)
                .orElseThrow(() -> new LeaseLostException(taskId));
    }

    void stepBegins(ClaimedTask task, String name) {
        write(task, ", step = $3", List.of(name), tx -> {});
    }

    void stepEnded(ClaimedTask task, String name, Record result, int progress) {
        write(
                task,
                ", progress = greatest(progress, $3)",
                List.of(progress),
                tx -> tx.update(
                        "insert into runtime.task_steps (task_id, name, result) values ($1, $2, $3)"
                                + " on conflict (task_id, name) do update set result = excluded.result",
                        task.id(),
                        name,
                        Json.of(result)));
    }

    void stepUndone(ClaimedTask task, String name) {
        write(
                task,
                "",
                List.of(),
                tx -> tx.update(
                        "insert into runtime.task_steps (task_id, name, undone) values ($1, $2, true)"
                                + " on conflict (task_id, name) do update set undone = true",
                        task.id(),
                        name));
    }

    void progress(ClaimedTask task, int progress) {
        write(task, ", progress = greatest(progress, $3)", List.of(progress), tx -> {});
    }

    void log(ClaimedTask task, String line) {
        write(
                task,
                "",
                List.of(),
                tx -> tx.update("insert into runtime.task_log (task_id, line) values ($1, $2)", task.id(), line));
    }

    void beginUndo(ClaimedTask task, Failure why) {
        write(task, ", state = $3, failure = $4", List.of(TaskState.UNDOING, Json.of(why)), tx -> {});
    }

    void end(ClaimedTask task, TaskState state) {
        write(
                task,
                ", state = $3, progress = case when $3 = 'SUCCEEDED' then 100 else progress end, owner = null,"
                        + " lease_until = null, ended_at = now()",
                List.of(state),
                tx -> {});
    }

    /** Changes the task's row and what hangs on it, or nothing at all when the run has lost its lease. */
    private void write(ClaimedTask task, String set, List<Object> values, Consumer<Transaction> more) {
        Object[] parameters = Stream.concat(Stream.of(task.id(), task.epoch()), values.stream())
                .toArray();
        database.run(tx -> {
            if (tx.update("update runtime.tasks set version = version + 1" + set + BY_THIS_RUN, parameters) != 1) {
                throw new LeaseLostException(task.id());
            }
            more.accept(tx);
            tx.changed("task", task.id(), Change.CHANGED);
        });
    }

    void endAllLeases() {
        database.update("update runtime.tasks set owner = null, lease_until = null where owner is not null");
    }

    /** Lets any process go on with it after a pause. */
    void giveBack(ClaimedTask task, Duration pause) {
        database.update(
                "update runtime.tasks set lease_until = now() + make_interval(secs => $3)"
                        + " where id = $1 and epoch = $2 and owner is not null",
                task.id(),
                task.epoch(),
                (double) pause.toSeconds());
    }

    /** Lets other processes go on with everything that this one has claimed. */
    void giveBackAll(UUID owner) {
        database.update("update runtime.tasks set owner = null, lease_until = null where owner = $1", owner);
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
                row.textOrNull("step"),
                failure(row));
    }

    /** One that cannot be read must not keep its task, and all younger ones, from being claimed. */
    private static @Nullable Failure failure(Row row) {
        try {
            return row.jsonOrNull("failure", Failure.class);
        } catch (UncheckedIOException e) {
            LOG.error("the failure of task {} cannot be read", row.uuid("id"), e);
            return Failure.of(FailureCode.INTERNAL, "The task failed for a reason that cannot be read.");
        }
    }
}
