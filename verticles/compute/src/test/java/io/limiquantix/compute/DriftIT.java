package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmDriftApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** VMs whose domains somebody changed. */
class DriftIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private TaskRef correct(VmView vm) {
        return compute.plane.bus().request(VmDriftApi.CORRECT, new ComputeApi.Vm(vm.id()), TestControlPlane.caller());
    }

    @Test
    void aHostComparesWithWhatTheVmIsAndPutsItRight() {
        VmView vm = compute.running("web-1");
        world.strangers.drift.add(new Difference("vcpus", "1", "3"));
        world.strangers.drift.add(new Difference("disks.vda.bus", "virtio", "sata"));
        assertThat(compute.plane
                        .bus()
                        .request(VmDriftApi.LOOK, new ComputeApi.Vm(vm.id()), TestControlPlane.caller())
                        .differences())
                .hasSize(2);
        var expected = Objects.requireNonNull(world.strangers.expected.get(vm.id()));
        assertThat(expected.machine().vcpus()).isEqualTo(vm.spec().vcpus());
        assertThat(expected.disks())
                .extracting(disk -> disk.volumeId())
                .containsExactlyElementsOf(
                        vm.disks().stream().map(VmView.Disk::volumeId).toList());
        assertThat(expected.nics()).hasSameSizeAs(vm.nics());
        world.pending = List.of(new PendingChange("vcpus", "3", "1"));
        compute.succeeded(correct(vm));
        assertThat(world.strangers.takenOut).containsExactly(vm.id());
        assertThat(world.edits.get(vm.id())).isEqualTo(expected.machine());
        assertThat(world.diskEdits).containsKey(vm.disks().getFirst().volumeId());
        assertThat(compute.vm(vm.id()).pending()).isEqualTo(world.pending);
        assertThat(compute.vm(vm.id()).spec()).isEqualTo(vm.spec());
    }

    @Test
    void whatComesAgainIsNotSaidToBePutRight() {
        VmView vm = compute.running("web-1");
        Difference sound = new Difference("unknown", "", "something that LimiQuantix does not know: <devices/sound>");
        world.strangers.drift.add(sound);
        world.strangers.stubborn.add(sound);
        assertThat(String.valueOf(compute.failed(correct(vm)).failure())).contains("unknown", "virsh edit");
    }

    @Test
    void oneThatIsSuspendedIsNotCorrected() {
        VmView vm = compute.running("web-1");
        compute.succeeded(compute.power(vm.id(), PowerAction.SUSPEND));
        assertThatThrownBy(() -> correct(vm)).hasMessageContaining("is suspended");
        assertThat(world.strangers.takenOut).isEmpty();
    }
}
