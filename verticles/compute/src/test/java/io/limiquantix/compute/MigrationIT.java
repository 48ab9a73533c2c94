package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.MigrationApi;
import io.limiquantix.bus.compute.MigrationApi.Target;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.compute.FakeMigration.Moving;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Running VMs that go to another host. However that ends, one of them runs, where its disks are. */
class MigrationIT {
    private final World world = new World();
    private final DatabaseAddress address = ComputeProcess.database();
    private final ComputeProcess compute = ComputeProcess.start(world, address, TaskObserver.NONE);

    @BeforeEach
    void join() {
        world.migration.joined = true;
    }

    @AfterEach
    void stop() {
        compute.close();
    }

    private static TaskRef migrate(ComputeProcess compute, World world, UUID vm) {
        return compute.plane
                .bus()
                .request(
                        MigrationApi.MIGRATE,
                        new MigrationApi.MigrateVm(vm, world.migration.there, MoveLimits.NONE),
                        TestControlPlane.caller());
    }

    private TaskRef migrate(UUID vm) {
        return migrate(compute, world, vm);
    }

    private Target target(UUID vm) {
        return compute.plane
                .bus()
                .request(MigrationApi.LIST_TARGETS, new ComputeApi.Vm(vm), TestControlPlane.caller())
                .items()
                .getFirst();
    }

    private static void refused(FailureCode code, String sentence, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    private TaskView seen(TaskRef ref) {
        return compute.plane.bus().request(TaskApi.GET, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
    }

    private void assertArrived(ComputeProcess compute, UUID id) {
        VmView vm = compute.vm(id);
        assertThat(vm.hostId()).isEqualTo(world.migration.there);
        assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(vm.phase()).isEqualTo(VmView.Phase.READY);
        assertThat(vm.problem()).isNull();
        assertThat(world.migration.domains).containsEntry(id, PowerState.RUNNING);
        assertThat(world.domains).doesNotContainKey(id);
        assertThat(world.migration.moved)
                .containsAll(vm.disks().stream().map(VmView.Disk::volumeId).toList());
        assertThat(world.places).containsEntry(id, world.migration.there);
        assertThat(world.seeds).doesNotContainKey(id);
        assertThat(world.migration.seeds).contains(id);
        assertNothingIsUnderWay();
    }

    private void assertStayed(UUID id) {
        VmView vm = compute.vm(id);
        assertThat(vm.hostId()).isEqualTo(world.hostId);
        assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.domains).containsEntry(id, PowerState.RUNNING);
        assertThat(world.migration.domains).isEmpty();
        assertThat(world.migration.moved).isEmpty();
        assertThat(world.places).containsEntry(id, world.hostId);
        assertThat(world.seeds).containsKey(id);
        assertThat(world.migration.seeds).isEmpty();
        assertNothingIsUnderWay();
        compute.succeeded(compute.power(id, PowerAction.REBOOT));
    }

    private void assertNothingIsUnderWay() {
        assertThat(world.migration.arriving).isEmpty();
        assertThat(world.migration.rooms).isEmpty();
        assertThat(world.migration.ready).isEmpty();
        assertThat(world.migration.broken).isFalse();
    }

    @Test
    void goesToTheOtherHostWithAllThatIsKnownOfIt() {
        UUID vm = compute.running("web-1").id();
        assertThat(target(vm).obstacles()).isEmpty();
        assertThat(target(vm).possible()).isTrue();
        TaskRef ref = migrate(vm);
        compute.succeeded(ref);
        assertArrived(compute, vm);
        assertThat(seen(ref).log().getLast().text()).matches("Moved from \\S+ to h2\\.");
        assertThat(world.migration.withNumbers).contains(vm);
        // The host that it left tells of everything that it has.
        world.publishEverything(null);
        world.publish(world.report(vm, "gone"));
        var console = compute.plane
                .bus()
                .request(
                        ComputeApi.OPEN_CONSOLE,
                        new DomainApi.OpenConsole(vm, DomainApi.ConsoleKind.VNC),
                        TestControlPlane.caller());
        assertThat(console.address()).isEqualTo("h2");
        assertArrived(compute, vm);
        refused(FailureCode.INVALID, "is on this host already", () -> migrate(vm));
    }

    @Test
    void hasMovedAlsoWhereWhatWasMeasuredStaysBehind() {
        UUID vm = compute.running("web-1").id();
        world.refusals.put("bring numbers", FailureException.conflict("The disk is full."));
        TaskRef ref = migrate(vm);
        compute.succeeded(ref);
        assertArrived(compute, vm);
        assertThat(seen(ref).log()).anyMatch(line -> line.text().contains("did not come along: The disk is full."));
    }

    @Test
    void whatStandsInTheWayIsSaidBeforeAnythingIsBegun() {
        UUID vm = compute.running("web-1").id();
        assertThat(target(vm).remarks()).contains("It stands still meanwhile.");
        world.migration.hypervisorObstacles = List.of("The processor of h2 lacks avx2.");
        refused(FailureCode.CONFLICT, "lacks avx2", () -> migrate(vm));
        world.migration.version = "0.2.0";
        assertThat(target(vm).obstacles()).singleElement().asString().contains("has version 0.2.0");
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        assertThat(target(vm).obstacles()).hasSize(2).first().asString().contains("web-1 is off; start it");
        refused(FailureCode.CONFLICT, "web-1 is off", () -> migrate(vm));
        assertThat(world.effects).doesNotContain("reserve arrival");
    }

    @Test
    void oneThatIsRefusedOnItsWayStaysAndLeavesNothingBehind() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.REFUSES;
        assertThat(compute.failed(migrate(vm)).failure())
                .satisfies(failure -> assertThat(failure.message()).contains("The processors differ"));
        assertStayed(vm);
        world.refusals.put("prepare", FailureException.conflict("The host has it already."));
        compute.failed(migrate(vm));
        assertStayed(vm);
    }

    @Test
    void oneThatIsCancelledOnItsWaySaysHowFarItIsAndStays() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.HANGS;
        TaskRef ref = migrate(vm);
        TaskView half = Eventually.get(() -> seen(ref), task -> task.moved() != null);
        assertThat(half.progress()).isBetween(30, 60);
        refused(FailureCode.CONFLICT, "vm.migrate", () -> compute.power(vm, PowerAction.FORCE_STOP));
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(world.effects).contains("abort");
        assertStayed(vm);
    }

    @Test
    void oneWhoseEndTheSourceHasNotHeardGoesOnThereAfterTheTargetHasGivenItUp() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.IS_CUT;
        compute.failed(migrate(vm));
        assertThat(world.effects).containsSubsequence("forget", "resume");
        assertStayed(vm);
    }

    @Test
    void nothingIsStartedWhileAHostIsSilentAndThenOneRuns() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.ARRIVES_UNHEARD;
        world.migration.silent.addAll(List.of(world.hostId, world.migration.there));
        TaskRef ref = migrate(vm);
        Eventually.holds(() -> !world.domains.containsKey(vm));
        awaitWaiting(ref);
        world.publish(world.report(vm, "gone"));
        VmView unknown = compute.eventually(vm, PowerState.UNKNOWN);
        assertThat(unknown.phase()).isEqualTo(VmView.Phase.READY);
        assertThat(unknown.problem()).contains("is not heard from the one to which it was moved");
        world.migration.silent.remove(world.hostId);
        assertThat(world.migration.domains).containsEntry(vm, PowerState.PAUSED);
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        world.migration.silent.clear();
        compute.succeeded(ref);
        assertArrived(compute, vm);
    }

    private void awaitWaiting(TaskRef ref) {
        Eventually.get(() -> seen(ref), task -> task.log().stream()
                .anyMatch(line -> line.toString().contains("Nobody is there.")));
    }

    @Test
    void oneThatStayedGoesOnWhileItsTargetIsAwayAndThatGivesItUpWhenItIsBack() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.REFUSES;
        world.migration.silent.add(world.migration.there);
        world.migration.domains.put(vm, PowerState.PAUSED);
        compute.failed(migrate(vm));
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.migration.arriving).isEmpty();
        compute.succeeded(compute.power(vm, PowerAction.REBOOT));
        world.migration.silent.clear();
        world.migration.publishEverything();
        Eventually.holds(() -> world.migration.domains.isEmpty());
        assertStayed(vm);
    }

    /** As when libvirtd is killed while it ends what it has sent, and says afterwards that it does not know why that is off. */
    @Test
    void oneThatTheSourceLostWhenAllHadArrivedGoesOnAtTheTarget() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.DIES;
        world.migration.endedHow = "unknown";
        compute.succeeded(migrate(vm));
        assertArrived(compute, vm);
    }

    @Test
    void oneThatWasShutDownMeanwhileStaysOff() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.DIES;
        world.migration.endedHow = "shutdown";
        compute.failed(migrate(vm));
        assertThat(compute.vm(vm).hostId()).isEqualTo(world.hostId);
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.STOPPED);
        assertThat(world.migration.domains).isEmpty();
        assertNothingIsUnderWay();
    }

    @Test
    void oneOfWhichNobodyHearsInTimeArrives() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.TIMES_OUT;
        compute.succeeded(migrate(vm));
        assertArrived(compute, vm);
    }

    @Test
    void oneThatIsCancelledWhileItsControlPlaneDiesStays() {
        UUID vm = compute.running("web-1").id();
        world.migration.moving = Moving.HANGS;
        TaskRef ref = migrate(vm);
        Eventually.get(() -> seen(ref), task -> task.moved() != null);
        compute.plane.controlPlane().tasks().close();
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            assertThat(second.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
            assertThat(world.domains).containsEntry(vm, PowerState.RUNNING);
            assertThat(world.migration.domains).isEmpty();
            assertThat(world.migration.seeds).isEmpty();
            assertThat(second.vm(vm).hostId()).isEqualTo(world.hostId);
            assertNothingIsUnderWay();
            second.succeeded(second.power(vm, PowerAction.REBOOT));
        }
    }

    @Test
    void oneThatNoTaskSettledIsGoneOnWith() {
        VmView vm = compute.running("web-1");
        MigrationPlan plan = new MigrationPlan(
                vm.id(),
                Uuid7.next(),
                world.hostId,
                "h1",
                world.migration.there,
                "h2",
                vm.disks().stream()
                        .map(disk -> new MigrationPlan.Carried(disk.volumeId(), disk.poolId(), null))
                        .toList(),
                false,
                MoveLimits.NONE,
                false);
        MigrationStore store = new MigrationStore();
        Database database = compute.plane.controlPlane().database();
        database.run(tx -> {
            store.begin(tx, Uuid7.next(), plan);
            store.moving(tx, plan);
        });
        world.migration.domains.put(vm.id(), PowerState.PAUSED);
        refused(FailureCode.CONFLICT, "It is not known yet how", () -> compute.power(vm.id(), PowerAction.FORCE_STOP));
        refused(
                FailureCode.CONFLICT,
                "It is not known yet how",
                () -> compute.edit(vm.id(), null, Edits.sized(2, 1L << 30)));
        new MigrationSweep(
                        database,
                        compute.plane.controlPlane().tasks(),
                        new VmStore(),
                        store,
                        new TaskKind<>(VmTaskNames.MIGRATE, MigrationPlan.class, (input, run) -> {}))
                .round();
        Eventually.holds(() -> world.migration.domains.isEmpty());
        Eventually.get(() -> compute.vm(vm.id()), seen -> seen.activeTaskId() == null);
        assertStayed(vm.id());
    }

    private static final List<String> BEFORE = List.of(
            "check",
            "begin",
            "reserve a place",
            "bring image 1",
            "make a place for disk 1",
            "make a place for disk 2",
            "make the cloud-init seed",
            "prepare the host",
            "begin to move");

    private static final List<String> AFTER = List.of(
            "move",
            "find out where it is",
            "close what was opened",
            "clean up disk 1",
            "clean up disk 2",
            "clean up the seed",
            "give room back",
            "forget the move");

    @Test
    void onesWhoseControlPlaneDiesAtAnyMomentArrive() {
        List<String> effects =
                List.of("reserve arrival", "begin arrival", "prepare", "let run", "end arrival", "end room");
        List<String> steps = Stream.concat(BEFORE.stream(), AFTER.stream()).toList();
        dyingAfter(steps, effects, (second, task) -> {
            second.succeeded(task);
            assertThat(second.vm(task.targetId()).hostId()).isEqualTo(world.migration.there);
            assertThat(world.migration.domains).containsEntry(task.targetId(), PowerState.RUNNING);
        });
        assertThat(world.domains).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.migration.moved).hasSize(2 * (steps.size() + effects.size()));
        assertThat(world.places.values()).containsOnly(world.migration.there);
        assertNothingIsUnderWay();
    }

    @Test
    void onesThatAreRefusedStayWhateverDiesWhileTheyAreTakenBack() {
        world.migration.moving = Moving.REFUSES;
        dyingAfter(AFTER, List.of("end arrival", "delete seed there", "end room"), (second, task) -> {
            second.failed(task);
            assertThat(second.vm(task.targetId()).hostId()).isEqualTo(world.hostId);
        });
        assertThat(world.domains.values()).containsOnly(PowerState.RUNNING);
        assertThat(world.migration.domains).isEmpty();
        assertThat(world.migration.moved).isEmpty();
        assertThat(world.migration.seeds).isEmpty();
        assertThat(world.places.values()).containsOnly(world.hostId);
        assertNothingIsUnderWay();
    }

    /** One VM for each moment. */
    private void dyingAfter(List<String> steps, List<String> effects, BiConsumer<ComputeProcess, TaskRef> assertion) {
        DatabaseAddress other = ComputeProcess.database();
        int moments = steps.size() + effects.size();
        List<TaskRef> tasks = new ArrayList<>();
        try (Deaths deaths = new Deaths();
                ComputeProcess first = ComputeProcess.start(world, other, deaths)) {
            List<UUID> vms = IntStream.range(0, moments)
                    .mapToObj(i -> first.create("vm-" + i))
                    .peek(first::succeeded)
                    .map(TaskRef::targetId)
                    .toList();
            List<String> harmless = new ArrayList<>();
            Stream.concat(BEFORE.stream(), AFTER.stream()).forEach(step -> {
                harmless.add("before " + step);
                if (!steps.contains(step)) {
                    harmless.add("after " + step);
                }
            });
            deaths.begin(harmless.toArray(String[]::new));
            world.afterEffect = effect -> {
                if (effects.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            vms.forEach(vm -> tasks.add(migrate(first, world, vm)));
            deaths.await(moments + harmless.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, other, TaskObserver.NONE)) {
                tasks.forEach(task -> assertion.accept(second, task));
            }
        }
    }
}
