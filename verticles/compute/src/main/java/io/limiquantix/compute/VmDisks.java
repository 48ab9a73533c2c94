package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.spec.HardwareEdit;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins to give disks to VMs and to take them away. */
final class VmDisks {
    private static final int MOST_DISKS = 64;
    private static final int SHORT_ID = 8;

    private final VmWork work;
    private final VmChanges changes;
    private final VmPlaces places;
    private final VmSnapshotStore snapshots = new VmSnapshotStore();
    private final AttachDiskTask attach;
    private final EditDiskTask edit;
    private final DetachDiskTask detach;
    private final CloneLinks links;

    VmDisks(
            VmWork work,
            VmStore vms,
            VmPlaces places,
            AttachDiskTask attach,
            EditDiskTask edit,
            DetachDiskTask detach,
            CloneLinks links) {
        this.links = links;
        this.work = work;
        this.changes = new VmChanges(vms);
        this.places = places;
        this.edit = edit;
        this.attach = attach;
        this.detach = detach;
    }

    TaskRef attach(ComputeApi.AttachDisk request, Caller caller) {
        return work.begin(request.vmId(), caller, attach.kind(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            if (has(vm, request.volumeId())) {
                throw FailureException.conflict(vm.name() + " has this volume as a disk already.");
            }
            requirePlace(vm);
            return new AttachDiskTask.Input(vm.id(), hostOf(vm), request.volumeId(), request.readOnly(), null);
        });
    }

    private static void requirePlace(StoredVm vm) {
        if (vm.disks().size() >= MOST_DISKS) {
            throw FailureException.conflict(vm.name() + " has " + MOST_DISKS + " disks, more is not possible.");
        }
    }

    TaskRef add(ComputeApi.AddDisk request, Caller caller) {
        DiskHardware hardware = request.hardware();
        if (hardware.bus() != DiskBus.VIRTIO || hardware.ioThread()) {
            throw FailureException.invalid(
                    hardware.bus() == DiskBus.VIRTIO ? "ioThread" : "bus",
                    "A disk that is added is on virtio, without an I/O thread of its own; give it another bus"
                            + " afterwards.");
        }
        Disk disk = places.disk(request, caller);
        return work.begin(request.vmId(), caller, attach.kind(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            requirePlace(vm);
            String id = disk.volumeId().toString();
            String name = vm.name() + "-" + id.substring(id.length() - SHORT_ID);
            return new AttachDiskTask.Input(
                    vm.id(),
                    hostOf(vm),
                    disk.volumeId(),
                    false,
                    new AttachDiskTask.Fresh(disk.poolId(), name, disk.sizeBytes(), hardware));
        });
    }

    TaskRef edit(ComputeApi.EditDisk request, Caller caller) {
        return work.begin(request.vmId(), caller, edit.kind(), Set.of(), (tx, vm) -> {
            Disk disk = vm.disks().stream()
                    .filter(one -> one.volumeId().equals(request.volumeId()))
                    .findFirst()
                    .orElseThrow(() -> FailureException.notFound(
                            vm.name() + " has no volume " + request.volumeId() + " as a disk."));
            VmEditing.requireVersion(vm, request.expectedVersion());
            requireReady(vm);
            refuseShrinking(disk, request.edit().sizeBytes());
            DiskHardware before = DiskHardware.orPlain(disk.hardware());
            DiskHardware after = HardwareEdit.of(before, request.edit());
            changes.decided(tx, vm.id());
            return new EditDiskTask.Input(
                    vm.id(), hostOf(vm), disk, before, after, request.edit().sizeBytes());
        });
    }

    private static void refuseShrinking(Disk disk, @Nullable Long wanted) {
        if (wanted != null && wanted < disk.sizeBytes()) {
            throw FailureException.invalid(
                    "sizeBytes",
                    "The disk has " + disk.sizeBytes()
                            + " bytes and cannot be made smaller: what lies at its end would be lost.");
        }
    }

    TaskRef detach(ComputeApi.DetachDisk request, Caller caller) {
        links.forgetIndependent(request.vmId(), caller);
        return work.begin(request.vmId(), caller, detach.kind(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            if (!has(vm, request.volumeId())) {
                throw FailureException.notFound(vm.name() + " has no volume " + request.volumeId() + " as a disk.");
            }
            if (vm.disks().getFirst().volumeId().equals(request.volumeId())) {
                throw FailureException.conflict(
                        vm.name() + " boots from this disk, so it stays with it; delete the VM and"
                                + " keep its disks to have the disk alone.");
            }
            if (!isAttached(vm, request.volumeId())) {
                links.requireIndependent(tx, vm, "The disk cannot be detached");
            }
            List<String> snapshots = this.snapshots.covering(tx, vm.id(), request.volumeId());
            if (!snapshots.isEmpty()) {
                throw FailureException.conflict("The disk is a part of " + snapshots.size() + " snapshot(s) of "
                        + vm.name() + ", among them " + snapshots.getFirst()
                        + "; delete them before you detach it.");
            }
            if (vm.powerState() == PowerState.PAUSED) {
                throw FailureException.conflict(
                        vm.name() + " is paused, so its guest cannot let go of a disk; resume it first.");
            }
            return new DetachDiskTask.Input(vm.id(), hostOf(vm), request.volumeId());
        });
    }

    private static boolean isAttached(StoredVm vm, UUID volumeId) {
        return vm.disks().stream().anyMatch(disk -> disk.volumeId().equals(volumeId) && disk.attached());
    }

    private static boolean has(StoredVm vm, UUID volumeId) {
        return vm.disks().stream().map(Disk::volumeId).anyMatch(volumeId::equals);
    }

    static UUID hostOf(StoredVm vm) {
        return Objects.requireNonNull(vm.hostId(), "a VM that was made has a host");
    }

    /** Also refuses while it is suspended: what its memory knows cannot change under it. */
    static void requireReady(StoredVm vm) {
        if (vm.phase() == Phase.READY && vm.powerState() == PowerState.SUSPENDED) {
            throw FailureException.conflict(vm.name() + " is suspended, and its memory knows its hardware as it is."
                    + " Start it, or discard its saved state, before you change that.");
        }
        if (vm.phase() != Phase.READY) {
            throw FailureException.conflict(vm.name()
                    + switch (vm.phase()) {
                        case CREATING -> " is still being made; wait for its task.";
                        case DELETING -> " is being deleted.";
                        case LOST -> " has no domain on its host any more.";
                        case READY -> "";
                    });
        }
    }
}
