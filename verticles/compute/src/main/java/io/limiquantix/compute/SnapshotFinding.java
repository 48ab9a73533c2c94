package io.limiquantix.compute;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.Set;

/** Begins to look for the snapshots that a VM's disks have and nobody knows of. */
final class SnapshotFinding {
    private final VmWork work;
    private final FindSnapshotsTask find;

    SnapshotFinding(VmWork work, FindSnapshotsTask find) {
        this.work = work;
        this.find = find;
    }

    void serve(Bus bus) {
        bus.serve(SnapshotApi.FIND, this::find);
    }

    private TaskRef find(ComputeApi.Vm request, Caller caller) {
        return work.begin(request.vmId(), caller, find.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            FormerNamesOfDisks.requireNone(vm);
            List<VolumeName> volumes = vm.disks().stream()
                    .filter(disk -> !disk.readOnly())
                    .map(SnapshotFinding::name)
                    .toList();
            return new FindSnapshotsTask.Input(
                    vm.id(), VmDisks.hostOf(vm), volumes, caller.actor().name());
        });
    }

    private static VolumeName name(Disk disk) {
        return new VolumeName(disk.poolId(), disk.volumeId());
    }
}
