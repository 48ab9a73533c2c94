package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A control plane dies at each moment of taking, going back to and deleting snapshots, and another one goes on. */
class SnapshotSurvivalIT {
    private final World world = new World();
    private final Deaths deaths = new Deaths();
    private final DatabaseAddress address = ComputeProcess.database();
    private final List<TaskRef> tasks = new ArrayList<>();
    private final List<UUID> vms = new ArrayList<>();

    @AfterEach
    void letGo() {
        deaths.close();
    }

    private static TaskRef take(ComputeProcess process, UUID vm) {
        var request = new SnapshotApi.CreateSnapshot(vm, "before", "", false, true);
        return process.plane.bus().request(SnapshotApi.CREATE, request, TestControlPlane.caller());
    }

    private static SnapshotApi.Snapshots list(ComputeProcess process, UUID vm) {
        return process.plane.bus().request(SnapshotApi.LIST, new ComputeApi.Vm(vm), TestControlPlane.caller());
    }

    private static UUID onlyOne(ComputeProcess process, UUID vm) {
        return list(process, vm).items().getFirst().id();
    }

    private void dieDuring(List<String> effects) {
        deaths.begin();
        world.afterEffect = effect -> {
            if (effects.contains(effect)) {
                deaths.at("during " + effect);
            }
        };
    }

    private void running(ComputeProcess process, int count) {
        for (int i = 0; i < count; i++) {
            vms.add(process.running("vm-" + i).id());
        }
    }

    @Test
    void oneIsTakenInTheEnd() {
        int moments =
                2 * List.of("begin", "keep what the disks hold", "note it").size() + 1;
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            running(first, moments);
            dieDuring(List.of("keep disks"));
            vms.forEach(vm -> tasks.add(take(first, vm)));
            deaths.await(moments);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                for (UUID vm : vms) {
                    assertThat(list(second, vm).items())
                            .hasSize(1)
                            .allMatch(snapshot -> snapshot.state() == VmSnapshotView.State.READY);
                    assertThat(list(second, vm).currentId()).isEqualTo(onlyOne(second, vm));
                }
            }
            deaths.close();
        }
        assertThat(world.snapshots.kept).hasSize(2 * moments);
        assertThat(world.snapshots.memories).hasSize(moments);
    }

    @Test
    void theGuestGoesOnFromItInTheEnd() {
        List<String> moments = List.of("bring back", "go on");
        try (ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            running(first, moments.size());
            vms.forEach(vm -> first.succeeded(take(first, vm)));
            vms.forEach(vm -> first.succeeded(first.power(vm, PowerAction.FORCE_STOP)));
            dieDuring(moments);
            vms.forEach(vm -> tasks.add(first.plane
                    .bus()
                    .request(
                            SnapshotApi.REVERT,
                            new SnapshotApi.RevertVm(vm, onlyOne(first, vm), null),
                            TestControlPlane.caller())));
            deaths.await(moments.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                vms.forEach(vm -> second.eventually(vm, PowerState.RUNNING));
            }
            deaths.close();
        }
        assertThat(world.effects.stream().filter("go on"::equals)).hasSize(vms.size());
    }

    @Test
    void itIsStoppedKeptAndBroughtBackWithItsSettingsInTheEnd() {
        List<String> moments = List.of("force stop", "keep disks", "edit", "attach card", "bring back");
        try (ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            running(first, moments.size());
            vms.forEach(vm -> first.succeeded(take(first, vm)));
            vms.forEach(vm -> changed(first, vm));
            dieDuring(moments);
            vms.forEach(vm -> tasks.add(first.plane
                    .bus()
                    .request(
                            SnapshotApi.REVERT,
                            new SnapshotApi.RevertVm(vm, onlyOne(first, vm), false, true, true, "present"),
                            TestControlPlane.caller())));
            deaths.await(moments.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                for (UUID vm : vms) {
                    assertThat(list(second, vm).currentId()).isEqualTo(onlyOne(second, vm));
                    assertThat(list(second, vm).items())
                            .hasSize(2)
                            .allMatch(snapshot -> snapshot.state() == VmSnapshotView.State.READY);
                    assertThat(second.vm(vm).nics()).hasSize(1);
                    assertThat(second.vm(vm).spec().vcpus()).isEqualTo(1);
                    second.eventually(vm, PowerState.STOPPED);
                }
            }
            deaths.close();
        }
    }

    /** It is another machine, without its network card. */
    private static void changed(ComputeProcess process, UUID vm) {
        VmView now = process.vm(vm);
        var edit = new ComputeApi.EditVm(
                vm, null, Edits.sized(now.spec().vcpus() + 1, now.spec().memoryBytes()));
        TaskRef edited = process.plane
                .bus()
                .request(ComputeApi.EDIT, edit, TestControlPlane.caller())
                .task();
        process.succeeded(Objects.requireNonNull(edited));
        var detach = new ComputeApi.DetachNic(vm, now.nics().getFirst().mac());
        process.succeeded(process.plane.bus().request(ComputeApi.DETACH_NIC, detach, TestControlPlane.caller()));
    }

    @Test
    void oneIsGoneInTheEnd() {
        List<String> moments = List.of("discard snapshot", "forget memory");
        try (ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            running(first, moments.size());
            vms.forEach(vm -> first.succeeded(take(first, vm)));
            dieDuring(moments);
            vms.forEach(vm -> tasks.add(first.plane
                    .bus()
                    .request(
                            SnapshotApi.DELETE,
                            new SnapshotApi.DeleteSnapshot(vm, onlyOne(first, vm), false),
                            TestControlPlane.caller())));
            deaths.await(moments.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                vms.forEach(vm -> assertThat(list(second, vm))
                        .isEqualTo(new SnapshotApi.Snapshots(List.of(), null, 0L, null, 0)));
            }
            deaths.close();
        }
        assertThat(world.snapshots.kept).isEmpty();
        assertThat(world.snapshots.memories).isEmpty();
    }
}
