package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.SnapshotTreeApi.Node;
import io.limiquantix.bus.storage.FoundSnapshotApi.Found;
import io.limiquantix.bus.storage.FoundSnapshotApi.Stored;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Stores snapshots of volumes that a host has found, once it has said so again. */
final class FoundSnapshots {
    private final Database database;
    private final Bus bus;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore store = new SnapshotStore();

    FoundSnapshots(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    Stored store(Found found, Caller caller) {
        Map<UUID, Long> sizes = new HashMap<>();
        for (StorageApi.Snapshot part : found.parts()) {
            sizes.put(part.snapshotId(), sizeBytes(found, part, caller));
        }
        return database.transaction(tx -> new Stored(found.parts().stream()
                .map(part -> {
                    store.found(tx, part, found, sizes.getOrDefault(part.snapshotId(), 0L));
                    return store.get(tx, part.volumeId(), part.snapshotId());
                })
                .toList()));
    }

    private long sizeBytes(Found found, StorageApi.Snapshot part, Caller caller) {
        VolumeView volume = database.transaction(tx -> volumes.get(tx, part.volumeId()));
        SnapshotTreeApi.Tree tree = bus.request(
                SnapshotTreeApi.READ.at(found.hostId()),
                new VolumeName(volume.poolId(), volume.id()),
                caller.part(volume.id().toString()));
        return tree.nodes().stream()
                .filter(node -> node.snapshotId().equals(part.snapshotId()))
                .map(Node::sizeBytes)
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("The volume " + volume.name()
                        + " does not have the snapshot " + part.snapshotId() + " any more."));
    }
}
