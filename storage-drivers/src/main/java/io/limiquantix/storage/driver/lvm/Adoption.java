package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import java.util.List;
import java.util.UUID;

/** Volumes that others made in the pool's thin pool. They are looked at only, until one is to become a volume. */
final class Adoption {
    private final VolumeGroup group;

    Adoption(VolumeGroup group) {
        this.group = group;
    }

    /** Whatever their bytes look like, they are raw to QEMU. */
    List<UnmanagedVolume> candidates() {
        return group.volumes().stream()
                .filter(this::isForeign)
                .map(each -> new UnmanagedVolume(each.name(), VolumeFormat.RAW, each.sizeBytes()))
                .toList();
    }

    private boolean isForeign(LogicalVolume volume) {
        return volume.pool().equals(group.thinPool()) && !volume.name().startsWith(OwnName.PREFIX);
    }

    void take(List<LogicalVolume> there, String name, UUID id) {
        LogicalVolume volume = there.stream()
                .filter(each -> each.name().equals(name) && isForeign(each))
                .findFirst()
                .orElseThrow(() -> StorageException.notFound(
                        "In the pool's thin pool, there is no volume of that name that others made."));
        if (volume.open()) {
            throw StorageException.conflict("The logical volume " + name + " is in use. Stop that first.");
        }
        // A snapshot made by hand would not come up when the pool is opened again.
        group.use(name);
        group.rename(name, Kind.VOLUME.name(id));
    }
}
