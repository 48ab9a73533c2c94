package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.Qcow2Header;
import io.limiquantix.storage.driver.image.Qcow2Snapshots;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;

/** Volumes as files that only their owner, which is QEMU's user while a domain runs, can open. */
final class FileVolumes implements Volumes {
    static final String MODE = "rw-------";
    /** QEMU's disks have sectors of this many bytes, and qemu-img makes no part of one. */
    static final long SIZE_UNIT = 512;

    private final PoolFolder folder;
    private final VolumeChains chains;
    private final QemuImg qemuImg;
    private final VolumeMaking making;
    private final Adoption adoption;
    private final Lock imageStays;
    private final IdLocks locks;
    private final LinkedVolumes linked;

    FileVolumes(
            PoolFolder folder,
            VolumeChains chains,
            QemuImg qemuImg,
            VolumeMaking making,
            Adoption adoption,
            Lock imageStays,
            IdLocks locks) {
        this.folder = folder;
        this.linked = new LinkedVolumes(folder);
        this.chains = chains;
        this.qemuImg = qemuImg;
        this.making = making;
        this.adoption = adoption;
        this.imageStays = imageStays;
        this.locks = locks;
    }

    @Override
    public Volume create(VolumeRequest request) {
        VolumeRequest.checkSize(request.sizeBytes());
        imageStays.lock();
        try (IdLocks.Held _ = locks.hold(request.id(), making.lockedWith(request))) {
            Optional<Volume> there = find(request.id());
            return fitting(there.isPresent() ? there.get() : make(request), request);
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be made", e);
        } finally {
            imageStays.unlock();
        }
    }

    private static Volume fitting(Volume there, VolumeRequest request) {
        if (there.format() != request.format() || there.sizeBytes() < request.sizeBytes()) {
            throw StorageException.conflict("There is a volume " + request.id() + " already, and it is another one.");
        }
        return there;
    }

    private Volume make(VolumeRequest request) throws IOException {
        Path file = folder.volume(request.id(), request.format());
        Path aside = DurableFiles.unfinished(file);
        Files.deleteIfExists(aside);
        try {
            making.make(request, aside);
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(MODE));
            DurableFiles.publishNew(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
        return describe(request.id(), file, request.format());
    }

    @Override
    public Volume grow(UUID id, long sizeBytes) {
        VolumeRequest.checkSize(sizeBytes);
        try (IdLocks.Held _ = locks.hold(id)) {
            Volume volume = require(id);
            long wanted = Math.ceilDiv(sizeBytes, SIZE_UNIT) * SIZE_UNIT;
            if (wanted < volume.sizeBytes()) {
                throw StorageException.invalid(
                        "sizeBytes", "A volume cannot shrink; it has " + volume.sizeBytes() + " bytes.");
            }
            if (wanted == volume.sizeBytes()) {
                return volume;
            }
            qemuImg.resize(settledFile(volume), volume.format(), wanted);
            return require(id);
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be resized", e);
        }
    }

    @Override
    public Volume makeIndependent(UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Volume volume = require(id);
            Path first = folder.volume(id, volume.format());
            if (volume.format() == VolumeFormat.QCOW2 && Qcow2Header.read(first).backingFile() != null) {
                qemuImg.standAlone(first);
            }
            return require(id);
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be made independent", e);
        }
    }

    @Override
    public void delete(UUID id, SnapshotsOfIt snapshots) {
        try (IdLocks.Held _ = locks.hold(id)) {
            if (snapshots == SnapshotsOfIt.KEEP) {
                refuseWithSnapshots(id);
            }
            refuseLinked(id);
            chains.delete(id);
            DurableFiles.delete(folder.volume(id, VolumeFormat.RAW));
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be deleted", e);
        }
    }

    private void refuseLinked(UUID id) throws IOException {
        List<UUID> dependents = chains.read(id).frozen().isEmpty()
                ? List.of()
                : linked.on(id).values().stream().flatMap(List::stream).sorted().toList();
        if (!dependents.isEmpty()) {
            throw LinkedVolumes.refusal("The volume", dependents);
        }
    }

    private void refuseWithSnapshots(UUID id) throws IOException {
        Path first = folder.volume(id, VolumeFormat.QCOW2);
        int inside =
                VanishingFile.read(first, Qcow2Snapshots::read).map(List::size).orElse(0);
        int count = inside + chains.read(id).frozen().size();
        if (count > 0) {
            throw StorageException.conflict(
                    "The volume has " + count + " snapshot(s); delete them first, or let them be deleted with it.");
        }
    }

    @Override
    public Optional<Volume> find(UUID id) {
        try {
            for (VolumeFormat format : VolumeFormat.values()) {
                Optional<Volume> found =
                        VanishingFile.read(folder.volume(id, format), first -> describe(id, first, format));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be read", e);
        }
    }

    Volume require(UUID id) {
        return find(id).orElseThrow(() -> missing(id));
    }

    static StorageException missing(UUID id) {
        return StorageException.notFound("There is no volume " + id + " in this pool.");
    }

    @Override
    public List<Volume> list() {
        try {
            List<Volume> volumes = new ArrayList<>();
            for (Path file : PoolFolder.files(folder.volumes())) {
                IdentifiedFile.of(file)
                        .filter(f -> !f.extension().equals(PoolFolder.CHAIN))
                        .flatMap(f -> find(f.id()))
                        .ifPresent(volumes::add);
            }
            return volumes;
        } catch (IOException e) {
            throw StorageException.of("The pool's volumes cannot be listed", e);
        }
    }

    @Override
    public QemuLocation location(UUID id) {
        Volume volume = require(id);
        return new QemuLocation(volume.path(), volume.format());
    }

    @Override
    public List<UnmanagedVolume> unmanaged() {
        try {
            return adoption.candidates();
        } catch (IOException e) {
            throw StorageException.of("The pool's files cannot be listed", e);
        }
    }

    @Override
    public Volume adopt(String name, UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Optional<Volume> there = find(id);
            if (there.isPresent()) {
                return there.get();
            }
            VolumeFormat format = adoption.take(name, id);
            return describe(id, folder.volume(id, format), format);
        } catch (IOException e) {
            throw StorageException.of("The file cannot be adopted", e);
        }
    }

    @Override
    public Set<DiskSource> sources(UUID id) {
        try {
            Optional<Volume> volume = find(id);
            if (volume.isEmpty() || volume.get().format() == VolumeFormat.RAW) {
                return volume.map(v -> Set.of(v.source())).orElse(Set.of());
            }
            return chains.files(id).stream().map(DiskSource.OfFile::new).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw StorageException.of("The volume's files cannot be read", e);
        }
    }

    /** What the volume holds now, where that is certain. */
    private Path settledFile(Volume volume) throws IOException {
        return switch (volume.format()) {
            case RAW -> folder.volume(volume.id(), VolumeFormat.RAW);
            case QCOW2 -> chains.file(chains.settled(volume.id()).current());
        };
    }

    private Volume describe(UUID id, Path first, VolumeFormat format) throws IOException {
        return switch (format) {
            case RAW ->
                new Volume(id, new DiskSource.OfFile(first), format, Files.size(first), allocated(Set.of(first)));
            case QCOW2 -> describeChain(id);
        };
    }

    /** A file may be merged into another one meanwhile; then there is another chain. */
    private Volume describeChain(UUID id) throws IOException {
        Chain chain = chains.read(id);
        try {
            Path file = chains.file(chain.current());
            return new Volume(
                    id,
                    new DiskSource.OfFile(file),
                    VolumeFormat.QCOW2,
                    VolumeFile.virtualBytes(file, VolumeFormat.QCOW2),
                    allocated(chains.files(id)));
        } catch (NoSuchFileException e) {
            if (chains.read(id).equals(chain)) {
                throw e;
            }
            return describeChain(id);
        }
    }

    private static long allocated(Set<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += VolumeFile.allocatedBytes(file);
        }
        return bytes;
    }
}
