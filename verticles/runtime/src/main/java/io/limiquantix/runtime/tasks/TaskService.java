package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Answers {@link TaskApi}. */
public final class TaskService {
    /** A single statement, as clients ask for it more often than for anything else. */
    private static final String ONE = """
            select task.*, (select jsonb_build_object('lines',
                    coalesce(jsonb_agg(jsonb_build_object('at', at, 'text', line) order by id), '[]'))
                from runtime.task_log where task_id = task.id) as log
            from runtime.tasks as task where id = $1""";

    private record Log(List<TaskView.LogLine> lines) {}

    private final Database database;
    private final Tasks tasks;

    public TaskService(Database database, Tasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    public void serve(Bus bus) {
        bus.serve(
                TaskApi.GET,
                (request, caller) ->
                        known(request.taskId(), database.queryOne(ONE, TaskService::withLog, request.taskId())));
        bus.serve(TaskApi.LIST, (request, caller) -> list(request));
        bus.serve(TaskApi.PAST, (request, caller) -> past(request));
        bus.serve(TaskApi.CANCEL, this::cancel);
    }

    private static TaskView known(UUID taskId, Optional<TaskView> task) {
        return task.orElseThrow(() -> FailureException.notFound("There is no task " + taskId + "."));
    }

    private static TaskView get(Transaction tx, UUID taskId) {
        return known(taskId, tx.queryOne(ONE, TaskService::withLog, taskId));
    }

    private TaskApi.Tasks list(TaskApi.ListTasks request) {
        int limit = request.page().limit();
        UUID before =
                request.page().cursor() == null ? null : cursor(request.page().cursor());
        List<TaskView> items = database.query(
                "select * from runtime.tasks where ($1::uuid is null or id < $1) and ($2::uuid is null or target_id = $2)"
                        + " and ($3::boolean is null or (state in ('QUEUED', 'RUNNING', 'UNDOING')) = $3)"
                        + " and (cardinality($4::text[]) = 0 or kind = any($4)) order by id desc limit $5",
                row -> view(row, List.of()),
                before,
                request.targetId(),
                request.active(),
                request.kinds().toArray(String[]::new),
                limit + 1);
        List<TaskView> page = PageRoom.fitting(items, limit, Function.identity());
        return new TaskApi.Tasks(
                page, page.size() < items.size() ? page.getLast().id().toString() : null);
    }

    private TaskApi.Tasks past(Past past) {
        Past.Before before = past.before();
        List<TaskView> found = database.query(
                """
                select * from runtime.tasks where target_id = $1 and (cardinality($2::text[]) = 0 or kind = any($2))
                    and ($3::text is null or lower(actor_name) = lower($3))
                    and ($4::timestamptz is null or created_at >= $4)
                    and ($5::timestamptz is null or created_at < $5)
                    and ($6::timestamptz is null or created_at < $6 or (created_at = $6 and id < $7::uuid))
                order by created_at desc, id desc limit $8""",
                row -> view(row, List.of()),
                past.of(),
                past.kinds().toArray(String[]::new),
                past.by(),
                past.from(),
                past.to(),
                before == null ? null : before.at(),
                before == null || before.id() == null ? null : cursor(before.id()),
                past.limit() + 1);
        List<TaskView> part = PageRoom.fitting(found, past.limit(), Function.identity());
        return new TaskApi.Tasks(
                part, part.size() < found.size() ? part.getLast().id().toString() : null);
    }

    private TaskView cancel(TaskApi.Get request, Caller caller) {
        return database.transaction(tx -> {
            TaskView task = get(tx, request.taskId());
            if (task.state().isFinal()) {
                throw FailureException.conflict("The task has already ended.");
            }
            tasks.requestCancel(tx, request.taskId());
            return get(tx, request.taskId());
        });
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    new Failure(
                            FailureCode.INVALID,
                            "This cursor is not one that a list of tasks returned.",
                            Map.of("field", "cursor")),
                    e);
        }
    }

    private static TaskView withLog(Row row) {
        return view(row, row.json("log", Log.class).lines());
    }

    private static TaskView view(Row row, List<TaskView.LogLine> log) {
        return new TaskView(
                row.uuid("id"),
                row.text("kind"),
                row.text("target_kind"),
                row.uuid("target_id"),
                row.text("target_name"),
                row.text("actor_name"),
                row.constant("state", TaskState.class),
                (int) row.number("progress"),
                row.isNull("moved_bytes")
                        ? null
                        : new Moved(row.number("moved_bytes"), row.numberOrNull("total_bytes")),
                row.textOrNull("step"),
                row.flag("cancel_requested"),
                row.jsonOrNull("failure", Failure.class),
                log,
                row.instant("created_at"),
                row.instantOrNull("started_at"),
                row.instantOrNull("ended_at"),
                row.number("version"));
    }
}
