package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which disks of a VM a snapshot covers: those that it alone writes to. */
final class SnapshotDisks {
    private final Bus bus;

    SnapshotDisks(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param of the VM's volumes at that time
     * @param disks those that are covered, with ids for their snapshots
     */
    record Choice(List<UUID> of, List<VmSnapshotView.Disk> disks) {
        Choice {
            of = List.copyOf(of);
            disks = List.copyOf(disks);
        }

        /** Refuses a VM that has other disks by now. */
        void requireStillOf(StoredVm vm) {
            if (!volumes(vm).equals(of)) {
                throw FailureException.conflict("The disks of " + vm.name() + " have just changed; try again.");
            }
        }
    }

    private static List<UUID> volumes(StoredVm vm) {
        return vm.disks().stream().map(Disk::volumeId).toList();
    }

    /** @throws FailureException {@code CONFLICT} that names what cannot have snapshots now */
    Choice of(StoredVm vm, Caller caller) {
        return of(vm, vm.powerState() == PowerState.STOPPED || vm.powerState() == PowerState.CRASHED, caller);
    }

    /** The same of a VM that is off when the snapshot is made. */
    Choice ofStopped(StoredVm vm, Caller caller) {
        return of(vm, true, caller);
    }

    private Choice of(StoredVm vm, boolean off, Caller caller) {
        Map<UUID, PoolView> pools = new HashMap<>();
        List<VmSnapshotView.Disk> disks = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        for (Disk disk : vm.disks()) {
            VolumeView volume = bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller);
            if (disk.readOnly() || volume.shareable()) {
                continue;
            }
            PoolView pool = pools.computeIfAbsent(
                    volume.poolId(), id -> bus.request(StorageApi.GET_POOL, new StorageApi.Pool(id), caller));
            pool.abilities().ifPresent(can -> {
                if (!can.snapshotFormats().contains(volume.format())) {
                    obstacles.add(volume.name() + " is " + volume.format() + ", of which the pool " + pool.name()
                            + " has no snapshots: copy it into another format or pool, or detach it first");
                } else if (!off && !can.liveSnapshots()) {
                    obstacles.add(volume.name() + " lies in the pool " + pool.name()
                            + ", which makes snapshots of stopped machines only: shut it down first");
                }
            });
            disks.add(new VmSnapshotView.Disk(volume.id(), Uuid7.next(), volume.sizeBytes()));
        }
        if (!obstacles.isEmpty()) {
            throw FailureException.conflict(
                    "No snapshot of " + vm.name() + " can be made: " + String.join("; ", obstacles) + ".");
        }
        if (disks.isEmpty()) {
            throw FailureException.conflict(
                    vm.name() + " has no disk that it alone writes to, so there is nothing to keep.");
        }
        return new Choice(volumes(vm), disks);
    }
}
