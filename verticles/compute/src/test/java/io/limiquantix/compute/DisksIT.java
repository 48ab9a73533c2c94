package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes that VMs get and give back. */
class DisksIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    @Test
    void aVolumeBecomesADiskAndIsFreeAgainWhenItIsNoneAnyMore() {
        VmView vm = compute.running("web-1");
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm.id(), volume));
        VmView.Disk disk = compute.vm(vm.id()).disks().getLast();
        assertThat(disk.volumeId()).isEqualTo(volume);
        assertThat(disk.attached()).isTrue();
        assertThat(disk.target()).isEqualTo("vdz");
        assertThatThrownBy(() -> compute.attach(vm.id(), volume)).hasMessageContaining("already");
        compute.succeeded(compute.detach(vm.id(), volume));
        assertThat(compute.vm(vm.id()).disks()).hasSameSizeAs(vm.disks());
        assertThat(world.attached).isEmpty();
        assertThat(world.volumes).containsEntry(volume, "nobody");
        assertThatThrownBy(() -> compute.detach(vm.id(), volume)).hasMessageContaining("has no volume");
    }

    @Test
    void whatTheHostRefusesIsNobodysAgain() {
        VmView vm = compute.running("web-1");
        UUID volume = world.freeVolume();
        world.refusals.put("attach disk", FailureException.of(FailureCode.HYPERVISOR, "No more PCI slots."));
        assertThat(compute.failed(compute.attach(vm.id(), volume)).failure())
                .satisfies(failure -> assertThat(failure.message()).contains("No more PCI slots."));
        assertThat(world.volumes).containsEntry(volume, "nobody");
        assertThat(compute.vm(vm.id()).disks()).isEqualTo(vm.disks());
    }

    @Test
    void aGuestThatDoesNotLetGoKeepsItsDisk() {
        VmView vm = compute.running("web-1");
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm.id(), volume));
        world.refusals.put("detach disk", FailureException.conflict("The guest has not let go of the disk."));
        compute.failed(compute.detach(vm.id(), volume));
        assertThat(compute.vm(vm.id()).disks()).anyMatch(disk -> disk.volumeId().equals(volume));
        assertThat(world.volumes).containsEntry(volume, vm.id().toString());
        world.refusals.clear();
        compute.succeeded(compute.detach(vm.id(), volume));
        assertThat(world.volumes).containsEntry(volume, "nobody");
    }

    @Test
    void anotherVmsVolumeIsRefused() {
        VmView first = compute.running("web-1");
        VmView second = compute.running("web-2");
        UUID taken = first.disks().getLast().volumeId();
        compute.failed(compute.attach(second.id(), taken));
        assertThat(compute.vm(second.id()).disks()).isEqualTo(second.disks());
        assertThat(world.attached).isEmpty();
    }

    @Test
    void theDiskThatAVmBootsFromStaysWithIt() {
        VmView vm = compute.running("web-1");
        UUID boot = vm.disks().getFirst().volumeId();
        assertThatThrownBy(() -> compute.detach(vm.id(), boot)).hasMessageContaining("boots from this disk");
    }

    @Test
    void whatWasAttachedOutlivesTheVm() {
        VmView vm = compute.running("web-1");
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm.id(), volume));
        compute.succeeded(compute.power(vm.id(), PowerAction.FORCE_STOP));
        compute.succeeded(compute.delete(vm.id(), false, false));
        assertThat(world.volumes).containsOnlyKeys(volume).containsEntry(volume, "nobody");
    }
}
