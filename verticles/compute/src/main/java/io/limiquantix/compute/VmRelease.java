package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.AdoptionApi;
import io.limiquantix.bus.compute.AdoptionApi.ReleaseVm;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Begins to release VMs, where libvirt alone can do with them what they need. */
final class VmRelease {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmWork work;
    private final CloneLinks links;
    private final ReleaseVmTask task;
    private final VmSnapshotStore snapshots = new VmSnapshotStore();

    VmRelease(Database database, Bus bus, VmStore vms, VmWork work, CloneLinks links, ReleaseVmTask task) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.work = work;
        this.links = links;
        this.task = task;
    }

    void serve() {
        bus.serve(AdoptionApi.RELEASE, this::begin);
    }

    private TaskRef begin(ReleaseVm request, Caller caller) {
        StoredVm seen = database.transaction(tx -> vms.get(tx, request.vmId()));
        links.forgetIndependent(request.vmId(), caller);
        List<String> ofDisks = isHalfway(seen) ? List.of() : obstacles(seen, caller);
        return work.begin(request.vmId(), caller, task.kind(), Set.of(), (tx, vm) -> {
            VmEditing.requireVersion(vm, request.expectedVersion());
            if (!vm.disks().equals(seen.disks())) {
                throw FailureException.conflict(vm.name() + " was changed at this moment; ask again.");
            }
            if (!isHalfway(vm)) {
                requireReleasable(tx, vm, ofDisks);
            }
            vms.enter(tx, vm.id(), Phase.DELETING, null);
            return new ReleaseVmTask.Input(vm.id(), VmDisks.hostOf(vm));
        });
    }

    private static boolean isHalfway(StoredVm vm) {
        return vm.phase() == Phase.DELETING
                && ReleaseVmTask.FAILED_HALFWAY.equals(vm.observed().problem());
    }

    private List<String> obstacles(StoredVm vm, Caller caller) {
        Set<UUID> local = bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items().stream()
                .filter(pool -> pool.driver().equals("local"))
                .map(PoolView::id)
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        for (Disk disk : vm.disks()) {
            VolumeView volume = bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller);
            String name = "Its disk " + volume.name();
            if (!local.contains(disk.poolId())) {
                found.add(
                        name
                                + " is in a pool that only LimiQuantix makes reachable; copy it into one of the kind local first.");
            }
            if (!volume.independent() || volume.origin().linked()) {
                found.add(name + " stands on an image or on another disk; make it independent first.");
            }
            if (volume.snapshotCount() > 0) {
                found.add(name + " has snapshots; delete them first.");
            }
            if (volume.shareable()) {
                found.add(name + " can be used by several virtual machines; detach it first.");
            }
        }
        return found;
    }

    private void requireReleasable(Transaction tx, StoredVm vm, List<String> ofDisks) {
        VmDisks.requireReady(vm);
        List<String> found = new ArrayList<>(ofDisks);
        switch (vm.powerState()) {
            case RUNNING, PAUSED, STOPPED, CRASHED -> {
                // libvirt alone can go on with it.
            }
            case SUSPENDED -> found.add("Its memory is kept; start it, or discard its saved state, first.");
            case STOPPING, UNKNOWN ->
                found.add("It is just ending, or nobody knows how it is; wait until that is known.");
        }
        if (!snapshots.list(tx, vm.id()).isEmpty()) {
            found.add("It has snapshots; delete them first.");
        }
        List<String> clones = links.needing(tx, vm.id());
        if (!clones.isEmpty()) {
            found.add("Clones need its disks: " + String.join(", ", clones)
                    + ". Make their disks independent, or delete them, first.");
        }
        if (vm.cdroms().stream().anyMatch(drive -> drive.imageId() != null)) {
            found.add("There is an image of the library in a CD-ROM drive; take it out first.");
        }
        if (!found.isEmpty()) {
            throw FailureException.conflict(vm.name() + " cannot be released as it is. " + String.join(" ", found));
        }
    }
}
