package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PowerIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private void done(UUID vmId, PowerAction action, PowerState expected) {
        compute.succeeded(compute.power(vmId, action));
        assertThat(compute.vm(vmId).powerState()).isEqualTo(expected);
    }

    private void refused(UUID vmId, PowerAction action, String sentence) {
        assertThatThrownBy(() -> compute.power(vmId, action))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT))
                .hasMessageContaining(sentence);
    }

    @Test
    void everyActionLeadsToItsState() {
        UUID vm = compute.running("web-1").id();
        done(vm, PowerAction.PAUSE, PowerState.PAUSED);
        done(vm, PowerAction.RESUME, PowerState.RUNNING);
        done(vm, PowerAction.REBOOT, PowerState.RUNNING);
        done(vm, PowerAction.RESET, PowerState.RUNNING);
        done(vm, PowerAction.SHUT_DOWN, PowerState.STOPPED);
        done(vm, PowerAction.START, PowerState.RUNNING);
        done(vm, PowerAction.FORCE_STOP, PowerState.STOPPED);
        assertThat(world.domains).containsEntry(vm, PowerState.STOPPED);
    }

    @Test
    void anActionThatDoesNotFitTheStateIsRefusedWithASentence() {
        UUID vm = compute.running("web-1").id();
        refused(vm, PowerAction.START, "is running already");
        refused(vm, PowerAction.RESUME, "is not paused");
        done(vm, PowerAction.PAUSE, PowerState.PAUSED);
        refused(vm, PowerAction.SHUT_DOWN, "resume it first");
        refused(vm, PowerAction.START, "resume it");
        done(vm, PowerAction.FORCE_STOP, PowerState.STOPPED);
        refused(vm, PowerAction.SHUT_DOWN, "is not running");
        assertThatThrownBy(() -> compute.power(Uuid7.next(), PowerAction.START)).hasMessageContaining("There is no");
    }

    @Test
    void aGuestThatDoesNotObeyRunsOnAndTheTaskSaysWhatToDo() {
        UUID vm = compute.running("web-1").id();
        world.guestsObey = false;
        TaskView task = compute.failed(compute.power(vm, PowerAction.SHUT_DOWN));
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).contains("did not shut down within 2 s", "force it to stop");
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        List<String> changes = compute.plane.changes();
        assertThat(changes.subList(changes.size() - 2, changes.size()))
                .as("whoever saw it stopping is told that it is not")
                .containsExactlyInAnyOrder("task CHANGED", "vm CHANGED");
    }

    @Test
    void aVmThatIsAskedToShutDownIsSeenStopping() {
        UUID vm = compute.running("web-1").id();
        world.guestsObey = false;
        var patient = new ComputeApi.Power(vm, PowerAction.SHUT_DOWN, 600);
        TaskRef ref = compute.plane.bus().request(ComputeApi.POWER, patient, TestControlPlane.caller());
        Eventually.holds(() -> world.effects.contains("ask to shut down"));
        VmView seen = compute.eventually(vm, PowerState.STOPPING);
        assertThat(seen.activeTaskId()).isEqualTo(ref.taskId());
        world.become(vm, PowerState.STOPPED, "shutdown");
        compute.succeeded(ref);
        assertThat(compute.vm(vm).stateReason()).isEqualTo("shutdown");
    }

    @Test
    void forcingItToStopTakesThePlaceOfAShutDown() {
        UUID vm = compute.running("web-1").id();
        world.guestsObey = false;
        var patient = new ComputeApi.Power(vm, PowerAction.SHUT_DOWN, 600);
        TaskRef waiting = compute.plane.bus().request(ComputeApi.POWER, patient, TestControlPlane.caller());
        Eventually.holds(() -> world.effects.contains("ask to shut down"));
        refused(vm, PowerAction.REBOOT, "is being worked on");
        done(vm, PowerAction.FORCE_STOP, PowerState.STOPPED);
        assertThat(compute.plane.awaitEnd(waiting.taskId()).state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void theSameOperationIsTheSameTask() {
        UUID vm = compute.running("web-1").id();
        Caller caller = TestControlPlane.caller();
        var request = new ComputeApi.Power(vm, PowerAction.RESET, null);
        TaskRef first = compute.plane.bus().request(ComputeApi.POWER, request, caller);
        compute.succeeded(first);
        assertThat(compute.plane.bus().request(ComputeApi.POWER, request, caller))
                .isEqualTo(first);
        assertThat(world.effects.stream().filter("reset"::equals)).hasSize(1);
    }

    @Test
    void aTimeOutIsWithinReason() {
        UUID vm = compute.running("web-1").id();
        for (int seconds : new int[] {0, -1, 3601}) {
            assertThatThrownBy(() -> compute.plane
                            .bus()
                            .request(
                                    ComputeApi.POWER,
                                    new ComputeApi.Power(vm, PowerAction.SHUT_DOWN, seconds),
                                    TestControlPlane.caller()))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().details()).containsEntry("field", "timeoutSeconds"));
        }
    }

    @Test
    void consolesAreOpenedAtTheHostOfARunningVm() {
        UUID vm = compute.running("web-1").id();
        var wish = new DomainApi.OpenConsole(vm, DomainApi.ConsoleKind.SERIAL);
        StreamTicket ticket = compute.plane.bus().request(ComputeApi.OPEN_CONSOLE, wish, TestControlPlane.caller());
        assertThat(ticket.token().reveal()).isEqualTo("SERIAL");
        done(vm, PowerAction.FORCE_STOP, PowerState.STOPPED);
        assertThatThrownBy(() -> compute.plane.bus().request(ComputeApi.OPEN_CONSOLE, wish, TestControlPlane.caller()))
                .hasMessageContaining("is not running");
    }
}
