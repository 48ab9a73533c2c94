package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.file.Chain.Merging;
import io.limiquantix.storage.driver.file.Chain.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps of snapshots of qcow2 files that QEMU has open. */
final class FileOverlays implements Overlays {
    private final PoolFolder folder;
    private final FileVolumes volumes;
    private final FileSnapshots snapshots;
    private final VolumeChains chains;
    private final OverlayMaking making;
    private final FileMerging merging;
    private final IdLocks locks;

    FileOverlays(
            PoolFolder folder,
            FileVolumes volumes,
            FileSnapshots snapshots,
            VolumeChains chains,
            OverlayMaking making,
            FileMerging merging,
            IdLocks locks) {
        this.folder = folder;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.chains = chains;
        this.making = making;
        this.merging = merging;
        this.locks = locks;
    }

    @Override
    public Optional<UUID> volumeOf(DiskSource source) {
        return source instanceof DiskSource.OfFile(Path path)
                        && folder.volumes().equals(path.getParent())
                ? IdentifiedFile.overlayOf(path)
                        .or(() -> IdentifiedFile.of(path).map(IdentifiedFile::id))
                : Optional.empty();
    }

    @Override
    public Volume settle(UUID volumeId, @Nullable DiskSource named, boolean running) {
        return changing(volumeId, () -> {
            if (volumes.require(volumeId).format() == VolumeFormat.QCOW2) {
                Chain chain = chains.read(volumeId);
                @Nullable String file = named == null ? null : VolumeChains.name(Path.of(named.label()));
                if (chain.prepared() != null) {
                    settle(volumeId, chain, chain.prepared(), file);
                } else if (chain.merging() != null && chain.merging().live()) {
                    settle(volumeId, chain, chain.merging(), file, running);
                }
            }
            return volumes.require(volumeId);
        });
    }

    /** Without a domain the overlay is the right file in any case: at worst it holds nothing by itself. */
    private void settle(UUID volumeId, Chain chain, Prepared overlay, @Nullable String named) throws IOException {
        boolean used = named == null
                ? Files.isRegularFile(chains.file(overlay.file()))
                : overlay.file().equals(named);
        if (used) {
            freeze(volumeId, chain, overlay);
        } else {
            forget(volumeId, chain);
        }
    }

    private void settle(UUID volumeId, Chain chain, Merging files, @Nullable String named, boolean running)
            throws IOException {
        boolean active = files.top().equals(chain.current());
        if (active && named == null) {
            throw StorageException.conflict("The volume " + volumeId
                    + " was being merged by a domain that is gone. Look with qemu-img which of " + files.top() + " and "
                    + files.base() + " is the newer one, and define a domain with that as its disk.");
        }
        if (active && files.base().equals(named)) {
            merging.merged(volumeId, files);
        } else if (!running) {
            chains.write(volumeId, chain.with(new Merging(files.top(), files.base(), false)));
        }
    }

    private void freeze(UUID volumeId, Chain chain, Prepared overlay) throws IOException {
        long bytes = VolumeFile.virtualBytes(chains.file(chain.current()), VolumeFormat.QCOW2);
        chains.write(volumeId, chain.froze(overlay.snapshotId(), bytes, overlay.file()));
    }

    private void forget(UUID volumeId, Chain chain) throws IOException {
        chains.write(volumeId, chain.with((Prepared) null));
        chains.sweep(volumeId);
    }

    @Override
    public Optional<Change> prepare(UUID volumeId, UUID snapshotId) {
        return changing(volumeId, () -> {
            Volume volume = snapshots.requireQcow2(volumeId);
            if (snapshots.find(volumeId, snapshotId).isPresent()) {
                return Optional.empty();
            }
            Chain chain = chains.read(volumeId);
            if (chain.prepared() != null || chain.merging() != null) {
                throw StorageException.conflict("Another snapshot of the volume " + volumeId
                        + " is being made or deleted; wait for its end, or ask for that again.");
            }
            chains.sweep(volumeId);
            String overlay = making.make(volumeId, snapshotId, chain.current(), volume.sizeBytes());
            chains.write(volumeId, chain.with(new Prepared(snapshotId, overlay)));
            return Optional.of(new Change(volume.source(), source(overlay), VolumeFormat.QCOW2));
        });
    }

    private DiskSource source(String file) {
        return new DiskSource.OfFile(chains.file(file));
    }

    @Override
    public Snapshot switched(UUID volumeId, UUID snapshotId) {
        return changing(volumeId, () -> {
            Chain chain = chains.read(volumeId);
            Prepared overlay = chain.prepared();
            if (overlay != null && overlay.snapshotId().equals(snapshotId)) {
                freeze(volumeId, chain, overlay);
            }
            return snapshots.find(volumeId, snapshotId).orElseThrow(() -> FileSnapshots.missing(snapshotId));
        });
    }

    @Override
    public void abandon(UUID volumeId, UUID snapshotId) {
        changing(volumeId, () -> {
            Chain chain = chains.read(volumeId);
            Prepared overlay = chain.prepared();
            if (overlay != null && overlay.snapshotId().equals(snapshotId)) {
                forget(volumeId, chain);
            }
            return true;
        });
    }

    @Override
    public Optional<Merge> merge(UUID volumeId, UUID snapshotId) {
        return changing(volumeId, () -> {
            if (snapshots.isInside(volumeId, snapshotId)) {
                throw StorageException.conflict("The snapshot " + snapshotId
                        + " lies inside the volume's first file; it can be deleted when no virtual machine runs"
                        + " with the volume.");
            }
            Chain chain = chains.read(volumeId);
            if (chain.find(snapshotId).isPresent()) {
                snapshots.refuseLinked(volumeId, snapshotId, chain);
                chains.write(volumeId, chain.without(snapshotId));
            }
            return merging.nextOfDomain(volumeId).map(files -> merge(volumeId, files));
        });
    }

    private Merge merge(UUID volumeId, Merging files) {
        return new Merge(
                source(files.top()),
                source(files.base()),
                source(files.top()).equals(volumes.require(volumeId).source()));
    }

    @Override
    public void merged(UUID volumeId, Merge merge) {
        changing(volumeId, () -> {
            Merging files = chains.read(volumeId).merging();
            if (files != null
                    && source(files.top()).equals(merge.top())
                    && source(files.base()).equals(merge.base())) {
                merging.merged(volumeId, files);
            }
            return true;
        });
    }

    /** One step. */
    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T changing(UUID volumeId, Step<T> step) {
        try (IdLocks.Held _ = locks.hold(volumeId)) {
            return step.take();
        } catch (IOException e) {
            throw StorageException.of("The volume's files cannot be changed", e);
        }
    }
}
