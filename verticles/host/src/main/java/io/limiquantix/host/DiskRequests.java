package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.domain.DiskAccess;
import io.limiquantix.host.domain.DiskDocument;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.domain.EditedDisk;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.journal.Turns;
import io.limiquantix.host.libvirt.DomainDisks;
import io.limiquantix.host.storage.ChainedVolumes;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import java.nio.file.Path;

/** Requests about disks of domains that are there already. */
final class DiskRequests {
    private final DomainDisks disks;
    private final OpenPools pools;
    private final ChainedVolumes chained;
    private final VolumesInUse inUse;
    private final DirectIo directIo;
    private final DomainInventory inventory;

    DiskRequests(
            DomainDisks disks,
            OpenPools pools,
            ChainedVolumes chained,
            VolumesInUse inUse,
            DirectIo directIo,
            DomainInventory inventory) {
        this.disks = disks;
        this.pools = pools;
        this.chained = chained;
        this.inUse = inUse;
        this.directIo = directIo;
        this.inventory = inventory;
    }

    void serve(HostRequests requests) {
        requests.perform(DomainApi.ATTACH_DISK, this::attach);
        requests.perform(DomainApi.DETACH_DISK, this::detach);
        requests.perform(DomainApi.EDIT_DISK, this::edit);
    }

    private DomainApi.AttachedDisk attach(DomainApi.AttachDisk request, Caller caller) {
        try (Turns.Held _ = chained.settled(request.disk().volumeId(), caller.deadline())) {
            return attachSettled(request, caller);
        }
    }

    private DomainApi.AttachedDisk attachSettled(DomainApi.AttachDisk request, Caller caller) {
        DomainSpec.Disk disk = request.disk();
        DiskSource source = source(pools, disk);
        if (!request.shareable()) {
            refuseWhileOthersUse(request, source, caller);
        }
        String serial = DiskName.serial(disk.volumeId());
        PlacedDisk placed = new PlacedDisk(source, directIo.works(source));
        DiskAccess access = new DiskAccess(request.readOnly(), request.shareable());
        return new DomainApi.AttachedDisk(disks.attach(
                request.vmId(),
                serial,
                target -> DiskDocument.of(placed, disk.format(), target, disk.hardware(), serial, access),
                caller.deadline()));
    }

    private void refuseWhileOthersUse(DomainApi.AttachDisk request, DiskSource source, Caller caller) {
        inUse.find(source, caller.deadline())
                .filter(user -> !user.vmId().equals(request.vmId()))
                .ifPresent(user -> {
                    throw FailureException.conflict("The volume "
                            + request.disk().volumeId() + " is a disk of " + user.described() + " already.");
                });
    }

    /**
     * A disk that is not a volume of ours could be any file of the host, and libvirt would give it to QEMU's user. A volume that
     * has gone on in another file since somebody was told of it is the same one.
     */
    static DiskSource source(OpenPools pools, DomainSpec.Disk disk) {
        StoragePool pool = pools.require(disk.poolId());
        return StorageFailures.translate(() -> pool.volumes().find(disk.volumeId()))
                .filter(v -> isOf(pool, v, disk.path()) && v.format().label().equals(disk.format()))
                .map(Volume::source)
                .orElseThrow(() -> FailureException.invalid(
                        "disks.path", "The pool has no volume " + disk.volumeId() + " of that path and format."));
    }

    private static boolean isOf(StoragePool pool, Volume volume, String path) {
        return volume.path().equals(path)
                || pool.snapshots()
                        .overlays()
                        .flatMap(overlays -> overlays.volumeOf(new DiskSource.OfFile(Path.of(path))))
                        .filter(volume.id()::equals)
                        .isPresent();
    }

    private DomainReport edit(DomainApi.EditDisk request, Caller caller) {
        try (Turns.Held _ = chained.settled(request.volumeId(), caller.deadline())) {
            StoragePool pool = pools.require(request.poolId());
            DiskSource source = StorageFailures.translate(() -> pool.volumes().find(request.volumeId()))
                    .map(Volume::source)
                    .orElseThrow(() ->
                            FailureException.invalid("volumeId", "The pool has no volume " + request.volumeId() + "."));
            PlacedDisk placed = new PlacedDisk(source, directIo.works(source));
            requireCache(placed, request.hardware());
            disks.edit(
                    request.vmId(),
                    new EditedDisk(DiskName.serial(request.volumeId()), placed, request.hardware()),
                    caller.deadline());
            return Certainty.afterChange(() -> inventory.look(request.vmId(), caller.deadline()));
        }
    }

    /** @throws FailureException {@code INVALID} where QEMU cannot do without the page cache */
    static void requireCache(PlacedDisk placed, DiskHardware hardware) {
        boolean onFile = placed.source() instanceof DiskSource.OfFile;
        if (hardware.cache() == Cache.NONE && onFile && !placed.direct()) {
            throw FailureException.invalid(
                    "disks.cache",
                    "The cache \"none\" is not possible for "
                            + placed.source().label()
                            + ": its file system does not let QEMU do without the page cache. Use \"auto\" or"
                            + " \"writeback\".");
        }
    }

    private Nothing detach(DomainApi.DetachDisk request, Caller caller) {
        try (Turns.Held _ = chained.settled(request.volumeId(), caller.deadline())) {
            disks.detach(request.vmId(), DiskName.serial(request.volumeId()), caller.deadline());
            return Nothing.NOTHING;
        }
    }
}
