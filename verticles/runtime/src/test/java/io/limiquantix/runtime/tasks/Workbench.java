package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A control plane with one kind of task, and what its tasks did. */
final class Workbench implements AutoCloseable {
    record Input(String text) {}

    record Made(String what) {}

    final List<String> effects = new CopyOnWriteArrayList<>();
    final DatabaseAddress address;
    final TestControlPlane plane;

    Workbench() {
        this(TestControlPlane.database());
    }

    /** With its tasks on a database that is there. */
    Workbench(DatabaseAddress address) {
        this.address = address;
        this.plane = TestControlPlane.on(address, "{}", TaskObserver.NONE);
    }

    Database database() {
        return plane.controlPlane().database();
    }

    void register(TaskKind.Body<Input> body) {
        plane.controlPlane().tasks().register(kind(body));
    }

    private static TaskKind<Input> kind(TaskKind.Body<Input> body) {
        return new TaskKind<>("test.kind", Input.class, body);
    }

    UUID submit() {
        return submit(Uuid7.next());
    }

    UUID submit(UUID target) {
        var submission = new Submission<>(
                kind((input, run) -> {}),
                new Input("x"),
                Uuid7.next(),
                TestControlPlane.caller().actor(),
                "vm",
                target,
                "a name");
        TaskRef ref = database().transaction(tx -> plane.controlPlane().tasks().submit(tx, submission));
        return ref.taskId();
    }

    TaskView end(UUID taskId) {
        return plane.awaitEnd(taskId);
    }

    TaskView task(UUID taskId) {
        return plane.bus().request(TaskApi.GET, new TaskApi.Get(taskId), TestControlPlane.caller());
    }

    static List<String> log(TaskView task) {
        return task.log().stream().map(TaskView.LogLine::text).toList();
    }

    /** Whoever claims next goes on with all tasks, as if the lease of each had run out. */
    void endLeases() {
        new TaskStore(database()).endAllLeases();
    }

    /** A step that is undone as it was made. */
    void step(TaskRun run, String name) {
        step(run, name, () -> {});
    }

    void step(TaskRun run, String name, Runnable then) {
        run.step(name, Made.class)
                .orUndo(
                        caller -> {
                            effects.add("make " + name);
                            then.run();
                            return new Made(name);
                        },
                        caller -> effects.add("undo " + name));
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        plane.close();
    }
}
