package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Volumes as RBD images. */
final class RbdVolumes implements Volumes {
    private final Rbd rbd;
    private final VolumeMaking making;
    private final VolumeRemoval removal;
    private final Adoption adoption;
    private final Function<String, DiskSource> source;
    private final IdLocks locks;

    /** @param source what a domain's disk points at, by the name of the RBD image */
    RbdVolumes(
            Rbd rbd,
            VolumeMaking making,
            VolumeRemoval removal,
            Adoption adoption,
            Function<String, DiskSource> source,
            IdLocks locks) {
        this.rbd = rbd;
        this.making = making;
        this.removal = removal;
        this.adoption = adoption;
        this.source = source;
        this.locks = locks;
    }

    @Override
    public Volume create(VolumeRequest request) {
        VolumeRequest.checkSize(request.sizeBytes());
        if (request.format() != VolumeFormat.RAW) {
            throw StorageException.invalid("format", "A volume in a Ceph pool is raw; RBD itself has the snapshots.");
        }
        try (IdLocks.Held _ = locks.hold(request.id(), VolumeMaking.originOf(request))) {
            if (rbd.find(Kind.VOLUME.name(request.id())).isEmpty()) {
                make(request);
            }
            return fitting(require(request.id()), request);
        }
    }

    private void make(VolumeRequest request) {
        try {
            making.make(request);
        } catch (StorageException e) {
            // Another host that was asked for the same may have been faster.
            if (e.reason() != Reason.CONFLICT || find(request.id()).isEmpty()) {
                throw e;
            }
        }
    }

    private static Volume fitting(Volume there, VolumeRequest request) {
        if (there.sizeBytes() < request.sizeBytes()) {
            throw StorageException.conflict("There is a volume " + request.id() + " already, and it is another one.");
        }
        return there;
    }

    /** Also while a domain uses it, which is told by whoever runs it. */
    @Override
    public Volume grow(UUID id, long sizeBytes) {
        VolumeRequest.checkSize(sizeBytes);
        try (IdLocks.Held _ = locks.hold(id)) {
            Volume volume = require(id);
            if (sizeBytes < volume.sizeBytes()) {
                throw StorageException.invalid(
                        "sizeBytes", "A volume cannot shrink; it has " + volume.sizeBytes() + " bytes.");
            }
            if (sizeBytes == volume.sizeBytes()) {
                return volume;
            }
            rbd.grow(Kind.VOLUME.name(id), sizeBytes);
            return require(id);
        }
    }

    /** Also while a domain uses it. */
    @Override
    public Volume makeIndependent(UUID id) {
        String name = Kind.VOLUME.name(id);
        try (IdLocks.Held _ = locks.hold(id)) {
            RbdImage image = rbd.find(name).orElseThrow(() -> missing(id));
            if (image.hasParent()) {
                rbd.flatten(name);
            }
            return require(id);
        }
    }

    @Override
    public void delete(UUID id, SnapshotsOfIt snapshots) {
        try (IdLocks.Held _ = locks.hold(id)) {
            removal.remove(id, snapshots);
        }
    }

    @Override
    public Optional<Volume> find(UUID id) {
        String name = Kind.VOLUME.name(id);
        return rbd.find(name)
                .map(image -> new Volume(
                        id, source.apply(name), VolumeFormat.RAW, image.sizeBytes(), allocated(name, image)));
    }

    /** Without its own count, an image would have to be searched block by block, so it is taken to be full. */
    private long allocated(String name, RbdImage image) {
        return image.counted() ? rbd.usedBytes(name) : image.sizeBytes();
    }

    private Volume require(UUID id) {
        return find(id).orElseThrow(() -> missing(id));
    }

    static StorageException missing(UUID id) {
        return StorageException.notFound("There is no volume " + id + " in this pool.");
    }

    @Override
    public List<Volume> list() {
        List<UUID> ids = rbd.names().stream()
                .flatMap(name -> OwnName.id(Kind.VOLUME, name).stream())
                .toList();
        return InParallel.ask(ids, this::find);
    }

    @Override
    public QemuLocation location(UUID id) {
        String name = Kind.VOLUME.name(id);
        if (rbd.find(name).isEmpty()) {
            throw missing(id);
        }
        return rbd.location(name);
    }

    @Override
    public List<UnmanagedVolume> unmanaged() {
        return adoption.candidates();
    }

    @Override
    public Volume adopt(String name, UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            adoption.take(name, id);
            return require(id);
        }
    }
}
