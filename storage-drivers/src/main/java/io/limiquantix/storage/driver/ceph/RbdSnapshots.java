package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotUse;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Snapshots of RBD images, named by their ids. Those that somebody made by hand have other names and are left alone. */
final class RbdSnapshots implements Snapshots {
    private final Rbd rbd;
    private final RbdSnapshotCommands commands;
    private final Volumes volumes;
    private final Watchers watchers;
    private final IdLocks locks;

    RbdSnapshots(Rbd rbd, RbdSnapshotCommands commands, Volumes volumes, Watchers watchers, IdLocks locks) {
        this.rbd = rbd;
        this.commands = commands;
        this.volumes = volumes;
        this.watchers = watchers;
        this.locks = locks;
    }

    @Override
    public Snapshot create(UUID volumeId, UUID snapshotId) {
        String volume = Kind.VOLUME.name(volumeId);
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            if (find(volume, snapshotId).isEmpty()) {
                take(volumeId, volume, snapshotId);
            }
            RbdSnapshot made = find(volume, snapshotId).orElseThrow(() -> missing(snapshotId));
            return describe(volumeId, volume, snapshotId, made);
        }
    }

    private void take(UUID volumeId, String volume, UUID snapshotId) {
        try {
            commands.create(volume, snapshotId.toString());
        } catch (StorageException e) {
            switch (e.reason()) {
                case NOT_FOUND -> throw RbdVolumes.missing(volumeId);
                // Another host that was asked for the same was faster.
                case CONFLICT -> {}
                case INVALID, NO_SPACE, FAILED, TIMEOUT -> throw e;
            }
        }
    }

    @Override
    public Volume revert(UUID volumeId, UUID snapshotId) {
        String volume = Kind.VOLUME.name(volumeId);
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            if (find(volume, snapshotId).isEmpty()) {
                throw missing(snapshotId);
            }
            watchers.refuseInUse(volume, "The volume " + volumeId);
            commands.rollBack(volume, snapshotId.toString());
            return volumes.find(volumeId).orElseThrow(() -> RbdVolumes.missing(volumeId));
        }
    }

    @Override
    public void delete(UUID volumeId, UUID snapshotId) {
        String volume = Kind.VOLUME.name(volumeId);
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Optional<RbdSnapshot> there = find(volume, snapshotId);
            if (there.isEmpty()) {
                return;
            }
            String name = snapshotId.toString();
            refuseCloned(volume, name);
            if (there.get().isProtected()) {
                commands.unprotect(volume, name);
            }
            remove(volume, name);
        }
    }

    private void remove(String volume, String snapshot) {
        try {
            commands.remove(volume, snapshot);
        } catch (StorageException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void refuseCloned(String volume, String snapshot) {
        List<String> clones = commands.clones(volume, snapshot);
        if (!clones.isEmpty()) {
            throw StorageException.conflict("Other RBD images share blocks with the snapshot: "
                    + String.join(", ", clones) + ". Make them independent or delete them first.");
        }
    }

    @Override
    public QemuLocation location(UUID volumeId, UUID snapshotId) {
        String volume = Kind.VOLUME.name(volumeId);
        if (find(volume, snapshotId).isEmpty()) {
            throw missing(snapshotId);
        }
        return rbd.location(volume + "@" + snapshotId);
    }

    @Override
    public List<Snapshot> list(UUID volumeId) {
        String volume = Kind.VOLUME.name(volumeId);
        return commands.list(volume).stream()
                .flatMap(snapshot ->
                        OwnName.id(snapshot.name()).map(id -> describe(volumeId, volume, id, snapshot)).stream())
                .toList();
    }

    /** Counting an image that does not keep count means to look at all of its objects, so that is left. */
    @Override
    public SnapshotUse use(UUID volumeId) {
        String volume = Kind.VOLUME.name(volumeId);
        Set<UUID> there = new HashSet<>();
        commands.list(volume).forEach(snapshot -> OwnName.id(snapshot.name()).ifPresent(there::add));
        Map<UUID, Long> bytes = new HashMap<>();
        if (!there.isEmpty() && rbd.find(volume).map(RbdImage::counted).orElse(false)) {
            rbd.usedBySnapshots(volume).forEach((name, used) -> OwnName.id(name).ifPresent(id -> bytes.put(id, used)));
        }
        return new SnapshotUse(there, bytes, null);
    }

    /** Only what is protected can have clones, so nothing else is asked. */
    private Snapshot describe(UUID volumeId, String volume, UUID id, RbdSnapshot snapshot) {
        boolean depended = snapshot.isProtected()
                && !commands.clones(volume, snapshot.name()).isEmpty();
        return new Snapshot(id, volumeId, snapshot.sizeBytes(), depended);
    }

    private Optional<RbdSnapshot> find(String volume, UUID snapshotId) {
        String name = snapshotId.toString();
        return commands.list(volume).stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst();
    }

    static StorageException missing(UUID snapshotId) {
        return StorageException.notFound("The volume has no snapshot " + snapshotId + ".");
    }
}
