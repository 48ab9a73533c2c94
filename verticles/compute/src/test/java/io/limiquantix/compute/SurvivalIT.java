package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import java.util.ArrayList;
import java.util.List;
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
}
