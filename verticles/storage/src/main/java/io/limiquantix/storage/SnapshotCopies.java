package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.Optional;
import java.util.UUID;

/** Begins to copy what snapshots hold into volumes of VMs. */
final class SnapshotCopies {
    private final Database database;
    private final Tasks tasks;
    private final VolumePlace place;
    private final CopyTasks copies;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore snapshots = new SnapshotStore();
    private final PoolStore pools = new PoolStore();

    SnapshotCopies(Database database, Tasks tasks, VolumePlace place, CopyTasks copies) {
        this.database = database;
        this.tasks = tasks;
        this.place = place;
        this.copies = copies;
    }

    TaskRef begin(StorageApi.CopySnapshot request, Caller caller) {
        Optional<TaskRef> earlier = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        VolumeView source =
                database.transaction(tx -> volumes.get(tx, request.source().volumeId()));
        // Asked before anything is locked, as other services know.
        UUID user = place.hostOf(source, caller);
        return database.transaction(tx ->
                tasks.submitted(tx, caller.operationId()).orElseGet(() -> submit(tx, request, source, user, caller)));
    }

    private TaskRef submit(
            Transaction tx, StorageApi.CopySnapshot request, VolumeView source, UUID user, Caller caller) {
        SnapshotView snapshot = snapshots.get(tx, source.id(), request.source().snapshotId());
        if (snapshot.state() != SnapshotView.State.READY) {
            throw FailureException.conflict("The snapshot " + snapshot.name() + " is not ready.");
        }
        pools.lock(tx, request.poolId());
        CopyPlace way = new CopyPlace(source, require(tx, source.poolId()), require(tx, request.poolId()));
        CopyPlace.Hosts hosts = way.hosts(request.hostId(), user);
        var wish = new StorageApi.ProvisionVolume(
                request.volumeId(),
                request.poolId(),
                hosts.writes(),
                request.name(),
                // qemu-img makes a copy of a snapshot as large as its volume is by now.
                Math.max(snapshot.sizeBytes(), source.sizeBytes()),
                new VolumeOrigin(null, source.id(), snapshot.id()),
                true,
                HostStorageApi.Preallocation.THIN,
                request.vmId());
        return copies.submit(tx, wish, way, hosts, caller);
    }

    private PoolView require(Transaction tx, UUID poolId) {
        return pools.find(tx, poolId).orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
    }
}
