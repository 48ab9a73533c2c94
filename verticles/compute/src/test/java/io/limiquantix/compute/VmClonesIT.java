package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi.Clone;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VariablesApi;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clones of VMs, of disks that the storage keeps, links and copies. */
class VmClonesIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);
    private UUID source = new UUID(0, 0);

    @BeforeEach
    void makeTheSource() {
        TaskRef made = compute.create("web");
        compute.succeeded(made);
        world.anyEndedTask = made.taskId();
        source = made.targetId();
        compute.edit(source, null, Edits.described("the shop", "shops", Map.of("tier", "front")));
    }

    @AfterEach
    void stop() {
        compute.close();
    }

    private Clones clone(String name, Kind kind) {
        return CloneRequests.begin(compute, CloneRequests.of(source, name, kind, null), TestControlPlane.caller());
    }

    private List<VmView> made(Clones clones) {
        return clones.items().stream()
                .map(Clone::task)
                .peek(compute::succeeded)
                .map(task -> compute.vm(task.targetId()))
                .toList();
    }

    private SnapshotApi.Snapshots snapshots() {
        return compute.plane.bus().request(SnapshotApi.LIST, new ComputeApi.Vm(source), TestControlPlane.caller());
    }

    private void awaitNoSnapshot() {
        Eventually.get(this::snapshots, all -> all.items().isEmpty());
        assertThat(world.snapshots.kept).isEmpty();
    }

    private static void refused(FailureCode code, String sentence, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    @Test
    void twentyLinkedOnesStandOnOneSnapshotThatGoesWithTheLastOfThem() {
        List<VmView> clones = made(clone("web-{01..20}", Kind.LINKED));
        assertThat(clones).extracting(vm -> vm.spec().name()).hasSize(20).contains("web-01", "web-20");
        assertThat(clones).extracting(VmView::powerState).containsOnly(PowerState.STOPPED);
        assertThat(clones).allSatisfy(vm -> {
            assertThat(vm.spec().description()).isEqualTo("the shop");
            assertThat(vm.spec().folder()).isEqualTo("shops");
            assertThat(vm.spec().labels()).containsExactly(Map.entry("tier", "front"));
        });
        VmSnapshotView moment = snapshots().items().getFirst();
        assertThat(snapshots().items()).hasSize(1);
        assertThat(moment.forClones()).isTrue();
        assertThat(moment.clones()).hasSize(20);
        Set<String> addresses = new HashSet<>(
                compute.vm(source).nics().stream().map(VmView.Nic::mac).toList());
        for (VmView vm : clones) {
            assertThat(addresses.add(vm.nics().getFirst().mac())).isTrue();
            assertThat(vm.disks())
                    .extracting(disk -> world.copies.origins.get(disk.volumeId()))
                    .containsExactlyElementsOf(moment.disks().stream()
                            .map(part -> VolumeOrigin.linkedTo(part.volumeId(), part.snapshotId()))
                            .toList());
        }
        refused(FailureCode.CONFLICT, "web-01, web-02", () -> compute.delete(source, false, true));
        refused(FailureCode.CONFLICT, "web-01, web-02", () -> compute.plane
                .bus()
                .request(
                        SnapshotApi.DELETE,
                        new SnapshotApi.DeleteSnapshot(source, moment.id(), true),
                        TestControlPlane.caller()));
        refused(
                FailureCode.CONFLICT,
                "web-01 is a linked clone",
                () -> compute.delete(clones.getFirst().id(), true, false));
        clones.forEach(vm -> compute.succeeded(compute.delete(vm.id(), false, false)));
        awaitNoSnapshot();
        Eventually.get(() -> compute.vm(source), vm -> vm.activeTaskId() == null);
        compute.succeeded(compute.delete(source, false, true));
        assertThat(world.volumes).isEmpty();
    }

    @Test
    void theyBootFromWhatTheirSourceBootsFrom() {
        VmEdit uefi =
                new VmEdit(null, null, null, null, null, null, null, Firmware.UEFI, null, null, null, null, null, null);
        compute.succeeded(
                Objects.requireNonNull(compute.edit(source, null, uefi).task()));
        List<VariablesApi.Bring> brought = new CopyOnWriteArrayList<>();
        compute.plane.bus().serve(VariablesApi.BRING, world.hostId, (q, caller) -> {
            brought.add(q);
            if (brought.size() > 1) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "The host is away.");
            }
            return new VariablesApi.Brought(true);
        });
        VmView first = made(clone("first", Kind.FULL)).getFirst();
        assertThat(brought).containsExactly(new VariablesApi.Bring(first.id(), world.hostId, source));
        TaskRef second = clone("second", Kind.FULL).items().getFirst().task();
        assertThat(compute.succeeded(second).log().toString())
                .contains("UEFI variables could not be brought: The host is away.")
                .contains("it boots by the fallback path");
    }

    @Test
    void aLinkedOneWhoseDisksBecameIndependentNeedsNothingAnyMore() {
        VmView clone = made(clone("copy", Kind.LINKED)).getFirst();
        clone.disks().forEach(disk -> world.copies.independent.add(disk.volumeId()));
        compute.succeeded(compute.delete(source, false, true));
        assertThat(compute.all()).extracting(VmView::id).containsExactly(clone.id());
    }

    @Test
    void aFullOneNeedsItsSourceNoMore() {
        VmView clone = made(clone("copy", Kind.FULL)).getFirst();
        assertThat(world.effects.stream().filter("copy disk"::equals)).hasSize(2);
        awaitNoSnapshot();
        Eventually.get(() -> compute.vm(source), vm -> vm.activeTaskId() == null);
        compute.succeeded(compute.delete(source, false, true));
        assertThat(compute.all()).extracting(VmView::id).containsExactly(clone.id());
        assertThat(world.volumes).hasSize(2);
    }

    @Test
    void beginsWithASnapshotOfTheSourceWhichStays() {
        compute.succeeded(compute.plane
                .bus()
                .request(
                        SnapshotApi.CREATE,
                        new SnapshotApi.CreateSnapshot(source, "golden", "", false, false),
                        TestControlPlane.caller()));
        VmSnapshotView golden = snapshots().items().getFirst();
        Clones begun = CloneRequests.begin(
                compute, CloneRequests.of(source, "copy", Kind.LINKED, golden.id()), TestControlPlane.caller());
        assertThat(begun.snapshot()).isNull();
        VmView clone = made(begun).getFirst();
        assertThat(snapshots().items().getFirst().clones()).containsExactly("copy");
        compute.succeeded(compute.delete(clone.id(), false, false));
        assertThat(snapshots().items()).extracting(VmSnapshotView::name).containsExactly("golden");
        assertThat(snapshots().items().getFirst().clones()).isEmpty();
    }

    @Test
    void isAnotherMachineInside() {
        VmView clone = made(clone("copy", Kind.FULL)).getFirst();
        var seed = Objects.requireNonNull(world.seeds.get(clone.id()));
        var seedOfSource = Objects.requireNonNull(world.seeds.get(source));
        assertThat(seed.metaData()).contains(clone.id().toString(), "\"copy\"");
        assertThat(seed.userData()).contains("cloud-init-per", "systemd-machine-id-setup");
        assertThat(seedOfSource.userData()).doesNotContain("machine-id");
        assertThat(clone.spec().memoryBytes())
                .isEqualTo(compute.vm(source).spec().memoryBytes());
    }

    @Test
    void takenNamesAreRefusedAllAtOnceAndNothingIsMade() {
        made(clone("web-2", Kind.LINKED));
        made(clone("WEB-3", Kind.LINKED));
        refused(FailureCode.CONFLICT, "already: web-2, WEB-3.", () -> clone("web-{1..4}", Kind.LINKED));
        refused(FailureCode.INVALID, "one run of numbers", () -> clone("web-{1..2}-{1..2}", Kind.LINKED));
        refused(FailureCode.INVALID, "at most 100", () -> clone("web-{1..101}", Kind.LINKED));
        assertThat(compute.all()).hasSize(3);
        assertThat(snapshots().items()).hasSize(2);
    }

    @Test
    void theSameRequestAgainIsTheSameClones() {
        Caller caller = TestControlPlane.caller();
        var wish = CloneRequests.of(source, "web-{1..3}", Kind.LINKED, null);
        Clones first = CloneRequests.begin(compute, wish, caller);
        assertThat(CloneRequests.begin(compute, wish, caller)).isEqualTo(first);
        made(first);
        assertThat(compute.all()).hasSize(4);
    }

    @Test
    void oneThatFailsLeavesNothingBehind() {
        Set<UUID> before = Set.copyOf(world.volumes.keySet());
        world.refusals.put("define", FailureException.conflict("The hypervisor does not want to."));
        for (Kind kind : Kind.values()) {
            Clones begun = clone("copy", kind);
            assertThat(compute.failed(begun.items().getFirst().task()).failure())
                    .satisfies(failure -> assertThat(failure.message()).contains("does not want to"));
            assertThat(compute.all()).extracting(VmView::id).containsExactly(source);
            assertThat(world.volumes.keySet()).isEqualTo(before);
            assertThat(world.places.keySet()).containsExactly(source);
            awaitNoSnapshot();
        }
        world.refusals.clear();
        compute.succeeded(compute.delete(source, false, true));
    }

    @Test
    void whatTheSourceHoldsMayNotBeKept() {
        world.refusals.put("keep disks", FailureException.conflict("The storage is sad."));
        Clones begun = clone("web-{1..2}", Kind.LINKED);
        begun.items().forEach(clone -> assertThat(compute.failed(clone.task()).failure())
                .satisfies(failure -> assertThat(failure.message()).contains("The storage is sad.")));
        assertThat(compute.all()).extracting(VmView::id).containsExactly(source);
        assertThat(snapshots().items()).isEmpty();
    }

    @Test
    void canBeCancelledWhileItWaits() {
        world.refusals.put(
                "keep disks", FailureException.of(FailureCode.UNAVAILABLE, "The storage is away for a while."));
        TaskRef task = clone("copy", Kind.LINKED).items().getFirst().task();
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(task.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(task.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(compute.all()).extracting(VmView::id).containsExactly(source);
        world.refusals.clear();
        awaitNoSnapshot();
    }

    @Test
    void aSuspendedSourceIsRefused() {
        compute.succeeded(compute.power(source, PowerAction.SUSPEND));
        refused(FailureCode.CONFLICT, "web is suspended", () -> clone("copy", Kind.FULL));
    }
}
