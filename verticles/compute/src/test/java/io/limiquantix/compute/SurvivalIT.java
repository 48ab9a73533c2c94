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
import io.limiquantix.runtime.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A control plane dies at each moment of a task in turn, and another one goes on. */
class SurvivalIT {
    private static final List<String> STEPS = List.of(
            "accept",
            "reserve a place",
            "make disk 1",
            "make disk 2",
            "make the cloud-init seed",
            "define the domain",
            "start",
            "ready");
    private static final List<String> EFFECTS = List.of("reserve", "make volume", "make seed", "define", "start");

    private final World world = new World();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean dead = new AtomicBoolean();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    /** Holds the task for ever as if its process had died there; its later writes find their lease lost. */
    private void dieHere(String moment) {
        if (dead.get() || !reached.add(moment)) {
            return;
        }
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
    }

    /** Each task dies at one moment of its own, which it is the first to reach. */
    private final class Deaths implements TaskObserver {
        private final Set<UUID> doomed = ConcurrentHashMap.newKeySet();

        @Override
        public void stepBegins(UUID taskId, String kind, String step) {
            once(taskId, "before " + step);
        }

        @Override
        public void stepEnded(UUID taskId, String kind, String step) {
            once(taskId, "after " + step);
        }

        private void once(UUID taskId, String moment) {
            if (!dead.get() && !reached.contains(moment) && doomed.add(taskId)) {
                dieHere(moment);
                doomed.remove(taskId);
            }
        }
    }

    @Test
    void aCreationThatDiesAtAnyStepIsFinishedByAnotherProcess() {
        DatabaseAddress address = ComputeProcess.database();
        List<TaskRef> tasks = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, new Deaths())) {
            world.afterEffect = effect -> dieHere("during " + effect);
            int moments = 2 * STEPS.size() + EFFECTS.size();
            for (int i = 0; i < moments; i++) {
                tasks.add(first.create("vm-" + i));
            }
            Eventually.get(() -> reached, all -> all.size() == moments);
            dead.set(true);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(second.all()).hasSize(moments).allSatisfy(vm -> {
                    assertThat(vm.phase()).isEqualTo(VmView.Phase.READY);
                    assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
                });
                assertEachOnce(moments);
            }
            never.countDown();
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
            world.afterEffect = effect -> {
                if (undone.contains(effect)) {
                    dieHere("during " + effect);
                }
            };
            for (int i = 0; i < undone.size(); i++) {
                tasks.add(first.create("vm-" + i));
            }
            Eventually.get(() -> reached, all -> all.size() == undone.size());
            dead.set(true);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(task -> assertThat(second.failed(task).state()).isEqualTo(TaskState.FAILED));
                assertThat(second.all()).isEmpty();
            }
            never.countDown();
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
            world.afterEffect = effect -> {
                if (deleted.contains(effect)) {
                    dieHere("during " + effect);
                }
            };
            vms.forEach(vm -> tasks.add(first.delete(vm, false, true)));
            Eventually.get(() -> reached, all -> all.size() == deleted.size());
            dead.set(true);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                assertThat(second.all()).isEmpty();
            }
            never.countDown();
        }
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.places).isEmpty();
    }
}
