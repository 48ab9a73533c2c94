package io.limiquantix.runtime.tasks;

import static io.limiquantix.runtime.tasks.Workbench.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.DatabaseLine;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back while tasks run. */
class TaskDatabaseLossIT {
    private final Workbench bench = new Workbench();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** Lets the run's next write begin, and cuts its connection before it takes effect. */
    private void cutTheNextWrite(UUID taskId) {
        CountDownLatch held = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> bench.database().run(tx -> {
            tx.query("select id from runtime.tasks where id = $1 for update", row -> true, taskId);
            held.countDown();
            Eventually.holds(this::cutWaitingWrites);
        }));
        Workbench.await(held);
    }

    /** Renewals and claims wait too, and are left alone. */
    private boolean cutWaitingWrites() {
        int cut = bench.database()
                .query(
                        "select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database()"
                                + " and wait_event_type = 'Lock' and query not like '%lease_until = now()%'",
                        row -> row.flag("cut"))
                .size();
        cuts.addAndGet(cut);
        return cut > 0;
    }

    private void assertNothingIsUndone(TaskKind.Body<Workbench.Input> body) {
        bench.register((input, run) -> {
            runs.incrementAndGet();
            body.run(input, run);
        });
        TaskView task = bench.end(bench.submit());
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(log(task)).isEmpty();
        assertThat(bench.effects).contains("make one", "make two").noneMatch(effect -> effect.startsWith("undo"));
        assertThat(cuts).hasPositiveValue();
        assertThat(runs).hasValueGreaterThan(1);
    }

    /** A step is stored with the beginning of the next: what is lost then is done once more, which must change nothing. */
    @Test
    void aConnectionThatIsCutBeforeAStepUndoesNothing() {
        assertNothingIsUndone((input, run) -> {
            bench.step(run, "one");
            cutOnce(run);
            bench.step(run, "two");
        });
        assertThat(bench.effects).containsExactly("make one", "make one", "make two");
    }

    @Test
    void aConnectionThatIsCutAfterAStepUndoesNothing() {
        assertNothingIsUndone((input, run) -> {
            bench.step(run, "one", () -> cutOnce(run));
            bench.step(run, "two");
        });
        assertThat(bench.effects).containsExactly("make one", "make one", "make two");
    }

    @Test
    void aConnectionThatIsCutAtTheEndUndoesNothing() {
        assertNothingIsUndone((input, run) -> {
            bench.step(run, "one");
            bench.step(run, "two");
            cutOnce(run);
        });
        assertThat(bench.effects).containsExactly("make one", "make two", "make two");
    }

    private void cutOnce(TaskRun run) {
        if (runs.get() == 1) {
            cutTheNextWrite(run.taskId());
        }
    }

    @Test
    void aRunWhoseProcessIsCutOffStopsBeforeItCollidesWithTheNext() {
        CountDownLatch firstWorks = new CountDownLatch(1);
        CountDownLatch firstStopped = new CountDownLatch(1);
        try (DatabaseLine line = DatabaseLine.to(bench.address);
                Workbench first = new Workbench(line.address())) {
            first.register((input, run) -> {
                try {
                    run.step("watch", Workbench.Made.class).run(caller -> {
                        firstWorks.countDown();
                        run.waitUntil(Duration.ofMinutes(5), () -> false);
                        return new Workbench.Made("never");
                    });
                } finally {
                    firstStopped.countDown();
                }
            });
            UUID id = first.submit();
            Workbench.await(firstWorks);
            line.cut();
            bench.register((input, run) -> bench.step(run, "watch"));
            assertThat(bench.end(id).state()).isEqualTo(TaskState.SUCCEEDED);
            Eventually.get(Duration.ofSeconds(5), firstStopped::getCount, left -> left == 0);
            line.mend();
            assertThat(Eventually.get(() -> answers(first, id), answered -> answered))
                    .isTrue();
            assertThat(bench.task(id).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(bench.effects).containsExactly("make watch");
        }
    }

    private static boolean answers(Workbench process, UUID taskId) {
        try {
            return process.task(taskId).id().equals(taskId);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
