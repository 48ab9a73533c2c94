package io.limiquantix.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotDeleted;
import io.limiquantix.bus.host.HostStorageApi.SnapshotMade;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.UUID;

/** Keeps volumes as they are while they are read, by snapshots that nobody sees. */
final class VolumeHolds {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Bus bus;
    private final VolumePlace place;
    private final VolumeStore volumes = new VolumeStore();

    VolumeHolds(Database database, Bus bus, VolumePlace place) {
        this.database = database;
        this.bus = bus;
        this.place = place;
    }

    /**
     * A snapshot that keeps a volume as it is.
     *
     * @param hostId who is asked once the volume is gone
     */
    record Held(UUID poolId, UUID volumeId, UUID snapshotId, UUID hostId) {
        private HostStorageApi.SnapshotName name() {
            return new HostStorageApi.SnapshotName(poolId, volumeId, snapshotId);
        }
    }

    /** An id for one, of version 8: those of snapshots that people have are of version 7, and whoever looks for these passes by. */
    static UUID newId() {
        return Uuid7.derived(Uuid7.next(), "hold");
    }

    /** Keeps what the volume holds now. */
    Nothing hold(Held held, Caller caller) {
        SnapshotMade made = bus.request(
                HostStorageApi.CREATE_SNAPSHOT.at(holder(held, caller)), held.name(), caller.within(HOST_PATIENCE));
        database.run(tx -> volumes.seen(tx, made.volume()));
        return Nothing.NOTHING;
    }

    /** Success when it is gone already. */
    Nothing letGo(Held held, Caller caller) {
        SnapshotDeleted gone = bus.request(
                HostStorageApi.DELETE_SNAPSHOT.at(holder(held, caller)), held.name(), caller.within(HOST_PATIENCE));
        database.run(tx -> volumes.seen(tx, gone.volume()));
        return Nothing.NOTHING;
    }

    private UUID holder(Held held, Caller caller) {
        return place.holderOf(held.volumeId(), held.hostId(), caller);
    }
}
