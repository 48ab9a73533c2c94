package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotUse;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Snapshots as thin volumes that are not used; whose they are and when they were made is in their tags. */
final class LvmSnapshots implements Snapshots {
    private static final String VOLUME = "limiquantix.volume";
    private static final String MADE = "limiquantix.made";

    private final VolumeGroup group;
    private final Workbench workbench;
    private final IdLocks locks;

    LvmSnapshots(VolumeGroup group, Workbench workbench, IdLocks locks) {
        this.group = group;
        this.workbench = workbench;
        this.locks = locks;
    }

    /** Those of the volume, oldest first. */
    static List<LogicalVolume> of(List<LogicalVolume> there, UUID volumeId) {
        return there.stream()
                .filter(each -> isOf(each, volumeId))
                .sorted(Comparator.comparing(LvmSnapshots::made))
                .toList();
    }

    private static boolean isOf(LogicalVolume volume, UUID volumeId) {
        return OwnName.id(Kind.SNAPSHOT, volume.name()).isPresent()
                && volume.tag(VOLUME).equals(Optional.of(volumeId.toString()));
    }

    private static long made(LogicalVolume snapshot) {
        return snapshot.tag(MADE).map(Long::parseLong).orElse(0L);
    }

    static LogicalVolume require(List<LogicalVolume> there, UUID volumeId, UUID snapshotId) {
        LvmVolumes.require(there, volumeId);
        return find(there, snapshotId)
                .filter(each -> isOf(each, volumeId))
                .orElseThrow(() -> StorageException.notFound("The volume has no snapshot " + snapshotId + "."));
    }

    private static Optional<LogicalVolume> find(List<LogicalVolume> there, UUID snapshotId) {
        String name = Kind.SNAPSHOT.name(snapshotId);
        return there.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Snapshot create(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            List<LogicalVolume> there = workbench.look(Kind.VOLUME.name(volumeId));
            LogicalVolume volume = LvmVolumes.require(there, volumeId);
            Optional<LogicalVolume> earlier = find(there, snapshotId);
            if (earlier.isPresent()) {
                if (!isOf(earlier.get(), volumeId)) {
                    throw StorageException.conflict("The snapshot " + snapshotId + " is another volume's.");
                }
                return snapshot(volumeId, earlier.get());
            }
            group.snapshotOf(
                    volume.name(),
                    Kind.SNAPSHOT.name(snapshotId),
                    List.of(VOLUME + "=" + volumeId, MADE + "=" + after(there, volumeId)));
            return new Snapshot(snapshotId, volumeId, volume.sizeBytes(), false);
        }
    }

    /** Later than all before it, whatever became of the clock. */
    private static long after(List<LogicalVolume> there, UUID volumeId) {
        long last =
                of(there, volumeId).stream().mapToLong(LvmSnapshots::made).max().orElse(0);
        return Math.max(Instant.now().toEpochMilli(), last + 1);
    }

    private static Snapshot snapshot(UUID volumeId, LogicalVolume found) {
        UUID id = OwnName.id(Kind.SNAPSHOT, found.name()).orElseThrow();
        return new Snapshot(id, volumeId, found.sizeBytes(), false);
    }

    @Override
    public Volume revert(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            List<LogicalVolume> there = workbench.look(Kind.VOLUME.name(volumeId));
            LogicalVolume snapshot = require(there, volumeId, snapshotId);
            LogicalVolume volume = LvmVolumes.require(there, volumeId);
            LvmVolumes.refuseInUse(volumeId, volume);
            workbench.replace(there, volume.name(), snapshot.name());
            LogicalVolume now = LvmVolumes.require(group.volumes(), volumeId);
            return new Volume(
                    volumeId,
                    new DiskSource.OfDevice(group.device(now.name())),
                    VolumeFormat.RAW,
                    now.sizeBytes(),
                    now.usedBytes());
        }
    }

    @Override
    public void delete(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            find(workbench.look(Kind.VOLUME.name(volumeId)), snapshotId)
                    .filter(each -> isOf(each, volumeId))
                    .ifPresent(each -> group.remove(List.of(each.name())));
        }
    }

    @Override
    public QemuLocation location(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            LogicalVolume snapshot = require(workbench.look(Kind.VOLUME.name(volumeId)), volumeId, snapshotId);
            if (!snapshot.active()) {
                group.activate(snapshot.name());
            }
            return group.location(snapshot.name());
        }
    }

    /** LVM knows what a thin volume has mapped, but not which of that is its own. */
    @Override
    public SnapshotUse use(UUID volumeId) {
        Set<UUID> there = of(group.volumes(), volumeId).stream()
                .flatMap(each -> OwnName.id(Kind.SNAPSHOT, each.name()).stream())
                .collect(Collectors.toSet());
        return new SnapshotUse(there, Map.of(), null);
    }

    @Override
    public List<Snapshot> list(UUID volumeId) {
        return of(group.volumes(), volumeId).stream()
                .map(each -> snapshot(volumeId, each))
                .toList();
    }
}
