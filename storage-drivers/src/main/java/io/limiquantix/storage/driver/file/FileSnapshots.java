package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.image.Qcow2Snapshots;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Snapshots inside qcow2 files, named by their ids. */
final class FileSnapshots implements Snapshots {
    private final PoolFolder folder;
    private final FileVolumes volumes;
    private final QemuImg qemuImg;
    private final IdLocks locks;

    FileSnapshots(PoolFolder folder, FileVolumes volumes, QemuImg qemuImg, IdLocks locks) {
        this.folder = folder;
        this.volumes = volumes;
        this.qemuImg = qemuImg;
        this.locks = locks;
    }

    @Override
    public Snapshot create(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Path file = qcow2(volumeId);
            Optional<Snapshot> there = find(volumeId, snapshotId);
            if (there.isEmpty()) {
                qemuImg.createSnapshot(file, snapshotId.toString());
            }
            return there.orElseGet(() -> find(volumeId, snapshotId).orElseThrow(() -> missing(snapshotId)));
        }
    }

    @Override
    public Volume revert(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Path file = qcow2(volumeId);
            if (find(volumeId, snapshotId).isEmpty()) {
                throw missing(snapshotId);
            }
            qemuImg.revertToSnapshot(file, snapshotId.toString());
            return volumes.find(volumeId).orElseThrow(() -> FileVolumes.missing(volumeId));
        }
    }

    @Override
    public void delete(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            if (find(volumeId, snapshotId).isPresent()) {
                qemuImg.deleteSnapshot(folder.volume(volumeId, VolumeFormat.QCOW2), snapshotId.toString());
            }
        }
    }

    @Override
    public QemuLocation location(UUID volumeId, UUID snapshotId) {
        Path file = qcow2(volumeId);
        if (find(volumeId, snapshotId).isEmpty()) {
            throw missing(snapshotId);
        }
        return new QemuLocation(file.toString(), VolumeFormat.QCOW2, snapshotId.toString());
    }

    private Optional<Snapshot> find(UUID volumeId, UUID snapshotId) {
        return list(volumeId).stream().filter(s -> s.id().equals(snapshotId)).findFirst();
    }

    /** Those that somebody made by hand have other names and are left alone. */
    @Override
    public List<Snapshot> list(UUID volumeId) {
        try {
            return VanishingFile.read(folder.volume(volumeId, VolumeFormat.QCOW2), Qcow2Snapshots::read)
                    .orElse(List.of())
                    .stream()
                    .flatMap(entry ->
                            IdentifiedFile.id(entry.name())
                                    .map(id -> new Snapshot(id, volumeId, entry.diskBytes(), false))
                                    .stream())
                    .toList();
        } catch (IOException e) {
            throw StorageException.of("The volume's snapshots cannot be read", e);
        }
    }

    private Path qcow2(UUID volumeId) {
        Volume volume = volumes.find(volumeId).orElseThrow(() -> FileVolumes.missing(volumeId));
        if (volume.format() != VolumeFormat.QCOW2) {
            throw StorageException.invalid(
                    "format", "A raw file cannot have snapshots; copy the volume into a qcow2 one first.");
        }
        return folder.volume(volumeId, VolumeFormat.QCOW2);
    }

    static StorageException missing(UUID snapshotId) {
        return StorageException.notFound("The volume has no snapshot " + snapshotId + ".");
    }
}
