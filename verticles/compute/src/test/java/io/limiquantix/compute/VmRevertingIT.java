package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.SnapshotApi.Difference;
import io.limiquantix.bus.compute.SnapshotApi.RevertVm;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** VMs that are brought back with their settings, after what they held was kept, and after they were stopped. */
class VmRevertingIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);
    private final UUID vm = compute.running("web-1").id();

    @AfterEach
    void stop() {
        compute.close();
    }

    private <Q extends Record, R extends Record> R ask(ServiceAddress<Q, R> address, Q request) {
        return compute.plane.bus().request(address, request, TestControlPlane.caller());
    }

    private VmSnapshotView take(String name, boolean memory) {
        compute.succeeded(ask(SnapshotApi.CREATE, new SnapshotApi.CreateSnapshot(vm, name, "", false, memory)));
        return list().items().getLast();
    }

    private SnapshotApi.Snapshots list() {
        return ask(SnapshotApi.LIST, new ComputeApi.Vm(vm));
    }

    private void turnOff() {
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
    }

    private void edit(int vcpus, long memoryBytes) {
        TaskRef task = ask(ComputeApi.EDIT, new ComputeApi.EditVm(vm, null, Edits.sized(vcpus, memoryBytes)))
                .task();
        compute.succeeded(Objects.requireNonNull(task));
    }

    private void detach(String mac) {
        compute.succeeded(ask(ComputeApi.DETACH_NIC, new ComputeApi.DetachNic(vm, mac)));
    }

    private TaskRef withSettings(VmSnapshotView snapshot) {
        return ask(SnapshotApi.REVERT, new RevertVm(vm, snapshot.id(), null, true, false, null));
    }

    private static void refused(FailureCode code, String sentence, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    @Test
    void itsMachineAndItsCardsComeBackAndItsDisksStay() {
        VmView then = compute.vm(vm);
        String mac = then.nics().getFirst().mac();
        VmSnapshotView one = take("one", true);
        turnOff();
        edit(then.spec().vcpus() + 1, then.spec().memoryBytes() * 2);
        detach(mac);
        compute.succeeded(ask(ComputeApi.ATTACH_NIC, new ComputeApi.AttachNic(vm, new NicSpec("default", null))));
        String later = compute.vm(vm).nics().getFirst().mac();
        refused(
                FailureCode.CONFLICT,
                "Bring its settings back too",
                () -> ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null)));
        Map<String, Difference> differences =
                ask(SnapshotApi.DIFFERENCES, new SnapshotApi.Snapshot(vm, one.id())).items().stream()
                        .collect(Collectors.toMap(Difference::field, d -> d));
        assertThat(differences)
                .containsOnlyKeys("vcpus", "memoryBytes", "nics." + mac, "nics." + later)
                .allSatisfy((field, difference) ->
                        assertThat(difference.comesBack()).isTrue());
        assertThat(differences.get("nics." + later))
                .extracting(Difference::before)
                .isNull();
        compute.succeeded(withSettings(one));
        VmView back = compute.vm(vm);
        assertThat(back.spec().vcpus()).isEqualTo(then.spec().vcpus());
        assertThat(back.spec().memoryBytes()).isEqualTo(then.spec().memoryBytes());
        assertThat(back.nics()).isEqualTo(then.nics());
        assertThat(back.powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.networks.cards).containsKey(mac).doesNotContainKey(later);
        assertThat(Objects.requireNonNull(world.edits.get(vm)).vcpus())
                .isEqualTo(then.spec().vcpus());
        assertThat(Objects.requireNonNull(world.rooms.get(vm)).memoryBytes())
                .isEqualTo(then.spec().memoryBytes());
    }

    @Test
    void aDiskThatItGotLaterStaysAndIsNamed() {
        VmSnapshotView one = take("one", false);
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm, volume));
        turnOff();
        SnapshotApi.Differences differences = ask(SnapshotApi.DIFFERENCES, new SnapshotApi.Snapshot(vm, one.id()));
        assertThat(differences.kept()).isTrue();
        assertThat(differences.items()).singleElement().satisfies(difference -> {
            assertThat(difference.field()).isEqualTo("disks." + volume);
            assertThat(difference.comesBack()).isFalse();
        });
        compute.succeeded(withSettings(one));
        assertThat(compute.vm(vm).disks()).extracting(VmView.Disk::volumeId).contains(volume);
    }

    @Test
    void aCardWhoseAddressAnotherVmHasIsNamedAndNothingIsBroughtBack() {
        String mac = compute.vm(vm).nics().getFirst().mac();
        VmSnapshotView one = take("one", false);
        turnOff();
        detach(mac);
        UUID other = compute.running("web-2").id();
        compute.succeeded(ask(ComputeApi.ATTACH_NIC, new ComputeApi.AttachNic(other, new NicSpec("default", mac))));
        refused(FailureCode.CONFLICT, mac + " is another virtual machine's now", () -> withSettings(one));
        assertThat(world.snapshots.broughtBack).isEmpty();
    }

    @Test
    void networksThatAreGoneAreNamedAndNothingIsBroughtBack() {
        NetworkView.Settings settings = new NetworkView.Settings(null, null, null, "192.168.50.0/24", null, null);
        TaskRef office = ask(
                NetworkApi.CREATE,
                new NetworkApi.CreateNetwork("office", "", NetworkView.Kind.NAT, settings, true, true, List.of()));
        compute.succeeded(office);
        compute.succeeded(ask(ComputeApi.ATTACH_NIC, new ComputeApi.AttachNic(vm, new NicSpec("office", null))));
        VmSnapshotView one = take("one", false);
        turnOff();
        detach(compute.vm(vm).nics().getLast().mac());
        compute.succeeded(ask(NetworkApi.DELETE, new NetworkApi.Network(office.targetId())));
        refused(FailureCode.CONFLICT, "There is no network called office any more", () -> withSettings(one));
        assertThat(world.snapshots.broughtBack).isEmpty();
        compute.succeeded(ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null)));
    }

    @Test
    void settingsThatItsHostRefusesAreTakenBackAndSoIsTheSnapshotOfNow() {
        VmView then = compute.vm(vm);
        VmSnapshotView one = take("one", false);
        turnOff();
        edit(then.spec().vcpus() + 1, then.spec().memoryBytes());
        detach(then.nics().getFirst().mac());
        world.refusals.put("attach card", FailureException.of(FailureCode.HYPERVISOR, "No port is free."));
        var wish = new RevertVm(vm, one.id(), null, true, false, "now");
        assertThat(Objects.requireNonNull(
                                compute.failed(ask(SnapshotApi.REVERT, wish)).failure())
                        .message())
                .contains("No port is free.");
        assertThat(compute.vm(vm).spec().vcpus()).isEqualTo(then.spec().vcpus() + 1);
        assertThat(compute.vm(vm).nics()).isEmpty();
        assertThat(Objects.requireNonNull(world.edits.get(vm)).vcpus())
                .isEqualTo(then.spec().vcpus() + 1);
        assertThat(list().items()).extracting(VmSnapshotView::name).containsExactly("one");
        assertThat(world.snapshots.broughtBack).isEmpty();
    }

    @Test
    void whatItHoldsNowIsKeptFirstAndOneThatRunsIsStoppedWhenThatIsWanted() {
        VmSnapshotView one = take("one", false);
        VmSnapshotView two = take("two", false);
        refused(
                FailureCode.CONFLICT,
                "ask for it to be stopped",
                () -> ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null, false, false, "now")));
        compute.succeeded(ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null, false, true, "now")));
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.STOPPED);
        VmSnapshotView now = list().items().getLast();
        assertThat(now.name()).isEqualTo("now");
        assertThat(now.state()).isEqualTo(VmSnapshotView.State.READY);
        assertThat(now.parentId()).isEqualTo(two.id());
        assertThat(list().currentId()).isEqualTo(one.id());
        assertThat(world.effects.indexOf("force stop")).isLessThan(world.effects.lastIndexOf("keep disks"));
        refused(
                FailureCode.CONFLICT,
                "already has a snapshot called now",
                () -> ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null, false, false, "now")));
    }

    @Test
    void oneThatADiskLacksIsBrokenAndCanOnlyBeDeleted() {
        VmSnapshotView one = take("one", false);
        VmSnapshotView two = take("two", false);
        VmSnapshotView.Disk disk = one.disks().getLast();
        world.snapshots.lost.add(disk.snapshotId());
        assertThat(list().items())
                .extracting(VmSnapshotView::state)
                .containsExactly(VmSnapshotView.State.BROKEN, VmSnapshotView.State.READY);
        assertThat(list().items().getFirst().missingOn()).containsExactly(disk.volumeId());
        world.snapshots.silent = true;
        assertThat(list().items()).extracting(VmSnapshotView::state).containsOnly(VmSnapshotView.State.READY);
        world.snapshots.silent = false;
        var wish = new RevertVm(vm, one.id(), null, false, true, "now");
        assertThat(Objects.requireNonNull(
                                compute.failed(ask(SnapshotApi.REVERT, wish)).failure())
                        .message())
                .contains("is broken", disk.volumeId().toString());
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.snapshots.broughtBack).isEmpty();
        compute.succeeded(ask(SnapshotApi.DELETE, new SnapshotApi.DeleteSnapshot(vm, one.id(), false)));
        assertThat(list().items()).extracting(VmSnapshotView::id).containsExactly(two.id());
    }

    @Test
    void nothingIsBroughtBackWhereWhatItHoldsCannotBeKept() {
        VmSnapshotView one = take("one", false);
        turnOff();
        world.refusals.put("keep disks", FailureException.conflict("The pool is full."));
        compute.failed(ask(SnapshotApi.REVERT, new RevertVm(vm, one.id(), null, false, false, "now")));
        assertThat(world.snapshots.broughtBack).isEmpty();
        assertThat(list().items()).extracting(VmSnapshotView::id).containsExactly(one.id());
        assertThat(list().currentId()).isEqualTo(one.id());
    }
}
