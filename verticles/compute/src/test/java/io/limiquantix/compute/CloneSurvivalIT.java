package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi.Clone;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A control plane dies at each moment of making a clone in turn, and another one goes on. */
class CloneSurvivalIT {
    private final World world = new World();
    private final Deaths deaths = new Deaths();

    @AfterEach
    void letGo() {
        deaths.close();
    }

    private static List<String> steps(Kind kind) {
        return switch (kind) {
            case LINKED ->
                List.of(
                        "accept",
                        "keep what the source holds",
                        "reserve a place",
                        "make disk 1",
                        "make disk 2",
                        "make the cloud-init seed",
                        "define the domain",
                        "ready");
            case FULL ->
                List.of(
                        "accept",
                        "keep what the source holds",
                        "reserve a place",
                        "copy disk 1",
                        "copy disk 2",
                        "make the cloud-init seed",
                        "define the domain",
                        "let the source go",
                        "ready");
        };
    }

    @ParameterizedTest
    @EnumSource
    void aCloneThatDiesAtAnyStepIsFinishedByAnotherProcess(Kind kind) {
        DatabaseAddress address = ComputeProcess.database();
        int moments = 2 * steps(kind).size();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            TaskRef source = first.create("web");
            first.succeeded(source);
            world.anyEndedTask = source.taskId();
            // The snapshot's own steps are killed in other tests; it is not one of these tasks here.
            deaths.begin(
                    "before begin",
                    "after begin",
                    "before keep what the disks hold",
                    "after keep what the disks hold",
                    "before note it",
                    "after note it");
            List<TaskRef> tasks = CloneRequests.begin(
                            first,
                            CloneRequests.of(source.targetId(), "web-{1.." + moments + "}", kind, null),
                            TestControlPlane.caller())
                    .items()
                    .stream()
                    .map(Clone::task)
                    .toList();
            deaths.await(moments + 6);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(second.all())
                        .hasSize(moments + 1)
                        .extracting(VmView::phase)
                        .containsOnly(VmView.Phase.READY);
                assertThat(world.domains).hasSize(moments + 1);
                assertThat(world.places).hasSize(moments + 1);
                assertThat(world.volumes).hasSize(2 * (moments + 1));
                assertThat(world.snapshots.kept.values().stream().distinct()).hasSizeLessThanOrEqualTo(2);
                tasks.stream().map(TaskRef::targetId).forEach(vm -> delete(second, vm));
                Eventually.get(() -> world.snapshots.kept, Map::isEmpty);
            }
            deaths.close();
        }
        assertThat(world.volumes).hasSize(2);
    }

    private static void delete(ComputeProcess process, UUID vm) {
        process.succeeded(process.delete(vm, false, true));
    }
}
