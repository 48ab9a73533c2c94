package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.ChangeCdrom;
import io.limiquantix.bus.compute.ComputeApi.DiskEdit;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Disks and CD-ROM drives that are changed after their VM was made. */
class DiskEditIT {
    private static final long GIB = 1L << 30;

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private <Q extends Record> TaskRef ask(ServiceAddress<Q, TaskRef> address, Q request) {
        return compute.plane.bus().request(address, request, TestControlPlane.caller());
    }

    private VmView running() {
        TaskRef made = compute.create("web-1");
        compute.succeeded(made);
        world.anyEndedTask = made.taskId();
        return compute.vm(made.targetId());
    }

    private TaskRef edit(UUID vm, UUID volume, DiskEdit edit) {
        return ask(ComputeApi.EDIT_DISK, new ComputeApi.EditDisk(vm, volume, null, edit));
    }

    private TaskRef put(UUID vm, int drive, @Nullable UUID image) {
        return ask(ComputeApi.CHANGE_CDROM, new ChangeCdrom(vm, drive, image, false));
    }

    private static DiskEdit limited(@Nullable Long size, @Nullable Cache cache, @Nullable Long readIops) {
        return new DiskEdit(size, null, cache, null, readIops, null, null, null);
    }

    @Test
    void aNewDiskIsMadeAndAttachedAsOne() {
        VmView vm = running();
        var wish = new ComputeApi.AddDisk(vm.id(), GIB, null, DiskHardware.PLAIN);
        compute.succeeded(ask(ComputeApi.ADD_DISK, wish));
        VmView.Disk disk = compute.vm(vm.id()).disks().getLast();
        assertThat(disk.sizeBytes()).isEqualTo(GIB);
        assertThat(disk.attached()).as("it is the VM's own").isFalse();
        assertThat(world.attached).containsExactly(disk.volumeId());
        assertThat(world.volumes).containsEntry(disk.volumeId(), vm.id().toString());
        compute.succeeded(compute.delete(vm.id(), false, true));
        assertThat(world.volumes).isEmpty();
    }

    @Test
    void aNewDiskThatTheHostRefusesIsUnmade() {
        VmView vm = running();
        var volumes = List.copyOf(world.volumes.keySet());
        world.refusals.put("attach disk", FailureException.of(FailureCode.HYPERVISOR, "No more PCI slots."));
        compute.failed(ask(ComputeApi.ADD_DISK, new ComputeApi.AddDisk(vm.id(), GIB, null, DiskHardware.PLAIN)));
        assertThat(world.volumes).containsOnlyKeys(volumes);
        assertThat(compute.vm(vm.id()).disks()).isEqualTo(vm.disks());
    }

    @Test
    void aDiskIsLimitedAndGrown() {
        VmView vm = running();
        UUID volume = vm.disks().getLast().volumeId();
        compute.succeeded(edit(vm.id(), volume, limited(2 * GIB, Cache.WRITEBACK, 100L)));
        VmView.Disk disk = compute.vm(vm.id()).disks().getLast();
        assertThat(disk.sizeBytes()).isEqualTo(2 * GIB);
        assertThat(disk.hardware())
                .isEqualTo(new DiskHardware(
                        DiskHardware.DiskBus.VIRTIO,
                        Cache.WRITEBACK,
                        DiskHardware.Discard.UNMAP,
                        false,
                        new Limits(100L, null, null, null)));
        assertThat(world.grown.values()).singleElement().satisfies(g -> assertThat(g.sizeBytes())
                .isEqualTo(2 * GIB));
        compute.succeeded(edit(vm.id(), volume, limited(null, Cache.AUTO, 0L)));
        assertThat(compute.vm(vm.id()).disks().getLast().hardware()).isNull();
        assertThat(Objects.requireNonNull(world.diskEdits.get(volume)).hardware())
                .isEqualTo(DiskHardware.PLAIN);
        assertThatThrownBy(() -> edit(vm.id(), UUID.randomUUID(), limited(null, null, 1L)))
                .hasMessageContaining("has no volume");
        assertThatThrownBy(() -> edit(vm.id(), volume, limited(GIB, null, null)))
                .hasMessageContaining("cannot be made smaller");
    }

    @Test
    void aDiskThatCannotGrowIsLimitedAsBefore() {
        VmView vm = running();
        UUID volume = vm.disks().getLast().volumeId();
        world.refusals.put("grow volume", FailureException.of(FailureCode.NO_CAPACITY, "The pool is full."));
        compute.failed(edit(vm.id(), volume, limited(2 * GIB, null, 100L)));
        assertThat(compute.vm(vm.id()).disks()).isEqualTo(vm.disks());
        assertThat(Objects.requireNonNull(world.diskEdits.get(volume)).hardware())
                .isEqualTo(DiskHardware.PLAIN);
    }

    @Test
    void anIsoIsBroughtInsertedAndEjected() {
        VmView vm = running();
        assertThatThrownBy(() -> put(vm.id(), 0, world.isoId)).hasMessageContaining("only while the VM is off");
        compute.succeeded(compute.power(vm.id(), PowerAction.FORCE_STOP));
        compute.succeeded(put(vm.id(), 0, null));
        assertThat(compute.vm(vm.id()).cdroms()).containsExactly(new Cdrom(null, null));
        compute.succeeded(compute.power(vm.id(), PowerAction.START));
        compute.succeeded(put(vm.id(), 0, world.isoId));
        assertThat(compute.vm(vm.id()).cdroms()).containsExactly(new Cdrom(world.isoId, world.poolId));
        assertThat(world.brought).anyMatch(image -> image.imageId().equals(world.isoId));
        assertThat(uses()).containsExactly("web-1");
        assertThat(Objects.requireNonNull(world.media.get(vm.id())).medium())
                .isEqualTo(new DomainSpec.Cdrom(world.isoId, world.poolId));
        world.refusals.put("change medium", FailureException.conflict("The guest has locked the CD-ROM drive."));
        compute.failed(put(vm.id(), 0, null));
        assertThat(compute.vm(vm.id()).cdroms()).containsExactly(new Cdrom(world.isoId, world.poolId));
        assertThat(uses()).containsExactly("web-1");
        world.refusals.clear();
        compute.succeeded(put(vm.id(), 0, null));
        assertThat(compute.vm(vm.id()).cdroms()).containsExactly(new Cdrom(null, null));
        assertThat(compute.vm(vm.id()).spec().cdroms()).hasSize(1);
        assertThat(uses()).isEmpty();
        assertThatThrownBy(() -> put(vm.id(), 0, world.imageId)).hasMessageContaining("is no ISO");
        assertThatThrownBy(() -> put(vm.id(), 3, null)).hasMessageContaining("has no CD-ROM drive");
    }

    private List<String> uses() {
        return compute.plane
                .bus()
                .request(
                        ComputeApi.LIST_ISO_USES,
                        new ComputeApi.IsoUses(world.isoId, null, null),
                        TestControlPlane.caller())
                .names();
    }

    @Test
    void theBootOrderFollowsTheDisksThatRemain() {
        VmView vm = running();
        UUID first = world.freeVolume();
        UUID second = world.freeVolume();
        compute.succeeded(compute.attach(vm.id(), first));
        compute.succeeded(compute.attach(vm.id(), second));
        compute.succeeded(Objects.requireNonNull(compute.edit(vm.id(), null, Edits.booting("disk3", "disk2", "disk0"))
                .task()));
        compute.succeeded(compute.detach(vm.id(), first));
        assertThat(compute.vm(vm.id()).spec().bootOrder()).containsExactly("disk2", "disk0");
    }
}
