package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.ChangeCdrom;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Caller;
import java.util.Set;

/** Begins to change what is in VMs' CD-ROM drives. */
final class VmCdroms {
    private static final int MOST_CDROMS = 4;

    private final VmWork work;
    private final VmPlaces places;
    private final ChangeCdromTask task;

    VmCdroms(VmWork work, VmPlaces places, ChangeCdromTask task) {
        this.work = work;
        this.places = places;
        this.task = task;
    }

    TaskRef change(ChangeCdrom request, Caller caller) {
        Cdrom medium = places.cdrom(request.vmId(), request.imageId(), caller);
        return work.begin(request.vmId(), caller, task.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            requireDrive(vm, request.drive());
            return new ChangeCdromTask.Input(
                    vm.id(), VmDisks.hostOf(vm), request.drive(), vm.cdroms(), medium, request.force());
        });
    }

    private static void requireDrive(StoredVm vm, int drive) {
        int count = vm.cdroms().size();
        if (drive < count) {
            return;
        }
        if (drive > count || drive < 0) {
            throw FailureException.notFound(vm.name() + " has no CD-ROM drive " + drive + "; it has " + count + ".");
        }
        if (count >= MOST_CDROMS) {
            throw FailureException.conflict(vm.name() + " has " + count + " CD-ROM drives, more is not possible.");
        }
        if (vm.powerState() != PowerState.STOPPED && vm.powerState() != PowerState.CRASHED) {
            throw FailureException.conflict(
                    "A CD-ROM drive is added only while the VM is off; shut " + vm.name() + " down first.");
        }
    }
}
