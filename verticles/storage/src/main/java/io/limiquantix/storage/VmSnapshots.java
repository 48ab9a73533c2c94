package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsMade;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsOfDomain;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.List;

/** Snapshots of all disks of a VM at one moment, made by the VM's host and stored as it confirmed them. */
final class VmSnapshots {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Bus bus;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore store = new SnapshotStore();

    VmSnapshots(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    StorageApi.VmDisksKept make(StorageApi.SnapshotVm request, Caller caller) {
        List<HostStorageApi.SnapshotName> names = database.transaction(tx ->
                request.disks().stream().map(disk -> begin(tx, request, disk)).toList());
        SnapshotsMade made = bus.request(
                HostStorageApi.CREATE_SNAPSHOTS.at(request.hostId()),
                new SnapshotsOfDomain(
                        request.vmId(), names, request.quiesce(), request.memory() ? request.vmSnapshotId() : null),
                caller.part("create").within(HOST_PATIENCE));
        return database.transaction(tx -> {
            made.disks().forEach(disk -> {
                store.confirmed(tx, disk.snapshot());
                volumes.seen(tx, disk.volume());
            });
            List<SnapshotView> disks = request.disks().stream()
                    .map(disk -> store.get(tx, disk.volumeId(), disk.snapshotId()))
                    .toList();
            return new StorageApi.VmDisksKept(disks, made.stillness(), made.memoryBytes());
        });
    }

    private HostStorageApi.SnapshotName begin(Transaction tx, StorageApi.SnapshotVm request, StorageApi.Snapshot disk) {
        VolumeView volume = volumes.get(tx, disk.volumeId());
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        store.insert(tx, disk.snapshotId(), volume.id(), request.name(), request.vmSnapshotId());
        return new HostStorageApi.SnapshotName(volume.poolId(), volume.id(), disk.snapshotId());
    }
}
