package io.limiquantix.host.storage;

import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.VolumeFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a host says of one of its pools. */
final class PoolDescription {
    private PoolDescription() {}

    /** Asks the storage. */
    static PoolReport usable(OpenPool definition, StoragePool open) {
        Capacity capacity = open.capacity();
        return new PoolReport(
                definition.poolId(),
                true,
                capacity.totalBytes(),
                capacity.freeBytes(),
                null,
                abilities(open.capabilities()),
                definition.definition());
    }

    /** What it is able to do is known as long as it is open: that it shares its volumes does not end with its server. */
    static PoolReport unusable(OpenPool definition, @Nullable StoragePool open, String problem) {
        return new PoolReport(
                definition.poolId(),
                false,
                0,
                0,
                problem,
                open == null ? null : abilities(open.capabilities()),
                definition.definition());
    }

    private static PoolAbilities abilities(StorageCapabilities capabilities) {
        return new PoolAbilities(
                capabilities.shared(),
                capabilities.liveSnapshots(),
                labels(capabilities.volumeFormats()),
                labels(capabilities.snapshotFormats()),
                capabilities.sizeUnitBytes(),
                // Only where volumes can be files of their own are images files too.
                capabilities.volumeFormats().contains(VolumeFormat.QCOW2));
    }

    /** As the constants are declared: the one that is usual where both can be is the first. */
    private static List<String> labels(Set<VolumeFormat> formats) {
        return formats.stream().sorted().map(VolumeFormat::label).toList();
    }
}
