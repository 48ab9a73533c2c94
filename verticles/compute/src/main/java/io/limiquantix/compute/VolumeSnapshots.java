package io.limiquantix.compute;

import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The snapshots of volumes that the storage knows of. */
final class VolumeSnapshots {
    private final Bus bus;

    VolumeSnapshots(Bus bus) {
        this.bus = bus;
    }

    List<SnapshotView> of(Collection<UUID> volumeIds, Caller caller) {
        return volumeIds.stream()
                .flatMap(id ->
                        bus.request(StorageApi.LIST_SNAPSHOTS, new StorageApi.Volume(id), caller).items().stream())
                .toList();
    }
}
