package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.SchedulerApi.Resize;
import io.limiquantix.bus.tasks.TaskState;
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

/** A control plane dies at each moment of a task in turn, and another one goes on. */
class SurvivalIT {
    private static final List<String> STEPS = List.of(
            "accept",
            "reserve a place",
            "bring image 1",
            "make disk 1",
            "make disk 2",
            "make the cloud-init seed",
            "define the domain",
            "start",
            "ready");
    private static final List<String> EFFECTS = List.of("reserve", "make volume", "make seed", "define", "start");

    private final World world = new World();
    private final Deaths deaths = new Deaths();

    @AfterEach
    void letGo() {
        deaths.close();
    }

    @Test
    void aCreationThatDiesAtAnyStepIsFinishedByAnotherProcess() {
        DatabaseAddress address = ComputeProcess.database();
        List<TaskRef> tasks = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            deaths.begin();
            world.afterEffect = effect -> deaths.at("during " + effect);
            int moments = 2 * STEPS.size() + EFFECTS.size();
            for (int i = 0; i < moments; i++) {
                tasks.add(first.create("vm-" + i));
            }
            deaths.await(moments);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(second.all()).hasSize(moments).allSatisfy(vm -> {
                    assertThat(vm.phase()).isEqualTo(VmView.Phase.READY);
                    assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
                });
                assertEachOnce(moments);
            }
            deaths.close();
        }
        assertEachOnce(tasks.size());
    }

    private void assertEachOnce(int vms) {
        assertThat(world.domains).hasSize(vms);
        assertThat(world.places).hasSize(vms);
        assertThat(world.seeds).hasSize(vms);
        assertThat(world.volumes).hasSize(2 * vms);
        assertThat(world.effects.stream().filter("define"::equals)).hasSize(vms);
        assertThat(world.effects.stream().filter("start"::equals)).hasSize(vms);
        assertThat(world.effects.stream().filter("make volume"::equals)).hasSize(2 * vms);
    }

    @Test
    void anUndoThatDiesAtAnyStepIsFinishedByAnotherProcess() {
        DatabaseAddress address = ComputeProcess.database();
        world.refusals.put("start", FailureException.of(FailureCode.HYPERVISOR, "It does not start."));
        List<String> undone = List.of("undefine", "delete seed", "discard volume", "release");
        List<TaskRef> tasks = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            deaths.begin();
            world.afterEffect = effect -> {
                if (undone.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            for (int i = 0; i < undone.size(); i++) {
                tasks.add(first.create("vm-" + i));
            }
            deaths.await(undone.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(task -> assertThat(second.failed(task).state()).isEqualTo(TaskState.FAILED));
                assertThat(second.all()).isEmpty();
            }
            deaths.close();
        }
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.places).isEmpty();
    }

    @Test
    void aDeletionThatDiesAtAnyStepIsFinishedByAnotherProcess() {
        DatabaseAddress address = ComputeProcess.database();
        List<String> deleted = List.of("undefine", "discard volume", "delete seed", "release");
        List<TaskRef> tasks = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            List<UUID> vms = deleted.stream()
                    .map(name -> first.running(name.replace(' ', '-')).id())
                    .toList();
            deaths.begin();
            world.afterEffect = effect -> {
                if (deleted.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            vms.forEach(vm -> tasks.add(first.delete(vm, false, true)));
            deaths.await(deleted.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(second.all()).isEmpty();
            }
            deaths.close();
        }
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.places).isEmpty();
    }

    @Test
    void aDiskWhoseAttachmentOrDetachmentDiesIsThereOrGoneInTheEnd() {
        DatabaseAddress address = ComputeProcess.database();
        List<String> moments = List.of("give volume", "attach disk", "detach disk", "release volume");
        List<TaskRef> tasks = new ArrayList<>();
        List<UUID> vms = new ArrayList<>();
        List<UUID> volumes = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            for (String moment : moments) {
                vms.add(first.running(moment.replace(' ', '-')).id());
                volumes.add(world.freeVolume());
            }
            first.succeeded(first.attach(vms.get(2), volumes.get(2)));
            first.succeeded(first.attach(vms.get(3), volumes.get(3)));
            deaths.begin();
            world.afterEffect = effect -> {
                if (moments.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            tasks.add(first.attach(vms.get(0), volumes.get(0)));
            tasks.add(first.attach(vms.get(1), volumes.get(1)));
            tasks.add(first.detach(vms.get(2), volumes.get(2)));
            tasks.add(first.detach(vms.get(3), volumes.get(3)));
            deaths.await(moments.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(world.attached).containsExactlyInAnyOrder(volumes.get(0), volumes.get(1));
                for (int i = 0; i < vms.size(); i++) {
                    assertThat(second.vm(vms.get(i)).disks()).hasSize(i < 2 ? 3 : 2);
                    String owner = i < 2 ? vms.get(i).toString() : "nobody";
                    assertThat(world.volumes).containsEntry(volumes.get(i), owner);
                }
            }
            deaths.close();
        }
    }

    @Test
    void anEditThatDiesAtAnyStepIsFinishedWithTheRoomThatItNeeds() {
        DatabaseAddress address = ComputeProcess.database();
        List<String> steps = List.of("reserve room", "change the domain", "note the change", "give room back");
        List<String> effects = List.of("resize", "edit");
        List<TaskRef> tasks = new ArrayList<>();
        List<UUID> vms = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            int moments = 2 * steps.size() + effects.size();
            for (int i = 0; i < moments; i++) {
                vms.add(first.running("vm-" + i).id());
            }
            deaths.begin();
            world.afterEffect = effect -> {
                if (effects.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            // More of the one and less of the other: room is reserved first, and some is given back in the end.
            vms.forEach(vm -> tasks.add(Objects.requireNonNull(
                    first.edit(vm, null, Edits.sized(3, 64L << 20)).task())));
            deaths.await(moments);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                for (UUID vm : vms) {
                    assertThat(second.vm(vm).spec().vcpus()).isEqualTo(3);
                    assertThat(second.vm(vm).spec().memoryBytes()).isEqualTo(64L << 20);
                    assertThat(world.rooms).containsEntry(vm, new Resize(vm, 3, 64L << 20));
                    assertThat(world.edits.get(vm)).isNotNull();
                }
            }
            deaths.close();
        }
        assertThat(world.effects.stream().filter("edit"::equals)).hasSize(vms.size());
    }

    @Test
    void aDiskOrMediumWhoseChangeDiesIsChangedInTheEnd() {
        DatabaseAddress address = ComputeProcess.database();
        List<String> moments = List.of("make volume", "attach disk", "edit disk", "grow volume", "change medium");
        List<TaskRef> tasks = new ArrayList<>();
        List<VmView> vms = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            for (String moment : moments) {
                vms.add(first.running(moment.replace(' ', '-')));
            }
            UUID drive = vms.get(4).id();
            first.succeeded(first.power(drive, ComputeApi.PowerAction.FORCE_STOP));
            world.anyEndedTask =
                    first.power(drive, ComputeApi.PowerAction.START).taskId();
            first.eventually(drive, PowerState.RUNNING);
            first.plane.awaitEnd(world.anyEndedTask);
            first.succeeded(first.power(drive, ComputeApi.PowerAction.FORCE_STOP));
            deaths.begin();
            world.afterEffect = effect -> {
                if (moments.contains(effect)) {
                    deaths.at("during " + effect);
                }
            };
            tasks.add(ask(first, ComputeApi.ADD_DISK, added(vms.get(0))));
            tasks.add(ask(first, ComputeApi.ADD_DISK, added(vms.get(1))));
            tasks.add(ask(first, ComputeApi.EDIT_DISK, limited(vms.get(2))));
            tasks.add(ask(first, ComputeApi.EDIT_DISK, limited(vms.get(3))));
            tasks.add(ask(first, ComputeApi.CHANGE_CDROM, new ComputeApi.ChangeCdrom(drive, 0, world.isoId, false)));
            deaths.await(moments.size());
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                for (int i = 0; i < vms.size(); i++) {
                    VmView vm = second.vm(vms.get(i).id());
                    assertThat(vm.disks()).hasSize(i < 2 ? 3 : 2);
                    assertThat(vm.cdroms()).hasSize(i == 4 ? 1 : 0);
                    assertThat(vm.disks().getLast().sizeBytes() == 2L << 30).isEqualTo(i == 2 || i == 3);
                }
            }
            deaths.close();
        }
        assertThat(world.volumes).hasSize(2 * vms.size() + 2);
        assertThat(world.attached).hasSize(2);
    }

    private static ComputeApi.AddDisk added(VmView vm) {
        return new ComputeApi.AddDisk(vm.id(), 1L << 30, null, DiskHardware.PLAIN);
    }

    private static ComputeApi.EditDisk limited(VmView vm) {
        var edit = new ComputeApi.DiskEdit(2L << 30, null, null, null, 50L, null, null, null);
        return new ComputeApi.EditDisk(vm.id(), vm.disks().getLast().volumeId(), null, edit);
    }

    private static <Q extends Record> TaskRef ask(
            ComputeProcess process, ServiceAddress<Q, TaskRef> address, Q request) {
        return process.plane.bus().request(address, request, TestControlPlane.caller());
    }
}
