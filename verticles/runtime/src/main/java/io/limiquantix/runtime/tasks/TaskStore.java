package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction.Change;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private static final int DONE = 100;
    private static final String NOTHING_MOVES = ", moved_bytes = null, total_bytes = null";
    private static final String ENDED =
            ", state = $7, owner = null, lease_until = null, ended_at = now()" + NOTHING_MOVES;
    /** What is stored with every change of a task. */
    private static final String ALONG = """
            , noted as (insert into runtime.changes (kind, object_id, change) select 'task', id, $3 from task),
            finished as (insert into runtime.task_steps (task_id, name, result)
                select id, $5::text, $6::jsonb from task where $5::text is not null
                on conflict (task_id, name) do update set result = excluded.result)""";

    private static final String TARGET_LOOKS_DIFFERENT = "insert into runtime.changes (kind, object_id, change)"
            + " select target_kind, target_id, $3 from task where target_kind = '" + Tasks.SHOWS_ITS_TASK + "'";

    private final Database database;

    TaskStore(Database database) {
        this.database = database;
    }

    /** Takes the oldest task that nobody works on, of one of these kinds. */
    Optional<ClaimedTask> claim(UUID owner, Collection<String> kinds, Duration lease) {
        return database.queryOne(
                """
                with claimed as (update runtime.tasks set owner = $1, epoch = epoch + 1, version = version + 1,
                        lease_until = now() + make_interval(secs => $3),
                        state = case when state = 'QUEUED' then 'RUNNING' else state end,
                        started_at = coalesce(started_at, now())
                    where id = (select id from runtime.tasks
                        where state in ('QUEUED', 'RUNNING', 'UNDOING') and kind = any($2)
                            and (owner is null or lease_until < now())
                        order by created_at, id for update skip locked limit 1)
                    returning *),
                noted as (insert into runtime.changes (kind, object_id, change)
                    select 'task', id, $4 from claimed)
                select * from claimed""",
                TaskStore::claimed,
                owner,
                kinds.toArray(String[]::new),
                (double) lease.toSeconds(),
                Change.CHANGED);
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

    /**
     * A step that was done and may not be stored yet.
     *
     * @param progress how far the task is, 0 to 100
     */
    record FinishedStep(String name, Record result, int progress) {}

    /** @param before what was finished and is stored with it, if anything */
    void stepBegins(ClaimedTask task, @Nullable FinishedStep before, String name) {
        write(task, before, progressOf(before), ", step = $7" + NOTHING_MOVES, "", name);
    }

    void stepEnded(ClaimedTask task, FinishedStep step) {
        write(task, step, step.progress(), "", "");
    }

    void stepUndone(ClaimedTask task, String name) {
        write(task, null, 0, "", """
                insert into runtime.task_steps (task_id, name, undone) select id, $7::text, true from task
                    on conflict (task_id, name) do update set undone = true""", name);
    }

    /** @param moved what the step under way has moved, where it moves bytes */
    void progress(ClaimedTask task, int progress, @Nullable Moved moved) {
        if (moved == null) {
            write(task, null, progress, "", "");
        } else {
            write(task, null, progress, ", moved_bytes = $7, total_bytes = $8", "", moved.bytes(), moved.totalBytes());
        }
    }

    void log(ClaimedTask task, String line) {
        write(task, null, 0, "", "insert into runtime.task_log (task_id, line) select id, $7::text from task", line);
    }

    void beginUndo(ClaimedTask task, Failure why) {
        write(task, null, 0, ", state = $7, failure = $8", "", TaskState.UNDOING, Json.of(why));
    }

    void fail(ClaimedTask task, TaskState state) {
        write(task, null, 0, ENDED, TARGET_LOOKS_DIFFERENT, state);
    }

    /** @param last what was finished and is stored with it, if anything */
    void succeed(ClaimedTask task, @Nullable FinishedStep last) {
        write(task, last, DONE, ENDED, TARGET_LOOKS_DIFFERENT, TaskState.SUCCEEDED);
    }

    private static int progressOf(@Nullable FinishedStep step) {
        return step == null ? 0 : step.progress();
    }

    /**
     * Changes the task's row and what hangs on it, or nothing at all when the run has lost its lease. It is a single statement,
     * as most of the time of a short task is the way to the database and its disk.
     *
     * @param finished a step whose result is stored with it
     * @param progress how far the task is at least
     * @param set what else changes in the row
     * @param more inserts what hangs on it, once for each row of {@code task}; empty for nothing
     * @param values the parameters of both, from the seventh one on
     */
    private void write(
            ClaimedTask task,
            @Nullable FinishedStep finished,
            int progress,
            String set,
            String more,
            @Nullable Object... values) {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(task.id(), task.epoch(), Change.CHANGED, progress));
        parameters.add(finished == null ? null : finished.name());
        parameters.add(finished == null ? null : Json.of(finished.result()));
        parameters.addAll(Arrays.asList(values));
        String also = more.isEmpty() ? "" : ", more as (" + more + ")";
        String sql = "with task as (update runtime.tasks set version = version + 1, progress = greatest(progress, $4)"
                + set + BY_THIS_RUN + " returning id, target_kind, target_id)" + ALONG + also + " select id from task";
        if (database.queryOne(sql, row -> true, parameters.toArray()).isEmpty()) {
            throw new LeaseLostException(task.id());
        }
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
                new Actor(row.text("actor_name"), row.uuidOrNull("actor_id"), false),
                row.constant("state", TaskState.class),
                row.number("epoch"),
                row.flag("cancel_requested"),
                row.textOrNull("step"),
                failure(row),
                row.jsonText("input"));
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
