package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Volumes as thin logical volumes. */
final class LvmVolumes implements Volumes {
    private final VolumeGroup group;
    private final Workbench workbench;
    private final VolumeMaking making;
    private final Adoption adoption;
    private final IdLocks locks;

    LvmVolumes(VolumeGroup group, Workbench workbench, VolumeMaking making, IdLocks locks) {
        this.group = group;
        this.workbench = workbench;
        this.making = making;
        this.adoption = new Adoption(group);
        this.locks = locks;
    }

    @Override
    public Volume create(VolumeRequest request) {
        VolumeRequest.checkSize(request.sizeBytes());
        if (request.format() != VolumeFormat.RAW) {
            throw StorageException.invalid("format", "A volume in an LVM pool is raw; LVM itself has the snapshots.");
        }
        UUID origin = VolumeMaking.originOf(request);
        try (IdLocks.Held _ = locks.hold(request.id(), origin)) {
            List<LogicalVolume> there = workbench.look(Kind.VOLUME.name(request.id()), Kind.VOLUME.name(origin));
            Optional<LogicalVolume> earlier = find(there, request.id());
            if (earlier.isPresent()) {
                return fitting(volume(request.id(), earlier.get()), request);
            }
            making.make(request, there);
            return made(request);
        }
    }

    /** An empty volume is known without asking: each program of LVM costs as much as making it. */
    private Volume made(VolumeRequest request) {
        if (request.origin() instanceof VolumeOrigin.Zeroes && request.preallocation() == Preallocation.THIN) {
            return new Volume(
                    request.id(),
                    source(Kind.VOLUME.name(request.id())),
                    VolumeFormat.RAW,
                    group.roundedUp(request.sizeBytes()),
                    0);
        }
        return now(request.id());
    }

    private Volume fitting(Volume there, VolumeRequest request) {
        boolean fits = there.sizeBytes() == group.roundedUp(request.sizeBytes());
        if (!fits) {
            throw StorageException.conflict("There is a volume " + request.id() + " already, and it is another one.");
        }
        return there;
    }

    /** Also while a domain uses it, which is told by whoever runs it. */
    @Override
    public Volume grow(UUID id, long sizeBytes) {
        VolumeRequest.checkSize(sizeBytes);
        try (IdLocks.Held _ = locks.hold(id)) {
            LogicalVolume there = require(look(id), id);
            long bytes = group.roundedUp(sizeBytes);
            if (bytes < there.sizeBytes()) {
                throw StorageException.invalid(
                        "sizeBytes", "A volume cannot shrink; it has " + there.sizeBytes() + " bytes.");
            }
            if (bytes > there.sizeBytes()) {
                group.grow(there.name(), bytes);
            }
            return now(id);
        }
    }

    /** It is: thin volumes share blocks as equals, and each can go by itself. */
    @Override
    public Volume makeIndependent(UUID id) {
        return find(id).orElseThrow(() -> missing(id));
    }

    @Override
    public void delete(UUID id, SnapshotsOfIt snapshots) {
        try (IdLocks.Held _ = locks.hold(id)) {
            List<LogicalVolume> there = look(id);
            List<LogicalVolume> its = LvmSnapshots.of(there, id);
            if (snapshots == SnapshotsOfIt.KEEP && !its.isEmpty()) {
                throw StorageException.conflict("The volume has " + its.size()
                        + " snapshot(s); delete them first, or let them be deleted with it.");
            }
            find(there, id).ifPresent(found -> refuseInUse(id, found));
            // First, so that an end in the middle leaves snapshots that the next attempt finds.
            workbench.remove(there, Kind.VOLUME.name(id));
            group.remove(its.stream().map(LogicalVolume::name).toList());
        }
    }

    static void refuseInUse(UUID id, LogicalVolume volume) {
        if (volume.open()) {
            throw StorageException.conflict(
                    "The volume " + id + " is in use by a running domain or a tool. Stop that first.");
        }
    }

    @Override
    public Optional<Volume> find(UUID id) {
        return find(settled(), id).map(found -> volume(id, found));
    }

    /** What the group holds; the caller has the volume's lock. */
    private List<LogicalVolume> look(UUID id) {
        return workbench.look(Kind.VOLUME.name(id));
    }

    /** The same for callers without a lock: whoever replaces a volume just now is waited for, and what failed so is ended. */
    private List<LogicalVolume> settled() {
        List<LogicalVolume> there = group.volumes();
        List<UUID> unfinished = Workbench.unfinishedTargets(there).stream()
                .flatMap(target -> OwnName.id(Kind.VOLUME, target).stream())
                .toList();
        for (UUID id : unfinished) {
            try (IdLocks.Held _ = locks.hold(id)) {
                there = look(id);
            }
        }
        return there;
    }

    private static Optional<LogicalVolume> find(List<LogicalVolume> there, UUID id) {
        String name = Kind.VOLUME.name(id);
        return there.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    static LogicalVolume require(List<LogicalVolume> there, UUID id) {
        return find(there, id).orElseThrow(() -> missing(id));
    }

    private static StorageException missing(UUID id) {
        return StorageException.notFound("There is no volume " + id + " in this pool.");
    }

    /** The caller has its lock. */
    private Volume now(UUID id) {
        return volume(id, require(group.volumes(), id));
    }

    private DiskSource source(String name) {
        return new DiskSource.OfDevice(group.device(name));
    }

    private Volume volume(UUID id, LogicalVolume found) {
        return new Volume(id, source(found.name()), VolumeFormat.RAW, found.sizeBytes(), found.usedBytes());
    }

    @Override
    public List<Volume> list() {
        return settled().stream()
                .flatMap(each -> OwnName.id(Kind.VOLUME, each.name()).map(id -> volume(id, each)).stream())
                .toList();
    }

    @Override
    public QemuLocation location(UUID id) {
        LogicalVolume volume = require(settled(), id);
        if (!volume.active()) {
            group.activate(volume.name());
        }
        return group.location(volume.name());
    }

    @Override
    public List<UnmanagedVolume> unmanaged() {
        return adoption.candidates();
    }

    @Override
    public Volume adopt(String name, UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            List<LogicalVolume> there = look(id);
            if (find(there, id).isEmpty()) {
                adoption.take(there, name, id);
            }
            return now(id);
        }
    }
}
