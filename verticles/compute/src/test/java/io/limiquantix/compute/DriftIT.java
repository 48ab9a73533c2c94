package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmDriftApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

    private TaskRef accept(VmView vm) {
        return compute.plane.bus().request(VmDriftApi.ACCEPT, new ComputeApi.Vm(vm.id()), TestControlPlane.caller());
    }

    @Test
    void whatIsAcceptedIsTheVmFromThenOn() {
        VmView vm = compute.running("web-1");
        compute.succeeded(Objects.requireNonNull(
                compute.edit(vm.id(), null, Edits.booting("disk0", "nic0")).task()));
        String mac = vm.nics().getFirst().mac();
        String first = "a";
        world.strangers.drift.addAll(List.of(
                new Difference("vcpus", "1", "3"),
                new Difference("memoryBytes", Long.toString(128L << 20), Long.toString(256L << 20)),
                new Difference("bootOrder", first + ", " + mac, mac + ", " + first),
                new Difference(
                        "disks.vda.bus", "virtio", "sata", vm.disks().getFirst().volumeId()),
                new Difference("nics." + mac + ".link", "up", "down")));
        assertThat(look(vm)).hasSize(5).allSatisfy(one -> assertThat(one.obstacle())
                .isNull());
        TaskRef accepted = accept(vm);
        assertThat(compute.succeeded(accepted).log().toString()).contains("vcpus: 1 becomes 3.");
        VmView now = compute.vm(vm.id());
        assertThat(now.spec().vcpus()).isEqualTo(3);
        assertThat(now.spec().memoryBytes()).isEqualTo(256L << 20);
        assertThat(now.spec().bootOrder()).containsExactly("nic0", "disk0");
        assertThat(Objects.requireNonNull(now.disks().getFirst().hardware()).bus())
                .isEqualTo(DiskHardware.DiskBus.SATA);
        assertThat(Objects.requireNonNull(now.nics().getFirst().hardware()).linkUp())
                .isFalse();
        assertThat(world.strangers.takenOut).isEmpty();
        assertThat(look(now)).isEmpty();
        assertThatThrownBy(() -> accept(now)).hasMessageContaining("there is nothing to accept");
    }

    private List<VmDriftApi.FoundDifference> look(VmView vm) {
        return compute.plane
                .bus()
                .request(VmDriftApi.LOOK, new ComputeApi.Vm(vm.id()), TestControlPlane.caller())
                .differences();
    }

    @Test
    void nothingIsAcceptedOfWhichNotAllCanBeKept() {
        VmView vm = compute.running("web-1");
        world.strangers.drift.addAll(List.of(
                new Difference("vcpus", "1", "3"),
                new Difference("disks.vdx", "", "/dev/sdz"),
                new Difference("watchdog", "", "sunrise, reset"),
                new Difference("unknown", "", "something that LimiQuantix does not know: <devices/sound>")));
        assertThat(look(vm)).extracting(one -> one.obstacle() == null).containsExactly(true, false, false, false);
        assertThatThrownBy(() -> accept(vm))
                .hasMessageContaining("Nothing of it is accepted")
                .hasMessageContaining("disks.vdx: Disks come and go")
                .hasMessageContaining("watchdog: LimiQuantix does not know sunrise, reset.")
                .hasMessageContaining("unknown: LimiQuantix has no setting for it.");
        assertThat(world.edits).doesNotContainKey(vm.id());
        assertThat(compute.vm(vm.id()).spec()).isEqualTo(vm.spec());
    }

    @Test
    void whatIsStillOtherwiseAfterwardsIsNotTheVm() {
        VmView vm = compute.running("web-1");
        world.strangers.drift.add(new Difference("vcpus", "1", "3"));
        world.strangers.drift.add(new Difference("description", "", "by hand"));
        assertThat(String.valueOf(compute.failed(accept(vm)).failure()))
                .contains("The VM stays as LimiQuantix had it", "description");
        assertThat(compute.vm(vm.id()).spec()).isEqualTo(vm.spec());
        assertThat(world.places).containsKey(vm.id());
    }

    @Test
    void whatADiskIsIsKeptPartByPart() {
        VmView vm = compute.running("web-1");
        UUID volume = vm.disks().getFirst().volumeId();
        world.strangers.drift.addAll(List.of(
                new Difference("disks.vda.bus", "virtio", "scsi", volume),
                new Difference("disks.vda.cache", "auto", "writethrough", volume),
                new Difference("disks.vda.readIops", "", "500", volume),
                new Difference("disks.vda.writeBytesPerSecond", "", "1048576", volume)));
        compute.succeeded(accept(vm));
        assertThat(compute.vm(vm.id()).disks().getFirst().hardware())
                .isEqualTo(new DiskHardware(
                        DiskHardware.DiskBus.SCSI,
                        DiskHardware.Cache.WRITETHROUGH,
                        DiskHardware.Discard.UNMAP,
                        false,
                        new DiskHardware.Limits(500L, null, null, 1048576L)));
        world.strangers.drift.add(new Difference("disks.sda.source", "/pool/a.qcow2", "/etc/shadow", volume));
        world.strangers.drift.add(new Difference("disks.sda.cache", "writethrough", "unsafe", volume));
        world.strangers.drift.add(new Difference("disks.sda.limits", "", "size_iops_sec", volume));
        assertThat(look(vm))
                .extracting(VmDriftApi.FoundDifference::obstacle)
                .satisfiesExactly(
                        source -> assertThat(source).contains("go elsewhere, by LimiQuantix alone"),
                        cache -> assertThat(cache).contains("does not know unsafe"),
                        limits -> assertThat(limits).contains("bytes and operations per second"));
    }

    @Test
    void whatAnEditWouldRefuseIsNoneThatCanBeAccepted() {
        VmView vm = compute.running("web-1");
        String mac = vm.nics().getFirst().mac();
        world.strangers.drift.addAll(List.of(
                new Difference("vcpus", "1", "0"),
                new Difference("bootOrder", "a", "a, hda"),
                new Difference("nics." + mac + ".model", "virtio", "e1000e")));
        assertThat(look(vm))
                .extracting(VmDriftApi.FoundDifference::obstacle)
                .satisfiesExactly(
                        vcpus -> assertThat(vcpus).contains("vCPU"),
                        order -> assertThat(order).contains("give it the boot order here"),
                        model -> assertThat(model).contains("only be changed while the VM is off"));
    }
}
