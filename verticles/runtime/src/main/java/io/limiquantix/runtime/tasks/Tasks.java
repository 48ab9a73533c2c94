package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.time.Chore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Durable tasks: submitting them, and running this process's share. */
public final class Tasks implements AutoCloseable {
    /** The kind of thing whose view names the task that works on it, and so looks different once that begins or has ended. */
    static final String SHOWS_ITS_TASK = "vm";

    private static final String ONE_PER_TARGET = "tasks_one_per_target";

    /** How long a task is remembered after its end. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final Duration PRUNED_EVERY = Duration.ofHours(1);

    private final TaskRunner runner;
    private final TaskStore store;
    private final Duration prunedEvery;
    private Optional<Chore> pruning = Optional.empty();

    public Tasks(Database database, TaskObserver observer) {
        this(database, observer, PRUNED_EVERY);
    }

    Tasks(Database database, TaskObserver observer, Duration prunedEvery) {
        this.runner = new TaskRunner(database, observer);
        this.store = new TaskStore(database);
        this.prunedEvery = prunedEvery;
    }

    /** Lets this process run tasks of the kind. */
    public void register(TaskKind<?> kind) {
        runner.register(kind);
    }

    /** Begins to run tasks, and to forget those that ended 30 days ago. */
    public void start() {
        runner.start();
        pruning = Optional.of(Chore.every(prunedEvery, "task-pruner", () -> store.prune(KEPT)));
    }

    /** Ends all leases, for a process that knows that it is the only one on this database. */
    public void takeOverAll() {
        runner.takeOverAll();
    }

    /**
     * The task that was submitted with this operation id before, if any. The same operation asked twice at the same moment
     * waits here for the first one's transaction to end.
     */
    public Optional<TaskRef> submitted(Transaction tx, UUID operationId) {
        lock(tx, operationId);
        return tx.queryOne(
                "select id, target_id from runtime.tasks where operation_id = $1",
                row -> new TaskRef(row.uuid("id"), row.uuid("target_id")),
                operationId);
    }

    /**
     * Stores the task together with whatever else the transaction does; it begins after the commit. Refused with
     * {@code CONFLICT} while another task works on the same target.
     */
    public <I extends Record> TaskRef submit(Transaction tx, Submission<I> submission) {
        lock(tx, submission.operationId());
        Optional<TaskRef> before = sameOrBusy(tx, submission);
        if (before.isPresent()) {
            return before.get();
        }
        Optional<TaskRunner.Place> place = runner.place(submission.kind().name());
        place.ifPresent(taken -> tx.unlessCommitted(taken::leave));
        ClaimedTask task = task(submission);
        try {
            insert(tx, task, submission, place);
        } catch (DatabaseException e) {
            if (ONE_PER_TARGET.equals(e.violatedUnique())) {
                throw FailureException.conflict(submission.targetName() + " is being worked on by another task.");
            }
            throw e;
        }
        tx.changed("task", task.id(), Change.CREATED);
        if (submission.targetKind().equals(SHOWS_ITS_TASK)) {
            tx.changed(SHOWS_ITS_TASK, submission.targetId(), Change.CHANGED);
        }
        tx.afterCommit(() -> place.ifPresentOrElse(taken -> taken.begin(task), runner::wake));
        return new TaskRef(task.id(), submission.targetId());
    }

    private static void lock(Transaction tx, UUID operationId) {
        tx.send("select pg_advisory_xact_lock(hashtextextended($1, 0))", operationId.toString());
    }

    /** A task that is the same operation, or works on the target. */
    private record Earlier(TaskRef task, String kind, boolean same) {}

    private static Optional<TaskRef> sameOrBusy(Transaction tx, Submission<?> submission) {
        Optional<Earlier> earlier = tx.queryOne(
                "select id, target_id, kind, operation_id = $1 as same from runtime.tasks where operation_id = $1"
                        + " or (target_id = $2 and state in ('QUEUED', 'RUNNING', 'UNDOING'))"
                        + " order by same desc limit 1",
                row -> new Earlier(
                        new TaskRef(row.uuid("id"), row.uuid("target_id")), row.text("kind"), row.flag("same")),
                submission.operationId(),
                submission.targetId());
        earlier.filter(task -> !task.same()).ifPresent(task -> {
            throw FailureException.conflict(submission.targetName() + " is being worked on by the task " + task.kind()
                    + " (" + task.task().taskId() + "); wait for it or cancel it.");
        });
        return earlier.map(Earlier::task);
    }

    /** As a run that begins with it finds it. */
    private static ClaimedTask task(Submission<?> submission) {
        return new ClaimedTask(
                Uuid7.next(),
                submission.operationId(),
                submission.kind().name(),
                submission.targetId(),
                submission.actor(),
                TaskState.RUNNING,
                1,
                false,
                null,
                null,
                Json.of(submission.input()).encode());
    }

    /** Where this process has a place for it, it is stored as claimed, so that nobody has to look for it. */
    private static void insert(
            Transaction tx, ClaimedTask task, Submission<?> submission, Optional<TaskRunner.Place> place) {
        tx.update(
                "insert into runtime.tasks (id, operation_id, kind, target_kind, target_id, target_name, actor_name,"
                        + " actor_id, input, state, owner, epoch, started_at, lease_until)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::uuid, $12,"
                        + " case when $11::uuid is not null then now() end,"
                        + " case when $11::uuid is not null then clock_timestamp() + make_interval(secs => $13) end)",
                task.id(),
                submission.operationId(),
                submission.kind().name(),
                submission.targetKind(),
                submission.targetId(),
                submission.targetName(),
                submission.actor().name(),
                submission.actor().userId(),
                Json.of(submission.input()),
                place.isPresent() ? TaskState.RUNNING : TaskState.QUEUED,
                place.map(TaskRunner.Place::owner).orElse(null),
                place.isPresent() ? task.epoch() : 0L,
                (double) Lease.LENGTH.toSeconds());
    }

    /** The task that works on each of these things now; a thing that nobody works on is not in the map. */
    public Map<UUID, ActiveTask> activeOn(Transaction tx, Collection<UUID> targetIds) {
        return tx
                .query(
                        "select target_id, id, kind from runtime.tasks"
                                + " where target_id = any($1) and state in ('QUEUED', 'RUNNING', 'UNDOING')",
                        row -> Map.entry(row.uuid("target_id"), new ActiveTask(row.uuid("id"), row.text("kind"))),
                        (Object) targetIds.toArray(UUID[]::new))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A task that has not ended. */
    public record ActiveTask(UUID taskId, String kind) {}

    /** The newest task of these kinds on the thing, also one that has ended. */
    public Optional<LatestTask> latestOn(Transaction tx, UUID targetId, Collection<String> kinds) {
        return tx.queryOne(
                "select kind, state, ended_at, extract(epoch from now() - ended_at)::bigint as seconds from runtime.tasks"
                        + " where target_id = $1 and kind = any($2) order by id desc limit 1",
                row -> new LatestTask(
                        row.text("kind"),
                        row.constant("state", TaskState.class),
                        row.instantOrNull("ended_at"),
                        row.numberOrNull("seconds")),
                targetId,
                kinds.toArray(String[]::new));
    }

    /**
     * @param endedAt absent while it goes on
     * @param endedSecondsAgo the same by the database's clock
     */
    public record LatestTask(
            String kind,
            TaskState state,
            @Nullable Instant endedAt,
            @Nullable Long endedSecondsAgo) {}

    /**
     * Notes the wish in the caller's transaction; a run in this process learns of it at once, others within 2 s. Nothing
     * happens to a task that is being undone or has ended.
     */
    public void requestCancel(Transaction tx, UUID taskId) {
        int wished = tx.update(
                "update runtime.tasks set cancel_requested = true, version = version + 1"
                        + " where id = $1 and not cancel_requested and state in ('QUEUED', 'RUNNING')",
                taskId);
        if (wished == 1) {
            tx.changed("task", taskId, Change.CHANGED);
            tx.afterCommit(() -> runner.cancelIfHere(taskId));
        }
    }

    /** Claims nothing more and gives the running tasks back; waits some seconds at most for them to come to a step's end. */
    @Override
    public void close() {
        pruning.ifPresent(Chore::close);
        runner.close();
    }
}
