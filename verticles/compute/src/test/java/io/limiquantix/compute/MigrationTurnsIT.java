package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.MigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.compute.FakeMigration.Moving;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many VMs that leave one host at once. */
class MigrationTurnsIT {
    private final World world = new World();
    private final ComputeProcess compute =
            ComputeProcess.start(world, ComputeProcess.database(), TaskObserver.NONE, "{}");

    @AfterEach
    void stop() {
        compute.close();
    }

    private TaskRef migrate(UUID vm) {
        return compute.plane
                .bus()
                .request(
                        MigrationApi.MIGRATE,
                        new MigrationApi.MigrateVm(vm, world.migration.there, MoveLimits.NONE),
                        TestControlPlane.caller());
    }

    private TaskView seen(TaskRef ref) {
        return compute.plane.bus().request(TaskApi.GET, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
    }

    private void cancel(TaskRef ref) {
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
    }

    private void awaitMoving(TaskRef ref) {
        Eventually.get(() -> seen(ref), task -> task.moved() != null);
    }

    private void awaitWaiting(TaskRef ref) {
        Eventually.get(() -> seen(ref), task -> task.log().toString().contains("2 at a time for each host"));
    }

    @Test
    void goTwoAtATimeAndTheOthersWaitForTheirTurn() {
        world.migration.joined = true;
        world.migration.moving = Moving.HANGS;
        List<UUID> vms = Stream.of("web-1", "web-2", "web-3", "web-4")
                .map(name -> compute.running(name).id())
                .toList();
        TaskRef first = migrate(vms.get(0));
        awaitMoving(first);
        TaskRef second = migrate(vms.get(1));
        awaitMoving(second);
        TaskRef third = migrate(vms.get(2));
        awaitWaiting(third);
        TaskRef fourth = migrate(vms.get(3));
        awaitWaiting(fourth);
        assertThat(seen(third).moved()).isNull();
        cancel(first);
        awaitMoving(third);
        assertThat(seen(fourth).moved()).isNull();
        cancel(fourth);
        assertThat(world.migration.rooms).doesNotContainKey(vms.get(3));
        world.migration.moving = Moving.ARRIVES;
        compute.succeeded(second);
        compute.succeeded(third);
        assertThat(compute.vm(vms.get(2)).hostId()).isEqualTo(world.migration.there);
    }
}
