package io.limiquantix.runtime.tasks;

import static io.limiquantix.runtime.tasks.Workbench.await;
import static io.limiquantix.runtime.tasks.Workbench.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One run of a task goes on where another one stopped, and the other one wakes up. */
class TaskTakeOverIT {
    private final Workbench bench = new Workbench();
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch firstWorks = new CountDownLatch(1);
    private final CountDownLatch firstMayGoOn = new CountDownLatch(1);
    private final CountDownLatch firstEnded = new CountDownLatch(1);

    @AfterEach
    void stop() {
        firstMayGoOn.countDown();
        bench.close();
    }

    private void hold() {
        firstWorks.countDown();
        await(firstMayGoOn);
    }

    /** Lets whoever claims next go on with the task that the first run holds. */
    private void takeOver() {
        await(firstWorks);
        bench.endLeases();
    }

    @Test
    void aRunThatWasTakenOverWritesNothing() {
        UUID id = bench.submit();
        TaskStore store = new TaskStore(bench.database());
        ClaimedTask old = claim(store);
        store.stepBegins(old, null, "one");
        bench.endLeases();
        ClaimedTask now = claim(store);
        TaskView before = bench.task(id);
        var one = new TaskStore.FinishedStep("one", new Workbench.Made("one"), 50);
        List<ThrowingCallable> writes = List.of(
                () -> store.stepBegins(old, one, "two"),
                () -> store.stepEnded(old, one),
                () -> store.stepUndone(old, "one"),
                () -> store.progress(old, 70, null),
                () -> store.log(old, "late"),
                () -> store.beginUndo(old, Failure.of(FailureCode.CONFLICT, "No.")),
                () -> store.fail(old, TaskState.FAILED),
                () -> store.succeed(old, one));
        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write).isInstanceOf(LeaseLostException.class));
        assertThat(bench.task(id)).isEqualTo(before);
        assertThat(store.steps(id)).isEmpty();
        store.succeed(now, one);
        assertThat(store.steps(id)).containsExactly(new TaskStore.StoredStep("one", true, false));
        assertThat(bench.task(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    private static ClaimedTask claim(TaskStore store) {
        return store.claim(UUID.randomUUID(), List.of("test.kind"), Duration.ofMinutes(1))
                .orElseThrow();
    }

    @Test
    void aTaskThatHasEndedIsNeverUndone() {
        UUID id = bench.submit();
        TaskStore store = new TaskStore(bench.database());
        ClaimedTask task = claim(store);
        store.succeed(task, null);
        assertThatThrownBy(() -> store.beginUndo(task, Failure.of(FailureCode.INTERNAL, "No.")))
                .isInstanceOf(LeaseLostException.class);
        assertThat(bench.task(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void theEndOfAnOldRunLeavesTheNewOneItsLease() {
        bench.register((input, run) -> {
            if (runs.incrementAndGet() == 1) {
                try {
                    bench.step(run, "one", this::hold);
                } finally {
                    firstEnded.countDown();
                }
            }
            bench.step(run, "one", () -> run.waitUntil(Duration.ofMinutes(5), () -> false));
        });
        UUID id = bench.submit();
        takeOver();
        Eventually.holds(() -> runs.get() == 2);
        firstMayGoOn.countDown();
        await(firstEnded);
        outlastALease(id);
        bench.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(id), TestControlPlane.caller());
        assertThat(bench.end(id).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(runs).hasValue(2);
        assertThat(bench.effects).containsExactly("make one", "make one", "undo one");
    }

    /** Waits until the lease that the task has now would have run out without a renewal. */
    private void outlastALease(UUID id) {
        Eventually.get(
                () -> bench.database()
                        .queryOne(
                                "select lease_until > started_at + interval '22 seconds' as outlasted"
                                        + " from runtime.tasks where id = $1",
                                row -> row.flag("outlasted"),
                                id)
                        .orElseThrow(),
                outlasted -> outlasted);
    }

    @Test
    void aReplayThatFailsIsTriedAgainAndThenEverythingIsUndone() {
        bench.register((input, run) -> {
            int number = runs.incrementAndGet();
            bench.step(run, "one");
            if (number == 2) {
                throw new IllegalStateException("this run has bad luck");
            }
            bench.step(run, "two");
            bench.step(run, "three", () -> {
                if (number == 1) {
                    hold();
                }
                throw FailureException.conflict("No.");
            });
        });
        UUID id = bench.submit();
        takeOver();
        TaskView task = bench.end(id);
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(runs).hasValue(3);
        assertThat(bench.effects)
                .containsExactly(
                        "make one", "make two", "make three", "make three", "undo three", "undo two", "undo one");
        assertThat(log(task)).isEmpty();
    }

    @Test
    void aReplayThatFailsAgainAndAgainEndsAndSaysWhatMayBeLeft() {
        bench.register((input, run) -> {
            bench.step(run, "one");
            if (runs.incrementAndGet() > 1) {
                throw new IllegalStateException("no run has luck");
            }
            bench.step(run, "two", this::hold);
        });
        UUID id = bench.submit();
        await(firstWorks);
        bench.database().update("update runtime.tasks set epoch = 20 where id = $1", id);
        bench.endLeases();
        TaskView task = bench.end(id);
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(bench.effects).containsExactly("make one", "make two", "undo one");
        assertThat(log(task)).singleElement().asString().startsWith("What \"two\" did may not have been undone");
    }

    @Test
    void aCancellationDuringAReplayUndoesWhatTheFirstRunDidAfterThat() {
        bench.register((input, run) -> {
            int number = runs.incrementAndGet();
            bench.step(run, "one");
            run.checkCancelled();
            bench.step(run, "two");
            bench.step(run, "three", () -> {
                if (number == 1) {
                    hold();
                }
            });
        });
        UUID id = bench.submit();
        await(firstWorks);
        bench.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(id), TestControlPlane.caller());
        takeOver();
        assertThat(bench.end(id).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(bench.effects)
                .containsExactly("make one", "make two", "make three", "undo three", "undo two", "undo one");
    }

    @Test
    void aProcessThatStopsGivesItsTasksToTheOthersAtOnce() {
        CountDownLatch works = new CountDownLatch(1);
        bench.register((input, run) -> {
            bench.step(run, "one");
            bench.step(run, "two", () -> {
                works.countDown();
                run.waitUntil(Duration.ofMinutes(5), () -> false);
            });
        });
        UUID waits = bench.submit();
        await(works);
        try (Workbench other = new Workbench(bench.address)) {
            other.register((input, run) -> {
                other.step(run, "one");
                other.step(run, "two");
            });
            bench.plane.controlPlane().tasks().close();
            Eventually.get(Duration.ofSeconds(5), () -> other.task(waits), task -> task.state()
                    .isFinal());
            assertThat(other.task(waits).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(other.effects).containsExactly("make two");
        }
        assertThat(bench.effects).containsExactly("make one", "make two");
    }
}
