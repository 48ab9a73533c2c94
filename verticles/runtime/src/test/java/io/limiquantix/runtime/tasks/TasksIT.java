package io.limiquantix.runtime.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TasksIT {
    private record Input(String text) {}

    private record Made(String what) {}

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private DatabaseAddress address;
    private TestControlPlane plane;

    TasksIT() {
        address = TestControlPlane.database();
        plane = TestControlPlane.on(address, "{}", TaskObserver.NONE);
    }

    @BeforeEach
    void clean() {
        effects.clear();
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private TaskRef submit(TaskKind<Input> kind, UUID target, UUID operation) {
        return plane.controlPlane()
                .database()
                .transaction(tx -> plane.controlPlane().tasks().submit(tx, submission(kind, target, operation)));
    }

    private static Submission<Input> submission(TaskKind<Input> kind, UUID target, UUID operation) {
        return new Submission<>(
                kind, new Input("x"), operation, TestControlPlane.caller().actor(), "vm", target, "a name");
    }

    private TaskKind<Input> kind(TaskKind.Body<Input> body) {
        TaskKind<Input> kind = new TaskKind<>("test.kind", Input.class, body);
        plane.controlPlane().tasks().register(kind);
        return kind;
    }

    private TaskView get(UUID taskId) {
        return plane.bus().request(TaskApi.GET, new TaskApi.Get(taskId), TestControlPlane.caller());
    }

    private Made make(String what) {
        effects.add("make " + what);
        return new Made(what);
    }

    @Test
    void aTaskSaysWhatItsStepHasMovedUntilThatEnds() {
        CountDownLatch seen = new CountDownLatch(1);
        TaskKind<Input> kind = kind((input, run) -> {
            run.step("fetch", Made.class).progress(40).run(caller -> {
                run.progress(30, new Moved(7, null));
                run.progress(35, new Moved(1L << 40, 1L << 41));
                Workbench.await(seen);
                return make("fetch");
            });
            run.step("check", Made.class).progress(80).run(caller -> make("check"));
        });
        TaskRef ref = submit(kind, Uuid7.next(), Uuid7.next());
        Eventually.holds(
                () -> new Moved(1L << 40, 1L << 41).equals(get(ref.taskId()).moved()));
        assertThat(list("test.kind")).extracting(TaskView::id).containsExactly(ref.taskId());
        assertThat(list("another.kind", "test.kind")).hasSize(1);
        assertThat(list("another.kind")).isEmpty();
        seen.countDown();
        assertThat(plane.awaitEnd(ref.taskId()).moved()).isNull();
    }

    private List<TaskView> list(String... kinds) {
        var request = new TaskApi.ListTasks(Page.FIRST, null, null, List.of(kinds));
        return plane.bus()
                .request(TaskApi.LIST, request, TestControlPlane.caller())
                .items();
    }

    /** More of them than a process runs tasks at once. */
    @Test
    void tasksThatWaitKeepWhatTheyWaitForFromNothing() {
        AtomicBoolean done = new AtomicBoolean();
        TaskKind<Input> waiting =
                kind((input, run) -> run.step("wait", Made.class).run(caller -> {
                    assertThat(run.waitUntil(Duration.ofMinutes(2), done::get)).isTrue();
                    return make("after");
                }));
        TaskKind<Input> awaited = new TaskKind<>("test.awaited", Input.class, (input, run) -> done.set(true));
        plane.controlPlane().tasks().register(awaited);
        List<TaskRef> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(submit(waiting, Uuid7.next(), Uuid7.next()));
        }
        all.add(submit(awaited, Uuid7.next(), Uuid7.next()));
        all.forEach(ref -> assertThat(plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.SUCCEEDED));
    }

    /** More of them than a process runs tasks at once. */
    @Test
    void submissionsThatAreRolledBackKeepNothingFromRunning() {
        TaskKind<Input> kind = kind((input, run) -> {});
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> plane.controlPlane().database().run(tx -> {
                        plane.controlPlane().tasks().submit(tx, submission(kind, Uuid7.next(), Uuid7.next()));
                        throw FailureException.conflict("Something else was wrong.");
                    }))
                    .isInstanceOf(FailureException.class);
        }
        TaskRef ref = submit(kind, Uuid7.next(), Uuid7.next());
        assertThat(plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aTaskRunsItsStepsInOrderAndSaysSo() {
        TaskKind<Input> kind = kind((input, run) -> {
            run.step("one", Made.class).progress(40).run(caller -> make("one"));
            run.log("half way");
            run.step("two", Made.class).progress(80).run(caller -> make("two"));
        });
        TaskRef ref = submit(kind, Uuid7.next(), Uuid7.next());
        TaskView task = plane.awaitEnd(ref.taskId());
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.progress()).isEqualTo(100);
        assertThat(task.log()).extracting(TaskView.LogLine::text).containsExactly("half way");
        assertThat(effects).containsExactly("make one", "make two");
        assertThat(plane.changes()).startsWith("task CREATED").endsWith("task CHANGED");
    }

    @Test
    void aFailedTaskTakesBackWhatItMadeInReverse() {
        TaskKind<Input> kind = kind((input, run) -> {
            run.step("one", Made.class).orUndo(caller -> make("one"), caller -> effects.add("undo one"));
            run.step("two", Made.class).orUndo(caller -> make("two"), caller -> effects.add("undo two"));
            run.step("three", Made.class)
                    .orUndo(
                            caller -> {
                                throw FailureException.of(FailureCode.STORAGE, "The disk is full.");
                            },
                            caller -> effects.add("undo three"));
        });
        TaskView task = plane.awaitEnd(submit(kind, Uuid7.next(), Uuid7.next()).taskId());
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).isEqualTo("The disk is full.");
        assertThat(effects).containsExactly("make one", "make two", "undo three", "undo two", "undo one");
    }

    @Test
    void aRefusedUndoIsWrittenDownAndDoesNotStopTheOthers() {
        TaskKind<Input> kind = kind((input, run) -> {
            run.step("one", Made.class).orUndo(caller -> make("one"), caller -> effects.add("undo one"));
            run.step("two", Made.class).orUndo(caller -> make("two"), caller -> {
                throw FailureException.of(FailureCode.STORAGE, "The volume is in use.");
            });
            throw FailureException.conflict("No.");
        });
        TaskView task = plane.awaitEnd(submit(kind, Uuid7.next(), Uuid7.next()).taskId());
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(effects).containsExactly("make one", "make two", "undo one");
        assertThat(task.log())
                .extracting(TaskView.LogLine::text)
                .containsExactly("Could not undo \"two\": The volume is in use.");
    }

    @Test
    void aStepThatNobodyAnswersIsAskedAgainAsTheSameOperation() {
        List<UUID> operations = new CopyOnWriteArrayList<>();
        TaskKind<Input> kind = kind((input, run) -> run.step("one", Made.class).run(caller -> {
            operations.add(caller.operationId());
            if (operations.size() < 3) {
                throw FailureException.of(FailureCode.TIMEOUT, "No answer.");
            }
            return make("one");
        }));
        assertThat(plane.awaitEnd(submit(kind, Uuid7.next(), Uuid7.next()).taskId())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
        assertThat(operations).hasSize(3);
        assertThat(operations.stream().distinct()).hasSize(1);
    }

    @Test
    void aCancelledTaskUndoesItsWork() {
        CountDownLatch waiting = new CountDownLatch(1);
        TaskKind<Input> kind = kind((input, run) -> {
            run.step("one", Made.class).orUndo(caller -> make("one"), caller -> effects.add("undo one"));
            run.step("wait", Made.class).run(caller -> {
                waiting.countDown();
                run.waitUntil(Duration.ofMinutes(5), () -> false);
                return make("never");
            });
        });
        TaskRef ref = submit(kind, Uuid7.next(), Uuid7.next());
        Eventually.holds(() -> waiting.getCount() == 0);
        plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(effects).containsExactly("make one", "undo one");
    }

    @Test
    void theSameOperationIsOneTask() {
        TaskKind<Input> kind = kind((input, run) -> run.step("one", Made.class).run(caller -> make("one")));
        UUID target = Uuid7.next();
        UUID operation = Uuid7.next();
        TaskRef first = submit(kind, target, operation);
        plane.awaitEnd(first.taskId());
        assertThat(submit(kind, target, operation)).isEqualTo(first);
        assertThat(effects).containsExactly("make one");
    }

    @Test
    void oneTaskAtATimeWorksOnAThing() {
        AtomicBoolean goOn = new AtomicBoolean();
        TaskKind<Input> kind = kind((input, run) -> run.step("one", Made.class).run(caller -> {
            run.waitUntil(Duration.ofMinutes(1), goOn::get);
            return make("one");
        }));
        UUID target = Uuid7.next();
        TaskRef first = submit(kind, target, Uuid7.next());
        assertThatThrownBy(() -> submit(kind, target, Uuid7.next()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT))
                .hasMessageContaining(first.taskId().toString());
        goOn.set(true);
        plane.awaitEnd(first.taskId());
        assertThat(plane.awaitEnd(submit(kind, target, Uuid7.next()).taskId()).state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void anotherProcessGoesOnWhereADeadOneStopped() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskKind.Body<Input> body = (input, run) -> {
            int number = runs.incrementAndGet();
            run.step("one", Made.class).orUndo(caller -> make("one"), caller -> effects.add("undo one"));
            run.step("two", Made.class).run(caller -> {
                if (number == 1) {
                    stuck.countDown();
                    awaitForEver(never);
                }
                return make("two");
            });
        };
        TaskRef ref = submit(kind(body), Uuid7.next(), Uuid7.next());
        Eventually.holds(() -> stuck.getCount() == 0);
        plane.controlPlane().tasks().close();
        try (TestControlPlane other = TestControlPlane.on(address, "{}", TaskObserver.NONE)) {
            other.controlPlane().tasks().register(new TaskKind<>("test.kind", Input.class, body));
            assertThat(other.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(effects).containsExactly("make one", "make two");
            never.countDown();
            assertThat(get(ref.taskId()).state()).isEqualTo(TaskState.SUCCEEDED);
        }
    }

    @Test
    void anUndoThatWasCutShortIsFinishedByAnotherProcess() {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger undos = new AtomicInteger();
        TaskKind.Body<Input> body = (input, run) -> {
            run.step("one", Made.class).orUndo(caller -> make("one"), caller -> {
                if (undos.incrementAndGet() == 1) {
                    stuck.countDown();
                    awaitForEver(never);
                }
                effects.add("undo one");
            });
            run.step("two", Made.class)
                    .orUndo(
                            caller -> {
                                throw FailureException.conflict("No.");
                            },
                            caller -> effects.add("undo two"));
        };
        TaskRef ref = submit(kind(body), Uuid7.next(), Uuid7.next());
        Eventually.holds(() -> stuck.getCount() == 0);
        plane.controlPlane().tasks().close();
        try (TestControlPlane other = TestControlPlane.on(address, "{}", TaskObserver.NONE)) {
            other.controlPlane().tasks().register(new TaskKind<>("test.kind", Input.class, body));
            TaskView task = other.awaitEnd(ref.taskId());
            assertThat(task.state()).isEqualTo(TaskState.FAILED);
            assertThat(effects).containsExactly("make one", "undo two", "undo one");
            never.countDown();
        }
    }

    private static void awaitForEver(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
    }
}
