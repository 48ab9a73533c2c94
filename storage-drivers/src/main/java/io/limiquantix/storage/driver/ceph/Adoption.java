package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.util.List;
import java.util.UUID;

/** Images that others made in the RBD pool. They are looked at only, until one is to become a volume. */
final class Adoption {
    private final Rbd rbd;
    private final Renaming renaming;
    private final Watchers watchers;

    Adoption(Rbd rbd, Renaming renaming, Watchers watchers) {
        this.rbd = rbd;
        this.renaming = renaming;
        this.watchers = watchers;
    }

    /** Whatever their bytes look like, they are raw to QEMU. */
    List<UnmanagedVolume> candidates() {
        List<String> foreign = rbd.names().stream().filter(Adoption::isForeign).toList();
        return InParallel.ask(foreign, name -> rbd.find(name)
                .map(image -> new UnmanagedVolume(name, VolumeFormat.RAW, image.sizeBytes())));
    }

    /** Those whose names the tools do not take could only be adopted when they were renamed. */
    private static boolean isForeign(String name) {
        return !name.startsWith(OwnName.PREFIX) && Rbd.isSafe(name);
    }

    /** Gives the image the volume's name, unless there is that volume. */
    void take(String name, UUID id) {
        String volume = Kind.VOLUME.name(id);
        // An adoption that was cut off may have left one image with both names.
        if (rbd.find(volume).isPresent() && !(isForeign(name) && renaming.sameImage(name, volume))) {
            return;
        }
        if (!isForeign(name) || rbd.find(name).isEmpty()) {
            throw StorageException.notFound("In the RBD pool, there is no image of that name that others made.");
        }
        watchers.refuseInUse(name, "The RBD image " + name);
        renaming.rename(name, volume);
    }
}
