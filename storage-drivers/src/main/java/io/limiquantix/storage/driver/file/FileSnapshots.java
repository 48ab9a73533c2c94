package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotTree;
import io.limiquantix.storage.driver.SnapshotUse;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.image.Qcow2Snapshots;
import io.limiquantix.storage.driver.qemu.ImageLock;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Snapshots of qcow2 files: the file stays as it is, and the volume goes on in an overlay. Those that lie inside of first files,
 * named by their ids, were made by earlier versions and can still be used.
 */
final class FileSnapshots implements Snapshots {
    private final PoolFolder folder;
    private final FileVolumes volumes;
    private final VolumeChains chains;
    private final QemuImg qemuImg;
    private final OverlayMaking making;
    private final FileMerging merging;
    private final LinkedVolumes linked;
    private final IdLocks locks;

    FileSnapshots(
            PoolFolder folder,
            FileVolumes volumes,
            VolumeChains chains,
            QemuImg qemuImg,
            NewFiles newFiles,
            IdLocks locks) {
        this.folder = folder;
        this.volumes = volumes;
        this.chains = chains;
        this.qemuImg = qemuImg;
        this.making = new OverlayMaking(folder, chains, newFiles);
        this.linked = new LinkedVolumes(folder);
        this.merging = new FileMerging(chains, linked, qemuImg);
        this.locks = locks;
    }

    @Override
    public Optional<Overlays> overlays() {
        return Optional.of(new FileOverlays(folder, volumes, this, chains, making, merging, locks));
    }

    @Override
    public Snapshot create(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Volume volume = requireQcow2(volumeId);
            Optional<Snapshot> there = find(volumeId, snapshotId);
            if (there.isPresent()) {
                return there.get();
            }
            Chain chain = chains.settled(volumeId);
            ImageLock.refuseWhileWritten(chains.file(chain.current()));
            chains.sweep(volumeId);
            String overlay = making.make(volumeId, snapshotId, chain.current(), volume.sizeBytes());
            chains.write(volumeId, chain.froze(snapshotId, volume.sizeBytes(), overlay));
            return new Snapshot(snapshotId, volumeId, volume.sizeBytes(), false);
        } catch (IOException e) {
            throw StorageException.of("The snapshot cannot be made", e);
        }
    }

    @Override
    public Volume revert(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Chain chain = chains.settled(requireQcow2(volumeId).id());
            ImageLock.refuseWhileWritten(chains.file(chain.current()));
            Optional<Chain.Frozen> frozen = chain.find(snapshotId);
            if (frozen.isPresent()) {
                chains.sweep(volumeId);
                String overlay = making.make(
                        volumeId,
                        UUID.randomUUID(),
                        frozen.get().file(),
                        frozen.get().sizeBytes());
                chains.write(volumeId, chain.on(overlay));
                chains.sweep(volumeId);
            } else {
                revertInside(volumeId, snapshotId, chain);
            }
            return volumes.require(volumeId);
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be brought back to the snapshot", e);
        }
    }

    private void revertInside(UUID volumeId, UUID snapshotId, Chain chain) throws IOException {
        if (!isInside(volumeId, snapshotId)) {
            throw missing(snapshotId);
        }
        int newer = chains.tree(volumeId, chain).files().size() - 1;
        if (newer > 0) {
            throw StorageException.conflict("The snapshot " + snapshotId
                    + " lies inside the volume's first file, on which "
                    + newer + " newer file(s) stand, which would change with it. Delete the newer snapshots first, or"
                    + " make a new volume from this one.");
        }
        qemuImg.revertToSnapshot(folder.volume(volumeId, VolumeFormat.QCOW2), snapshotId.toString());
    }

    @Override
    public void delete(UUID volumeId, UUID snapshotId) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            Path first = folder.volume(volumeId, VolumeFormat.QCOW2);
            if (!Files.isRegularFile(first)) {
                return;
            }
            Chain chain = chains.settled(volumeId);
            if (isInside(volumeId, snapshotId)) {
                qemuImg.deleteSnapshot(first, snapshotId.toString());
            }
            if (chain.find(snapshotId).isPresent()) {
                refuseLinked(volumeId, snapshotId, chain);
                ImageLock.refuseWhileWritten(chains.file(chain.current()));
                chains.write(volumeId, chain.without(snapshotId));
            }
            merging.all(volumeId);
        } catch (IOException e) {
            throw StorageException.of("The snapshot cannot be deleted", e);
        }
    }

    /** @throws StorageException {@code CONFLICT} while volumes stand on the file that holds the snapshot */
    void refuseLinked(UUID volumeId, UUID snapshotId, Chain chain) throws IOException {
        Optional<Chain.Frozen> frozen = chain.find(snapshotId);
        List<UUID> dependents = frozen.isEmpty()
                ? List.of()
                : linked.on(volumeId).getOrDefault(frozen.get().file(), List.of());
        if (!dependents.isEmpty()) {
            throw LinkedVolumes.refusal("The snapshot", dependents);
        }
    }

    @Override
    public QemuLocation location(UUID volumeId, UUID snapshotId) {
        try {
            requireQcow2(volumeId);
            Optional<Chain.Frozen> frozen = chains.read(volumeId).find(snapshotId);
            if (frozen.isPresent()) {
                return new QemuLocation(chains.file(frozen.get().file()).toString(), VolumeFormat.QCOW2);
            }
            if (!isInside(volumeId, snapshotId)) {
                throw missing(snapshotId);
            }
            Path first = folder.volume(volumeId, VolumeFormat.QCOW2);
            return new QemuLocation(first.toString(), VolumeFormat.QCOW2, snapshotId.toString());
        } catch (IOException e) {
            throw StorageException.of("The snapshot cannot be read", e);
        }
    }

    /** Does not look whether volumes stand on it, which means to read the whole pool. */
    Optional<Snapshot> find(UUID volumeId, UUID snapshotId) {
        return read(volumeId, false).stream()
                .filter(s -> s.id().equals(snapshotId))
                .findFirst();
    }

    @Override
    public List<Snapshot> list(UUID volumeId) {
        return read(volumeId, true);
    }

    @Override
    public SnapshotUse use(UUID volumeId) {
        try {
            if (!Files.isRegularFile(folder.volume(volumeId, VolumeFormat.QCOW2))) {
                return SnapshotUse.NONE;
            }
            List<UUID> inside = inside(volumeId).stream().map(Snapshot::id).toList();
            return new ChainUse(chains).of(volumeId, inside);
        } catch (IOException e) {
            throw StorageException.of("What the volume's snapshots take cannot be read", e);
        }
    }

    @Override
    public SnapshotTree tree(UUID volumeId) {
        try {
            if (!Files.isRegularFile(folder.volume(volumeId, VolumeFormat.QCOW2))) {
                return SnapshotTree.line(List.of());
            }
            return new ChainTree(chains).of(volumeId, inside(volumeId));
        } catch (IOException e) {
            throw StorageException.of("What the volume's snapshots came of cannot be read", e);
        }
    }

    private List<Snapshot> read(UUID volumeId, boolean withDependents) {
        try {
            List<Chain.Frozen> frozen = chains.read(volumeId).frozen();
            Set<String> needed =
                    withDependents && !frozen.isEmpty() ? linked.on(volumeId).keySet() : Set.of();
            List<Snapshot> outside = frozen.stream()
                    .map(f -> new Snapshot(f.snapshotId(), volumeId, f.sizeBytes(), needed.contains(f.file())))
                    .toList();
            return Stream.concat(inside(volumeId).stream(), outside.stream()).toList();
        } catch (IOException e) {
            throw StorageException.of("The volume's snapshots cannot be read", e);
        }
    }

    /** Those that somebody made by hand have other names and are left alone. */
    private List<Snapshot> inside(UUID volumeId) throws IOException {
        return VanishingFile.read(folder.volume(volumeId, VolumeFormat.QCOW2), Qcow2Snapshots::read)
                .orElse(List.of())
                .stream()
                .flatMap(entry ->
                        IdentifiedFile.id(entry.name())
                                .map(id -> new Snapshot(id, volumeId, entry.diskBytes(), false))
                                .stream())
                .toList();
    }

    boolean isInside(UUID volumeId, UUID snapshotId) throws IOException {
        return inside(volumeId).stream().anyMatch(s -> s.id().equals(snapshotId));
    }

    Volume requireQcow2(UUID volumeId) {
        Volume volume = volumes.require(volumeId);
        if (volume.format() != VolumeFormat.QCOW2) {
            throw StorageException.invalid(
                    "format", "A raw file cannot have snapshots; copy the volume into a qcow2 one first.");
        }
        return volume;
    }

    static StorageException missing(UUID snapshotId) {
        return StorageException.notFound("The volume has no snapshot " + snapshotId + ".");
    }
}
