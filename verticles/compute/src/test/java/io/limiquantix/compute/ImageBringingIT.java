package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A VM whose host lacks the image waits for the copy, which somebody else makes. */
class ImageBringingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);
    private final AtomicReference<@Nullable FailureException> end = new AtomicReference<>();
    private volatile boolean ended;

    ImageBringingIT() {
        var kind = new TaskKind<>("image.bring", Copy.class, this::copy);
        compute.plane.controlPlane().tasks().register(kind);
        var submission = new Submission<>(
                kind,
                new Copy(world.imageId),
                Uuid7.next(),
                Actor.platform("test"),
                "image-copy",
                Uuid7.next(),
                "debian");
        world.copying.set(compute.plane
                .controlPlane()
                .database()
                .transaction(tx -> compute.plane.controlPlane().tasks().submit(tx, submission)));
    }

    /** The input of a task that does nothing until it is told to end. */
    record Copy(UUID imageId) {}

    private void copy(Copy input, TaskRun run) {
        run.waitUntil(PATIENCE, () -> ended);
        run.step("end", Nothing.class).run(caller -> {
            FailureException failure = end.get();
            if (failure != null) {
                throw failure;
            }
            world.copying.set(null);
            return Nothing.NOTHING;
        });
    }

    @AfterEach
    void stop() {
        ended = true;
        compute.close();
    }

    private TaskView task(UUID id) {
        return compute.plane.bus().request(TaskApi.GET, new TaskApi.Get(id), TestControlPlane.caller());
    }

    private TaskRef waiting() {
        TaskRef ref = compute.create("web-1");
        Eventually.holds(() -> task(ref.taskId()).log().stream()
                .anyMatch(line -> line.text().contains("Waiting for the image debian")));
        assertThat(task(ref.taskId()).step()).isEqualTo("bring image 1");
        assertThat(world.effects).containsExactly("reserve");
        return ref;
    }

    @Test
    void itIsMadeWhenTheImageIsThere() {
        TaskRef ref = waiting();
        ended = true;
        compute.succeeded(ref);
        assertThat(world.effects).contains("make volume", "start");
        assertThat(world.brought).containsOnly(new ImageAt(world.imageId, world.poolId, world.hostId));
    }

    @Test
    void aCopyThatFailsIsTheReasonAndNothingIsLeft() {
        TaskRef ref = waiting();
        end.set(FailureException.of(FailureCode.NO_CAPACITY, "The pool is full."));
        ended = true;
        TaskView failed = compute.failed(ref);
        assertThat(String.valueOf(failed.failure()))
                .contains("The image debian could not be copied", "The pool is full.");
        assertThat(compute.all()).isEmpty();
        assertThat(world.places).isEmpty();
    }

    @Test
    void whoDoesNotWantTheVmAnyMoreLeavesTheCopyToTheOthers() {
        TaskRef ref = waiting();
        TaskRef copying = world.copying.get();
        assertThat(copying).isNotNull();
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(world.places).isEmpty();
        assertThat(task(copying.taskId()).cancelRequested()).isFalse();
        assertThat(task(copying.taskId()).state()).isEqualTo(TaskState.RUNNING);
    }
}
