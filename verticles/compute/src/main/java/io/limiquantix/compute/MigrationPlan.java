package io.limiquantix.compute;

import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a migration's task is told.
 *
 * @param seedStays whether the seed is in a pool that both hosts reach; absent: there is none
 * @param settleOnly whether nothing is begun any more: an earlier task could not find out where the VM is
 */
record MigrationPlan(
        UUID vmId,
        UUID migrationId,
        UUID source,
        String sourceName,
        UUID target,
        String targetName,
        List<Carried> disks,
        @Nullable Boolean seedStays,
        MoveLimits limits,
        boolean settleOnly) {
    MigrationPlan {
        disks = List.copyOf(disks);
    }

    /**
     * A disk that goes along.
     *
     * @param imageId what it may stand on, which the target needs first
     */
    record Carried(UUID volumeId, UUID poolId, @Nullable UUID imageId) {}

    /** The same for a task that only finds out where the VM is. */
    MigrationPlan toSettle() {
        return new MigrationPlan(
                vmId, migrationId, source, sourceName, target, targetName, disks, seedStays, limits, true);
    }
}
