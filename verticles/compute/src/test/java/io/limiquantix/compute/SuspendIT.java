package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** VMs whose memory is kept while they are off. */
class SuspendIT {
    private final World world = new World();

    private static void refused(String sentence, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT))
                .hasMessageContaining(sentence);
    }

    private static UUID suspended(ComputeProcess compute, String name) {
        UUID vm = compute.running(name).id();
        compute.succeeded(compute.power(vm, PowerAction.SUSPEND));
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.SUSPENDED);
        return vm;
    }

    @Test
    void startsFromItsMemoryAndLearnsWhatTimeItIs() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = suspended(compute, "web-1");
            assertThat(compute.vm(vm).guest()).isNull();
            for (PowerAction action : List.of(
                    PowerAction.SHUT_DOWN,
                    PowerAction.REBOOT,
                    PowerAction.RESET,
                    PowerAction.PAUSE,
                    PowerAction.RESUME,
                    PowerAction.SUSPEND)) {
                refused("is suspended", () -> compute.power(vm, action));
            }
            compute.succeeded(compute.power(vm, PowerAction.START));
            assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
            assertThat(world.effects).contains("set clock");
            refused("is not suspended", () -> compute.power(vm, PowerAction.DISCARD_STATE));
            compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
            refused("no memory to keep", () -> compute.power(vm, PowerAction.SUSPEND));
            world.effects.clear();
            compute.succeeded(compute.power(vm, PowerAction.START));
            assertThat(world.effects).as("a guest that boots reads its clock").doesNotContain("set clock");
        }
    }

    @Test
    void aGuestWithoutAnAgentRunsOnWithItsLateClockAndTheTaskSaysSo() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = suspended(compute, "web-1");
            world.agentAnswers = false;
            TaskView task = compute.succeeded(compute.power(vm, PowerAction.START));
            assertThat(task.log()).anyMatch(line -> line.toString().contains("did not set its clock"));
            assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        }
    }

    @Test
    void isDiscardedByItsActionByForceAndWithTheVm() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID one = suspended(compute, "web-1");
            compute.succeeded(compute.power(one, PowerAction.DISCARD_STATE));
            assertThat(compute.vm(one).powerState()).isEqualTo(PowerState.STOPPED);
            UUID two = suspended(compute, "web-2");
            compute.succeeded(compute.power(two, PowerAction.FORCE_STOP));
            assertThat(compute.vm(two).powerState()).isEqualTo(PowerState.STOPPED);
            UUID three = suspended(compute, "web-3");
            compute.succeeded(compute.delete(three, false, false));
            assertThat(world.domains).doesNotContainKey(three);
        }
    }

    @Test
    void keepsItsHardwareAsItsMemoryKnowsItButNotItsName() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = suspended(compute, "web-1");
            VmView seen = compute.vm(vm);
            UUID disk = seen.disks().getLast().volumeId();
            String sentence = "its memory knows its hardware";
            refused(sentence, () -> compute.edit(vm, null, Edits.sized(3, 64L << 20)));
            refused(sentence, () -> compute.attach(vm, world.freeVolume()));
            refused(sentence, () -> compute.detach(vm, disk));
            refused(
                    sentence,
                    () -> ask(
                            compute,
                            ComputeApi.ADD_DISK,
                            new ComputeApi.AddDisk(vm, 1L << 30, null, DiskHardware.PLAIN)));
            refused(
                    sentence,
                    () -> ask(compute, ComputeApi.CHANGE_CDROM, new ComputeApi.ChangeCdrom(vm, 0, world.isoId, false)));
            refused(
                    sentence,
                    () -> ask(
                            compute,
                            ComputeApi.ATTACH_NIC,
                            new ComputeApi.AttachNic(vm, new NicSpec("default", null))));
            refused(
                    sentence,
                    () -> ask(
                            compute,
                            ComputeApi.DETACH_NIC,
                            new ComputeApi.DetachNic(vm, seen.nics().getFirst().mac())));
            refused("is suspended, so it has no console", () -> compute.plane
                    .bus()
                    .request(
                            ComputeApi.OPEN_CONSOLE,
                            new DomainApi.OpenConsole(vm, DomainApi.ConsoleKind.VNC),
                            TestControlPlane.caller()));
            assertThat(compute.edit(vm, null, Edits.named("web-9")).vm().spec().name())
                    .isEqualTo("web-9");
        }
    }

    private static <Q extends Record> void ask(ComputeProcess compute, ServiceAddress<Q, TaskRef> address, Q request) {
        compute.plane.bus().request(address, request, TestControlPlane.caller());
    }

    @Test
    void saysHowFarItIsAndGoesOnWhenItIsCancelled() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = compute.running("web-1").id();
            world.suspension.hangs = true;
            TaskRef ref = compute.power(vm, PowerAction.SUSPEND);
            TaskView seen = Eventually.get(() -> task(compute, ref), task -> task.moved() != null);
            assertThat(seen.progress()).isBetween(30, 50);
            compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
            assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
            assertThat(world.effects).contains("end suspension");
            assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        }
    }

    private static TaskView task(ComputeProcess compute, TaskRef ref) {
        return compute.plane.bus().request(TaskApi.GET, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
    }

    @Test
    void aForcedStopTakesThePlaceOfASuspension() {
        try (ComputeProcess compute = ComputeProcess.start(world)) {
            UUID vm = compute.running("web-1").id();
            world.suspension.hangs = true;
            TaskRef ref = compute.power(vm, PowerAction.SUSPEND);
            Eventually.get(() -> task(compute, ref), task -> task.moved() != null);
            compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
            assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.STOPPED);
        }
    }

    @Test
    void onesThatDieAtAnyMomentEndAsTheyWereAsked() {
        DatabaseAddress address = ComputeProcess.database();
        List<TaskRef> tasks = new ArrayList<>();
        List<UUID> vms = new ArrayList<>();
        try (Deaths deaths = new Deaths();
                ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            // Before and after "keep its memory", and in the middle of it; for the start three steps and one effect.
            List<UUID> running = List.of(
                    first.running("a").id(),
                    first.running("b").id(),
                    first.running("c").id());
            List<UUID> kept = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                kept.add(suspended(first, "kept-" + i));
            }
            deaths.begin();
            world.afterEffect = effect -> {
                if (effect.equals("suspend") || effect.equals("start")) {
                    deaths.at("during " + effect);
                }
            };
            running.forEach(vm -> tasks.add(first.power(vm, PowerAction.SUSPEND)));
            kept.forEach(vm -> tasks.add(first.power(vm, PowerAction.START)));
            vms.addAll(running);
            vms.addAll(kept);
            deaths.await(tasks.size());
            first.plane.controlPlane().tasks().close();
            world.effects.clear();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                for (int i = 0; i < vms.size(); i++) {
                    assertThat(second.vm(vms.get(i)).powerState())
                            .isEqualTo(i < running.size() ? PowerState.SUSPENDED : PowerState.RUNNING);
                }
            }
            assertThat(world.effects).doesNotContain("end suspension");
        }
    }
}
