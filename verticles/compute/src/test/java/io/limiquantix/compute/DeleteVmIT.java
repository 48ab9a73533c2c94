package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteVmIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    @Test
    void aDeletedVmLeavesNothing() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        compute.succeeded(compute.delete(vm, false, false));
        assertThat(compute.all()).isEmpty();
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.places).isEmpty();
        assertThat(compute.plane.changes()).contains("vm DELETED");
        compute.succeeded(compute.create("web-1"));
    }

    @Test
    void disksAreKeptWhereThatIsAsked() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(compute.delete(vm, true, true));
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes.values()).containsExactly("nobody", "nobody");
    }

    @Test
    void aRunningVmIsOnlyDeletedByForce() {
        UUID vm = compute.running("web-1").id();
        assertThatThrownBy(() -> compute.delete(vm, false, false)).hasMessageContaining("delete it with force");
        world.guestsObey = false;
        TaskRef waiting = compute.plane
                .bus()
                .request(
                        ComputeApi.POWER,
                        new ComputeApi.Power(vm, PowerAction.SHUT_DOWN, 600),
                        TestControlPlane.caller());
        Eventually.holds(() -> world.effects.contains("ask to shut down"));
        compute.succeeded(compute.delete(vm, false, true));
        assertThat(compute.plane.awaitEnd(waiting.taskId()).state().isFinal()).isTrue();
        assertThat(world.domains).isEmpty();
    }

    @Test
    void whoReadAnOlderVersionIsRefused() {
        VmView vm = compute.running("web-1");
        var request = new ComputeApi.DeleteVm(vm.id(), false, true, vm.version() + 1);
        assertThatThrownBy(() -> compute.plane.bus().request(ComputeApi.DELETE, request, TestControlPlane.caller()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.STALE_VERSION));
        var current = new ComputeApi.DeleteVm(vm.id(), false, true, vm.version());
        compute.succeeded(compute.plane.bus().request(ComputeApi.DELETE, current, TestControlPlane.caller()));
    }

    @Test
    void aDeletionThatFailsHalfwayCanBeAskedForAgain() {
        UUID vm = compute.running("web-1").id();
        world.refusals.put("discard volume", FailureException.of(FailureCode.STORAGE, "The pool is read-only."));
        compute.failed(compute.delete(vm, false, true));
        assertHalfway(vm);
        world.domains.put(vm, PowerState.STOPPED);
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        assertHalfway(vm);
        assertThatThrownBy(() -> compute.power(vm, PowerAction.START)).hasMessageContaining("deleted halfway");
        compute.failed(compute.delete(vm, false, false));
        assertHalfway(vm);
        world.refusals.clear();
        compute.succeeded(compute.delete(vm, false, false));
        assertThat(world.volumes).isEmpty();
    }

    private void assertHalfway(UUID vm) {
        assertThat(compute.vm(vm).phase()).isEqualTo(VmView.Phase.DELETING);
        assertThat(compute.vm(vm).problem()).contains("failed halfway");
    }

    @Test
    void aPlaceOfNobodyIsGivenBack() {
        UUID vm = compute.running("web-1").id();
        UUID nobody = Uuid7.next();
        world.places.put(nobody, world.hostId);
        new PlaceSweep(compute.plane.controlPlane().database(), compute.plane.bus(), new VmStore()).round();
        assertThat(world.places).containsOnlyKeys(vm);
    }

    @Test
    void aVmThatSomebodyStartedMeanwhileIsNotPulledDown() {
        UUID vm = compute.running("web-1").id();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        // Its event is lost.
        world.domains.put(vm, PowerState.RUNNING);
        assertThat(compute.failed(compute.delete(vm, false, false)).failure()).isNotNull();
        assertThat(world.domains).containsEntry(vm, PowerState.RUNNING);
        assertThat(compute.vm(vm).phase()).isEqualTo(VmView.Phase.READY);
        assertThat(compute.vm(vm).problem()).isNull();
    }
}
