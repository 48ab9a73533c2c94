package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** VMs that start when their host was booted. */
class AutostartIT {
    private static final Autostart LATE = new Autostart(200, 0, false);
    private static final Autostart EARLY = new Autostart(10, 0, false);

    private final World world = new World();

    /** A VM that somebody has stopped. */
    private static UUID stopped(ComputeProcess compute, String name, @Nullable Autostart start) {
        UUID vm = compute.running(name).id();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        var edited = compute.edit(vm, null, startingBy(start));
        assertThat(edited.task()).as("no host has to know it").isNull();
        assertThat(edited.vm().spec().autostart()).isEqualTo(start);
        return vm;
    }

    private static VmEdit startingBy(@Nullable Autostart start) {
        return new VmEdit(
                null, null, null, null, null, null, null, null, null, null, null, null, null, new VmEdit.AtBoot(start));
    }

    private static List<TaskView> starts(ComputeProcess compute, String kind) {
        var wish = new TaskApi.ListTasks(Page.FIRST, null, null, List.of(kind));
        return compute.plane.bus().request(TaskApi.LIST, wish, TestControlPlane.caller()).items().stream()
                .filter(task -> task.actor().equals("autostart"))
                .toList();
    }

    /** Waits for the end of the task that starts the VMs, the so-manieth of them. */
    private static TaskView ended(ComputeProcess compute, int boots) {
        List<TaskView> all = Eventually.get(
                () -> starts(compute, "host.autostart"),
                tasks -> tasks.size() == boots
                        && tasks.stream().allMatch(task -> task.state().isFinal()));
        return compute.plane.awaitEnd(all.getFirst().id());
    }

    private void boot(String id) {
        world.describesItself = true;
        world.bootId = id;
        world.domains.replaceAll((vm, state) -> state == PowerState.SUSPENDED ? state : PowerState.STOPPED);
        world.moves.clear();
        world.publishEverything(null);
    }

    private void seen(ComputeProcess compute) {
        world.publishEverything(null);
        Eventually.holds(() -> compute.plane
                .controlPlane()
                .database()
                .transaction(tx -> tx.queryOne("select boot_id from compute.host_boots", row -> row.text("boot_id")))
                .isPresent());
    }

    private static List<String> started(UUID... vms) {
        return Stream.of(vms).map(vm -> "start " + vm).toList();
    }

    @Test
    void aBootStartsThemInTheirOrderAndNothingElseDoes() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID late = stopped(compute, "a-late", LATE);
            UUID second = stopped(compute, "c-early", EARLY);
            UUID first = stopped(compute, "b-early", EARLY);
            UUID never = stopped(compute, "never", null);
            UUID changed = stopped(compute, "changed", EARLY);
            compute.edit(changed, null, startingBy(null));
            world.moves.clear();
            seen(compute);
            world.restart(2_000);
            seen(compute);
            assertThat(world.moves)
                    .as("the first boot that is seen may be an old one")
                    .isEmpty();
            boot("second");
            assertThat(ended(compute, 1).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(world.moves).isEqualTo(started(first, second, late));
            assertThat(starts(compute, "vm.start")).hasSize(3);
            world.restart(3_000);
            seen(compute);
            compute.succeeded(compute.power(late, PowerAction.FORCE_STOP));
            seen(compute);
            // What was answered is believed once the first report of the new process was taken in.
            compute.eventually(late, PowerState.STOPPED);
            assertThat(starts(compute, "host.autostart")).hasSize(1);
            assertThat(compute.vm(never).powerState()).isEqualTo(PowerState.STOPPED);
            boot("third");
            assertThat(ended(compute, 2).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(world.moves).isEqualTo(started(first, second, late));
        }
    }

    @Test
    void oneThatDoesNotStartIsNamedAndHoldsUpNoOther() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = stopped(compute, "web-1", EARLY);
            UUID kept = stopped(compute, "web-2", LATE);
            world.domains.put(kept, PowerState.SUSPENDED);
            seen(compute);
            world.refusals.put("start", FailureException.of(FailureCode.HYPERVISOR, "It has no disk."));
            boot("second");
            TaskView task = ended(compute, 1);
            assertThat(task.state()).isEqualTo(TaskState.FAILED);
            assertThat(String.valueOf(task.failure())).contains("2 of 2 VMs", "web-1 (It has no disk.)", "web-2");
            world.refusals.clear();
            boot("third");
            assertThat(ended(compute, 2).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(world.moves).isEqualTo(started(vm, kept));
        }
    }

    @Test
    void theNextOneWaitsForTheAgentOfTheOneBefore() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID database = stopped(compute, "db", new Autostart(1, 3_600, true));
            UUID web = stopped(compute, "web", LATE);
            seen(compute);
            world.agentAnswers = false;
            boot("second");
            Eventually.holds(() ->
                    starts(compute, "host.autostart").stream().anyMatch(task -> "wait after db".equals(task.step())));
            assertThat(world.moves).isEqualTo(started(database));
            world.agentAnswers = true;
            assertThat(ended(compute, 1).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(world.moves).isEqualTo(started(database, web));
        }
    }

    @Test
    void twoControlPlanesOfWhichOneDiesStartEachOnce() {
        DatabaseAddress address = ComputeProcess.database();
        try (Deaths deaths = new Deaths();
                ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            UUID one = stopped(first, "one", EARLY);
            UUID two = stopped(first, "two", LATE);
            seen(first);
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                deaths.begin();
                world.afterEffect = effect -> {
                    if (effect.equals("start")) {
                        deaths.at("during start");
                    }
                };
                boot("second");
                deaths.await(1);
                first.plane.controlPlane().tasks().close();
                assertThat(ended(second, 1).state()).isEqualTo(TaskState.SUCCEEDED);
                assertThat(world.moves).isEqualTo(started(one, two));
            }
        }
    }

    @Test
    void whatIsOutOfReasonIsRefused() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = stopped(compute, "web-1", EARLY);
            assertThatThrownBy(() -> compute.edit(vm, null, startingBy(new Autostart(0, 0, false))))
                    .hasMessageContaining("1 to 9999");
            assertThatThrownBy(() -> compute.edit(vm, null, startingBy(new Autostart(1, 3_601, false))))
                    .hasMessageContaining("0 to 3600 seconds");
        }
    }
}
