package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StoragePool;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a volume are read from for a long time, if nobody changes them meanwhile. */
final class CopySource {
    private final OpenPools pools;
    private final VolumesInUse inUse;

    CopySource(OpenPools pools, VolumesInUse inUse) {
        this.pools = pools;
        this.inUse = inUse;
    }

    /**
     * @param snapshotId absent for what the volume holds now
     * @throws FailureException {@code CONFLICT} while a domain uses the volume and no snapshot is meant, {@code NOT_FOUND}
     */
    QemuLocation of(UUID poolId, UUID volumeId, @Nullable UUID snapshotId, Instant deadline) {
        StoragePool pool = pools.require(poolId);
        if (snapshotId != null) {
            return StorageFailures.translate(() -> pool.snapshots().location(volumeId, snapshotId));
        }
        Set<DiskSource> sources = StorageFailures.translate(() -> pool.volumes().sources(volumeId));
        inUse.findAny(sources, deadline).ifPresent(user -> {
            throw FailureException.conflict("The volume " + volumeId + " is a disk of " + user.described()
                    + ", and its pool has no snapshots that could be copied meanwhile. Shut the machine down first.");
        });
        return StorageFailures.translate(() -> pool.volumes().location(volumeId));
    }
}
