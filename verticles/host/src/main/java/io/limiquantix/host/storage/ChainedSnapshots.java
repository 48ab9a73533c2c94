package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.host.journal.Turns;
import io.limiquantix.host.libvirt.DiskFiles;
import io.limiquantix.host.storage.ChainedVolumes.Place;
import io.limiquantix.storage.driver.Overlays.Merge;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of volumes that are chains of files, with a domain that uses the volume or without. Whatever was cut off between two
 * steps is gone on with, or taken back, by what is asked next.
 */
public final class ChainedSnapshots {
    private final OpenPools pools;
    private final ChainedVolumes volumes;
    private final VolumesInUse inUse;
    private final DiskFiles disks;

    public ChainedSnapshots(OpenPools pools, ChainedVolumes volumes, VolumesInUse inUse, DiskFiles disks) {
        this.pools = pools;
        this.volumes = volumes;
        this.inUse = inUse;
        this.disks = disks;
    }

    /** Keeps what the volume holds now; a running guest goes on in another file. */
    public Snapshot create(SnapshotName name, Instant deadline) {
        try (Turns.Held _ = volumes.hold(name.volumeId(), deadline)) {
            return pools.change(name.poolId(), deadline, pool -> {
                Place place = volumes.settleFiles(pool, name.volumeId(), deadline);
                Snapshot made = place.isRunning()
                        ? createUnder(pool, place, name, deadline)
                        : pool.snapshots().create(name.volumeId(), name.snapshotId());
                volumes.follow(pool, place, deadline);
                return made;
            });
        }
    }

    private Snapshot createUnder(StoragePool pool, Place place, SnapshotName name, Instant deadline) {
        disks.refuseWhileBusy(place.disk(), deadline);
        OverlaySwitch.prepare(pool, place, name)
                .ifPresent(one -> OverlaySwitch.go(
                        List.of(one), to -> disks.goOver(place.user().vmId(), to, deadline), inUse, deadline));
        return ChainedVolumes.overlays(pool).switched(name.volumeId(), name.snapshotId());
    }

    /**
     * Brings the volume back to the snapshot.
     *
     * @throws FailureException {@code CONFLICT} while a domain runs with it
     */
    public Volume revert(SnapshotName name, Instant deadline) {
        try (Turns.Held _ = volumes.hold(name.volumeId(), deadline)) {
            return pools.change(name.poolId(), deadline, pool -> {
                Place place = volumes.settleFiles(pool, name.volumeId(), deadline);
                if (place.isRunning()) {
                    throw FailureException.conflict("The volume " + name.volumeId()
                            + " is a disk of the running virtual machine "
                            + place.user().vmId() + ". It can be brought back to a snapshot when that is stopped.");
                }
                Volume volume = pool.snapshots().revert(name.volumeId(), name.snapshotId());
                volumes.follow(pool, place, deadline);
                return volume;
            });
        }
    }

    /** Deletes the snapshot; success when there is none. Merging may take hours, and holds up no other change of the pool. */
    public void delete(SnapshotName name, Instant deadline) {
        try (Turns.Held _ = volumes.hold(name.volumeId(), deadline)) {
            Next next = next(name, deadline);
            while (next.merge() != null && next.place() != null) {
                merge(name, next.place(), next.merge(), deadline);
                next = next(name, deadline);
            }
        }
    }

    /** What a running domain has to do next; absent when all is done. */
    private record Next(@Nullable Place place, @Nullable Merge merge) {
        static final Next END = new Next(null, null);
    }

    private Next next(SnapshotName name, Instant deadline) {
        return pools.change(name.poolId(), deadline, pool -> {
            if (pool.volumes().find(name.volumeId()).isEmpty()) {
                return Next.END;
            }
            Place place = volumes.settleFiles(pool, name.volumeId(), deadline);
            if (place.isRunning()) {
                Optional<Merge> merge = ChainedVolumes.overlays(pool).merge(name.volumeId(), name.snapshotId());
                if (merge.isPresent()) {
                    return new Next(place, merge.get());
                }
            } else {
                pool.snapshots().delete(name.volumeId(), name.snapshotId());
            }
            volumes.follow(pool, place, deadline);
            return Next.END;
        });
    }

    private void merge(SnapshotName name, Place place, Merge merge, Instant deadline) {
        var files = new DiskFiles.Files(
                ChainedVolumes.file(merge.top()), ChainedVolumes.file(merge.base()), merge.active());
        disks.merge(place.disk(), files, deadline);
        pools.change(name.poolId(), deadline, pool -> {
            ChainedVolumes.overlays(pool).merged(name.volumeId(), merge);
            volumes.follow(pool, place, deadline);
            return true;
        });
    }
}
