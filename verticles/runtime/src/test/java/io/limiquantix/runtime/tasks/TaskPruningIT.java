package io.limiquantix.runtime.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskPruningIT {
    private record Input(boolean waits) {}

    private final TestControlPlane plane = TestControlPlane.start();
    private final AtomicBoolean goOn = new AtomicBoolean();
    private final TaskKind<Input> kind = new TaskKind<>("test.kind", Input.class, this::work);

    TaskPruningIT() {
        plane.controlPlane().tasks().register(kind);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private void work(Input input, TaskRun run) {
        run.step("one", Nothing.class).run(caller -> {
            run.log("working");
            run.waitUntil(Duration.ofMinutes(1), () -> !input.waits() || goOn.get());
            return Nothing.NOTHING;
        });
    }

    private UUID submit(boolean waits) {
        var actor = TestControlPlane.caller().actor();
        var submission = new Submission<>(kind, new Input(waits), Uuid7.next(), actor, "vm", Uuid7.next(), "a name");
        return database()
                .transaction(tx -> plane.controlPlane().tasks().submit(tx, submission))
                .taskId();
    }

    private Database database() {
        return plane.controlPlane().database();
    }

    private UUID endedDaysAgo(int days) {
        UUID task = submit(false);
        plane.awaitEnd(task);
        database()
                .update(
                        "update runtime.tasks set ended_at = now() - make_interval(days => $2) where id = $1",
                        task,
                        days);
        return task;
    }

    private boolean exists(UUID taskId) {
        try {
            return plane.bus()
                    .request(TaskApi.GET, new TaskApi.Get(taskId), TestControlPlane.caller())
                    .id()
                    .equals(taskId);
        } catch (FailureException e) {
            assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND);
            return false;
        }
    }

    @Test
    void onlyTasksThatEndedLongAgoAreForgotten() {
        UUID old = endedDaysAgo(31);
        UUID recent = endedDaysAgo(29);
        UUID unfinished = submit(true);
        database().update("update runtime.tasks set created_at = now() - interval '90 days'");
        try (Tasks forgetful = new Tasks(database(), TaskObserver.NONE, Duration.ofMillis(20))) {
            forgetful.start();
            Eventually.holds(() -> !exists(old));
            assertThat(exists(recent)).isTrue();
            assertThat(exists(unfinished)).isTrue();
        }
        assertThat(plane.changes()).contains("task DELETED");
        goOn.set(true);
        plane.awaitEnd(unfinished);
    }

    @Test
    void manyAreForgottenInOneRound() {
        database().update("""
                        insert into runtime.tasks (id, operation_id, kind, target_kind, target_id, target_name, actor_name,
                            input, state, ended_at)
                        select gen_random_uuid(), gen_random_uuid(), 'test.kind', 'vm', gen_random_uuid(), 'x', 'tester',
                            '{}', 'SUCCEEDED', now() - interval '40 days' from generate_series(1, 1201)""");
        new TaskStore(database()).prune(Duration.ofDays(30));
        assertThat(database().query("select id from runtime.tasks", row -> row.uuid("id")))
                .isEmpty();
    }
}
