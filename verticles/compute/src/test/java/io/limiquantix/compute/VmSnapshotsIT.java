package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Snapshots of VMs, of disks that the storage keeps. */
class VmSnapshotsIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private TaskRef begin(UUID vm, String name, boolean quiesce) {
        return begin(vm, name, quiesce, false);
    }

    private TaskRef begin(UUID vm, String name, boolean quiesce, boolean memory) {
        return compute.plane
                .bus()
                .request(
                        SnapshotApi.CREATE,
                        new SnapshotApi.CreateSnapshot(vm, name, "before the upgrade", quiesce, memory),
                        TestControlPlane.caller());
    }

    private VmSnapshotView take(UUID vm, String name) {
        compute.succeeded(begin(vm, name, true));
        return list(vm).items().getLast();
    }

    private SnapshotApi.Snapshots list(UUID vm) {
        return compute.plane.bus().request(SnapshotApi.LIST, new ComputeApi.Vm(vm), TestControlPlane.caller());
    }

    private TaskRef revert(UUID vm, VmSnapshotView snapshot) {
        return revert(vm, snapshot, null);
    }

    private TaskRef revert(UUID vm, VmSnapshotView snapshot, @Nullable Boolean memory) {
        return compute.plane
                .bus()
                .request(
                        SnapshotApi.REVERT,
                        new SnapshotApi.RevertVm(vm, snapshot.id(), memory),
                        TestControlPlane.caller());
    }

    private TaskRef delete(UUID vm, VmSnapshotView snapshot, boolean withChildren) {
        return compute.plane
                .bus()
                .request(
                        SnapshotApi.DELETE,
                        new SnapshotApi.DeleteSnapshot(vm, snapshot.id(), withChildren),
                        TestControlPlane.caller());
    }

    private static void refused(FailureCode code, String sentence, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    @Test
    void areATreeThatSaysWhereTheDisksAre() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        assertThat(one.state()).isEqualTo(VmSnapshotView.State.READY);
        assertThat(one.stillness()).isEqualTo(Stillness.QUIESCED);
        assertThat(one.description()).isEqualTo("before the upgrade");
        assertThat(one.parentId()).isNull();
        assertThat(one.disks()).hasSize(2).allSatisfy(disk -> assertThat(world.snapshots.kept)
                .containsEntry(disk.snapshotId(), disk.volumeId()));
        VmSnapshotView two = take(vm, "two");
        assertThat(two.parentId()).isEqualTo(one.id());
        assertThat(list(vm).currentId()).isEqualTo(two.id());
        refused(FailureCode.CONFLICT, "already has a snapshot called ONE", () -> begin(vm, "ONE", true));
    }

    @Test
    void sayWhatTheyTakeWhereThatIsKnown() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        assertThat(one.usedBytes()).isEqualTo(2 * FakeSnapshots.BYTES);
        take(vm, "two");
        assertThat(list(vm).usedBytes()).isEqualTo(4 * FakeSnapshots.BYTES);
        assertThat(list(vm).chainLength()).isEqualTo(3);
        world.snapshots.untold.add(one.disks().getFirst().volumeId());
        assertThat(list(vm).items()).extracting(VmSnapshotView::usedBytes).containsOnlyNulls();
        assertThat(list(vm).usedBytes()).isNull();
        world.snapshots.silent = true;
        assertThat(list(vm).items()).hasSize(2);
        assertThat(list(vm).chainLength()).isNull();
    }

    @Test
    void goingBackNeedsAVmThatIsOffAndBeginsABranch() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        take(vm, "two");
        refused(FailureCode.CONFLICT, "web-1 is not off", () -> revert(vm, one));
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(revert(vm, one));
        assertThat(world.snapshots.broughtBack)
                .containsExactlyElementsOf(one.disks().stream()
                        .map(VmSnapshotView.Disk::snapshotId)
                        .toList());
        assertThat(list(vm).currentId()).isEqualTo(one.id());
        assertThat(take(vm, "other").parentId()).isEqualTo(one.id());
    }

    @Test
    void aGuestGoesOnFromTheMemoryThatWasKept() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(begin(vm, "one", false, true));
        VmSnapshotView one = list(vm).items().getLast();
        assertThat(one.memoryBytes()).isEqualTo(1L << 27);
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(revert(vm, one));
        assertThat(world.snapshots.wentOnFrom).containsExactly(one.id());
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.effects).contains("set clock");
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(revert(vm, one, false));
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.STOPPED);
        compute.succeeded(delete(vm, one, false));
        assertThat(world.snapshots.memories).isEmpty();
    }

    @Test
    void anotherMachineDoesNotGoOnFromIt() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(begin(vm, "one", false, true));
        VmSnapshotView one = list(vm).items().getLast();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(compute.attach(vm, world.freeVolume()));
        refused(FailureCode.CONFLICT, "disks were attached or detached", () -> revert(vm, one));
        assertThat(world.snapshots.broughtBack).isEmpty();
        compute.succeeded(revert(vm, one, false));
    }

    @Test
    void memoryIsKeptOnlyWhereItIsThatOfTheMachine() {
        UUID vm = compute.running("web-1").id();
        refused(FailureCode.INVALID, "one of the two", () -> begin(vm, "one", true, true));
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        refused(FailureCode.CONFLICT, "no memory to keep", () -> begin(vm, "one", false, true));
        VmSnapshotView one = take(vm, "one");
        refused(FailureCode.INVALID, "made without the memory", () -> revert(vm, one, true));
    }

    @Test
    void oneThatFailsLeavesNothingBehind() {
        UUID vm = compute.running("web-1").id();
        world.refusals.put("keep disks", FailureException.conflict("The storage does not want to."));
        compute.failed(begin(vm, "one", false, true));
        assertThat(list(vm)).isEqualTo(new SnapshotApi.Snapshots(List.of(), null, 0L, null, 0));
        assertThat(world.snapshots.kept).isEmpty();
        assertThat(world.snapshots.memories).isEmpty();
    }

    @Test
    void oneWithMemorySaysHowFarItIsAndLeavesNothingBehindWhenItIsCancelled() {
        UUID vm = compute.running("web-1").id();
        world.snapshots.hangs = true;
        assertThat(cancelledAtWork(begin(vm, "one", false, true)).progress()).isBetween(30, 50);
        assertThat(world.effects).contains("end memory");
        assertThat(list(vm)).isEqualTo(new SnapshotApi.Snapshots(List.of(), null, 0L, null, 0));
        assertThat(world.snapshots.kept).isEmpty();
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
    }

    /** What was seen of it before it was cancelled. */
    private TaskView cancelledAtWork(TaskRef ref) {
        TaskApi.Get task = new TaskApi.Get(ref.taskId());
        TaskView seen = Eventually.get(
                () -> compute.plane.bus().request(TaskApi.GET, task, TestControlPlane.caller()),
                view -> view.moved() != null);
        compute.plane.bus().request(TaskApi.CANCEL, task, TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        return seen;
    }

    @Test
    void aDeletionSaysHowFarTheMergingIsAndCanBeAskedForAgainWhenItWasCancelled() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        world.snapshots.merges = true;
        assertThat(cancelledAtWork(delete(vm, one, false)).progress()).isBetween(5, 40);
        assertThat(world.effects).contains("end merge");
        assertThat(list(vm).items()).extracting(VmSnapshotView::state).containsExactly(VmSnapshotView.State.DELETING);
        compute.succeeded(delete(vm, one, false));
        assertThat(list(vm).items()).isEmpty();
        assertThat(world.snapshots.kept).isEmpty();
    }

    @Test
    void whatCameOfOneThatIsDeletedStays() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        VmSnapshotView two = take(vm, "two");
        VmSnapshotView three = take(vm, "three");
        compute.succeeded(delete(vm, two, false));
        assertThat(list(vm).items()).extracting(VmSnapshotView::id).containsExactly(one.id(), three.id());
        assertThat(list(vm).items().getLast().parentId()).isEqualTo(one.id());
        assertThat(world.snapshots.kept).hasSize(4);
        compute.succeeded(delete(vm, three, false));
        assertThat(list(vm).currentId()).isEqualTo(one.id());
        take(vm, "four");
        compute.succeeded(delete(vm, one, true));
        assertThat(list(vm)).isEqualTo(new SnapshotApi.Snapshots(List.of(), null, 0L, null, 0));
        assertThat(world.snapshots.kept).isEmpty();
    }

    @Test
    void oneWhoseDeletionFailedCanOnlyBeDeletedAgain() {
        UUID vm = compute.running("web-1").id();
        VmSnapshotView one = take(vm, "one");
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        world.refusals.put("discard snapshot", FailureException.conflict("A clone depends on it."));
        assertThat(compute.failed(delete(vm, one, false)).failure())
                .satisfies(failure -> assertThat(failure.message()).contains("A clone depends on it."));
        assertThat(list(vm).items().getFirst().state()).isEqualTo(VmSnapshotView.State.DELETING);
        refused(FailureCode.CONFLICT, "can only be deleted", () -> revert(vm, one));
        world.refusals.clear();
        compute.succeeded(delete(vm, one, false));
        assertThat(list(vm).items()).isEmpty();
    }

    @Test
    void aDiskThatIsAPartOfOneStaysWithItsVm() {
        UUID vm = compute.running("web-1").id();
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm, volume));
        VmSnapshotView one = take(vm, "one");
        assertThat(one.disks()).hasSize(3);
        refused(FailureCode.CONFLICT, "among them one", () -> compute.detach(vm, volume));
        compute.succeeded(delete(vm, one, false));
        compute.succeeded(compute.detach(vm, volume));
    }

    @Test
    void isKnownByAnotherNameUnlessSomebodyWasFaster() {
        VmView vm = compute.running("web-1");
        VmSnapshotView one = take(vm.id(), "one");
        var wish = new SnapshotApi.DescribeSnapshot(vm.id(), one.id(), one.version(), "first", null);
        VmSnapshotView first = compute.plane.bus().request(SnapshotApi.DESCRIBE, wish, TestControlPlane.caller());
        assertThat(first.name()).isEqualTo("first");
        assertThat(first.description()).isEqualTo("before the upgrade");
        refused(FailureCode.STALE_VERSION, "", () -> compute.plane
                .bus()
                .request(SnapshotApi.DESCRIBE, wish, TestControlPlane.caller()));
    }
}
