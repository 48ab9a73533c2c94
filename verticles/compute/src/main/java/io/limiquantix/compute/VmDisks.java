package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Caller;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Begins to give disks to VMs and to take them away. */
final class VmDisks {
    private static final int MOST_DISKS = 64;

    private final VmWork work;
    private final AttachDiskTask attach;
    private final DetachDiskTask detach;

    VmDisks(VmWork work, AttachDiskTask attach, DetachDiskTask detach) {
        this.work = work;
        this.attach = attach;
        this.detach = detach;
    }

    TaskRef attach(ComputeApi.AttachDisk request, Caller caller) {
        return work.begin(request.vmId(), caller, attach.kind(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            if (has(vm, request.volumeId())) {
                throw FailureException.conflict(vm.name() + " has this volume as a disk already.");
            }
            if (vm.disks().size() >= MOST_DISKS) {
                throw FailureException.conflict(vm.name() + " has " + MOST_DISKS + " disks, more is not possible.");
            }
            return new AttachDiskTask.Input(vm.id(), hostOf(vm), request.volumeId(), request.readOnly());
        });
    }

    TaskRef detach(ComputeApi.DetachDisk request, Caller caller) {
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
            if (vm.powerState() == PowerState.PAUSED) {
                throw FailureException.conflict(
                        vm.name() + " is paused, so its guest cannot let go of a disk; resume it first.");
            }
            return new DetachDiskTask.Input(vm.id(), hostOf(vm), request.volumeId());
        });
    }

    private static boolean has(StoredVm vm, UUID volumeId) {
        return vm.disks().stream().map(Disk::volumeId).anyMatch(volumeId::equals);
    }

    private static UUID hostOf(StoredVm vm) {
        return Objects.requireNonNull(vm.hostId(), "a VM that was made has a host");
    }

    private static void requireReady(StoredVm vm) {
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
