package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.util.List;
import java.util.UUID;

/** Removes a volume that nobody needs. */
final class VolumeRemoval {
    private final RbdSnapshotCommands snapshots;
    private final Workbench workbench;
    private final Watchers watchers;
    private final Rbd rbd;

    VolumeRemoval(Rbd rbd, RbdSnapshotCommands snapshots, Workbench workbench, Watchers watchers) {
        this.rbd = rbd;
        this.snapshots = snapshots;
        this.workbench = workbench;
        this.watchers = watchers;
    }

    /** @throws StorageException as {@link io.limiquantix.storage.driver.Volumes#delete} */
    void remove(UUID id, SnapshotsOfIt snapshotsOfIt) {
        String name = Kind.VOLUME.name(id);
        if (rbd.find(name).isPresent()) {
            if (snapshotsOfIt == SnapshotsOfIt.KEEP) {
                refuseWithSnapshots(name);
            }
            refuseCloned(name);
            watchers.refuseInUse(name, "The volume " + id);
        }
        workbench.remove(name);
    }

    private void refuseWithSnapshots(String name) {
        int count = snapshots.list(name).size();
        if (count > 0) {
            throw StorageException.conflict(
                    "The volume has " + count + " snapshot(s); delete them first, or let them be deleted with it.");
        }
    }

    private void refuseCloned(String name) {
        List<String> clones = snapshots.clones(name);
        if (!clones.isEmpty()) {
            throw StorageException.conflict("Other RBD images share blocks with a snapshot of the volume: "
                    + String.join(", ", clones) + ". Make them independent or delete them first.");
        }
    }
}
