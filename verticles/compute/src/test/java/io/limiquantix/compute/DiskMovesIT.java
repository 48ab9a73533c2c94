package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.DiskMovingApi;
import io.limiquantix.bus.compute.DiskMovingApi.DiskToMove;
import io.limiquantix.bus.compute.DiskMovingApi.DiskWish;
import io.limiquantix.bus.compute.DiskMovingApi.MoveDisks;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.compute.FakeDiskMoves.Moving;
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
import org.junit.jupiter.api.Test;

/** Disks that go to another pool. However that ends, each is where its domain has it, and the rows say so. */
class DiskMovesIT {
    private final World world = new World();
    private final DatabaseAddress address = ComputeProcess.database();
    private final ComputeProcess compute = ComputeProcess.start(world, address, TaskObserver.NONE);

    @AfterEach
    void stop() {
        compute.close();
    }

    /** The pool comes later than the VM, so that no disk is made there. */
    private TaskRef move(ComputeProcess compute, UUID vm, UUID pool) {
        world.diskMoves.joined = true;
        List<DiskWish> all = compute.vm(vm).disks().stream()
                .map(disk -> new DiskWish(disk.volumeId(), pool))
                .toList();
        return compute.plane.bus().request(DiskMovingApi.MOVE, new MoveDisks(vm, all, null), TestControlPlane.caller());
    }

    private TaskRef move(UUID vm) {
        return move(compute, vm, world.diskMoves.other);
    }

    private DiskToMove first(UUID vm) {
        world.diskMoves.joined = true;
        return compute.plane
                .bus()
                .request(DiskMovingApi.LIST_TARGETS, new ComputeApi.Vm(vm), TestControlPlane.caller())
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

    /** Where they are to everybody, and nothing is left of it. */
    private void assertAllIn(ComputeProcess compute, UUID id, UUID pool) {
        VmView vm = compute.vm(id);
        assertThat(vm.disks()).isNotEmpty().allSatisfy(disk -> {
            assertThat(disk.poolId()).isEqualTo(pool);
            assertThat(world.diskMoves.poolOf(disk.volumeId())).isEqualTo(pool);
            assertThat(world.diskMoves.at.containsKey(disk.volumeId())).isEqualTo(!pool.equals(world.poolId));
        });
        assertThat(world.diskMoves.underWay).isEmpty();
        assertThat(world.diskMoves.broken).isFalse();
    }

    @Test
    void goToTheOtherPoolWhileTheGuestWorksOn() {
        UUID vm = compute.running("web-1").id();
        assertThat(first(vm).obstacles()).isEmpty();
        assertThat(first(vm).pools()).singleElement().satisfies(pool -> assertThat(pool.possible())
                .isTrue());
        compute.succeeded(move(vm));
        assertAllIn(compute, vm, world.diskMoves.other);
        assertThat(world.effects).containsSubsequence("begin disk move", "go over", "settle disk", "end disk move");
        assertThat(world.effects).doesNotContain("copy volume");
        refused(FailureCode.INVALID, "already", () -> move(vm));
        compute.succeeded(compute.power(vm, PowerAction.REBOOT));
    }

    @Test
    void thoseOfAMachineThatIsOffAreCopied() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(move(vm));
        assertAllIn(compute, vm, world.diskMoves.other);
        assertThat(world.effects).containsSubsequence("begin disk move", "copy volume", "go over", "end disk move");
    }

    @Test
    void whatStandsInTheWayIsSaidBeforeAnythingIsBegun() {
        UUID vm = compute.running("web-1").id();
        refused(FailureCode.INVALID, "There is no pool", () -> move(compute, vm, Uuid7.next()));
        refused(FailureCode.INVALID, "has no volume", () -> compute.plane
                .bus()
                .request(
                        DiskMovingApi.MOVE,
                        new MoveDisks(vm, List.of(new DiskWish(Uuid7.next(), world.diskMoves.other)), null),
                        TestControlPlane.caller()));
        compute.succeeded(compute.power(vm, PowerAction.SUSPEND));
        refused(FailureCode.CONFLICT, "web-1 is suspended", () -> move(vm));
        assertThat(first(vm).pools().getFirst().possible()).isFalse();
        assertThat(world.effects).doesNotContain("begin disk move");
    }

    @Test
    void onesThatAreRefusedOnTheirWayStayAndLeaveNothingBehind() {
        UUID vm = compute.running("web-1").id();
        world.diskMoves.moving = Moving.REFUSES;
        assertThat(compute.failed(move(vm)).failure())
                .satisfies(failure -> assertThat(failure.message()).contains("no room left"));
        assertAllIn(compute, vm, world.poolId);
        world.refusals.put("begin disk move", FailureException.conflict("The pool is full."));
        compute.failed(move(vm));
        assertAllIn(compute, vm, world.poolId);
        compute.succeeded(compute.power(vm, PowerAction.REBOOT));
    }

    @Test
    void onesThatAreCancelledOnTheirWaySayHowFarTheyAreAndStay() {
        UUID vm = compute.running("web-1").id();
        world.diskMoves.moving = Moving.HANGS;
        TaskRef ref = move(vm);
        Eventually.get(() -> seen(ref), task -> task.moved() != null);
        refused(FailureCode.CONFLICT, "vm.move-disks", () -> compute.power(vm, PowerAction.FORCE_STOP));
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertAllIn(compute, vm, world.poolId);
    }

    @Test
    void nothingIsDeletedWhileTheHostIsSilent() {
        UUID vm = compute.running("web-1").id();
        world.diskMoves.moving = Moving.GOES_OVER_UNHEARD;
        world.diskMoves.silent = true;
        TaskRef ref = move(vm);
        Eventually.get(() -> seen(ref), task -> task.log().stream()
                .anyMatch(line -> line.toString().contains("Nobody is there.")));
        assertThat(world.diskMoves.underWay).isNotEmpty();
        world.diskMoves.silent = false;
        // The first one has gone over, the second one was not begun after that.
        TaskView failed = compute.failed(ref);
        assertThat(failed.failure())
                .satisfies(failure -> assertThat(failure.message()).contains("These were moved before"));
        UUID moved = compute.vm(vm).disks().getFirst().volumeId();
        assertThat(compute.vm(vm).disks().getFirst().poolId()).isEqualTo(world.diskMoves.other);
        assertThat(world.diskMoves.poolOf(moved)).isEqualTo(world.diskMoves.other);
        assertThat(world.diskMoves.broken).isFalse();
    }

    @Test
    void onesThatNoTaskSettledAreGoneOnWith() {
        VmView vm = compute.running("web-1");
        UUID volume = vm.disks().getFirst().volumeId();
        var moving = new DiskMovePlan.Moving(
                Uuid7.next(),
                volume,
                "data",
                world.poolId,
                world.diskMoves.other,
                "p2",
                1L << 30,
                1L << 20,
                DiskHardware.PLAIN);
        var plan = new DiskMovePlan(vm.id(), world.hostId, true, List.of(moving), null, false);
        DiskMoveStore store = new DiskMoveStore();
        Database database = compute.plane.controlPlane().database();
        database.run(tx -> store.begin(tx, Uuid7.next(), plan));
        world.diskMoves.underWay.put(volume, moving.moveId());
        world.diskMoves.at.put(volume, "/" + world.diskMoves.other + "/" + volume);
        refused(FailureCode.CONFLICT, "It is not known yet how", () -> compute.power(vm.id(), PowerAction.FORCE_STOP));
        refused(
                FailureCode.CONFLICT,
                "It is not known yet how",
                () -> compute.edit(vm.id(), null, Edits.sized(2, 1L << 30)));
        new DiskMoveSweep(
                        database,
                        compute.plane.controlPlane().tasks(),
                        new VmStore(),
                        store,
                        new TaskKind<>(VmTaskNames.MOVE_DISKS, DiskMovePlan.class, (input, run) -> {}))
                .round();
        Eventually.holds(() -> world.diskMoves.underWay.isEmpty());
        Eventually.get(() -> compute.vm(vm.id()), seen -> seen.activeTaskId() == null);
        assertThat(compute.vm(vm.id()).disks().getFirst().poolId()).isEqualTo(world.diskMoves.other);
        assertThat(world.diskMoves.broken).isFalse();
        compute.succeeded(compute.power(vm.id(), PowerAction.REBOOT));
    }

    private static final List<String> STEPS = List.of(
            "check",
            "begin",
            "make a place for disk 1",
            "move disk 1",
            "make a place for disk 2",
            "move disk 2",
            "find out where the disks are");

    private static final List<String> EFFECTS =
            List.of("begin disk move", "go over", "settle disk", "decide disk move", "end disk move");

    @Test
    void onesWhoseControlPlaneDiesAtAnyMomentArrive() {
        dyingAfter(STEPS, EFFECTS, (second, task) -> {
            second.succeeded(task);
            assertThat(second.vm(task.targetId()).disks())
                    .allSatisfy(disk -> assertThat(disk.poolId()).isEqualTo(world.diskMoves.other));
        });
        assertThat(world.diskMoves.at).hasSize(2 * (STEPS.size() + EFFECTS.size()));
        assertThat(world.diskMoves.underWay).isEmpty();
        assertThat(world.diskMoves.broken).isFalse();
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
            List<String> harmless = Stream.of(STEPS)
                    .flatMap(List::stream)
                    .map(step -> "before " + step)
                    .toList();
            deaths.begin(harmless.toArray(String[]::new));
            world.afterEffect = effect -> {
                if (effects.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            vms.forEach(vm -> tasks.add(move(first, vm, world.diskMoves.other)));
            deaths.await(moments + harmless.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, other, TaskObserver.NONE)) {
                tasks.forEach(task -> assertion.accept(second, task));
            }
        }
    }
}
