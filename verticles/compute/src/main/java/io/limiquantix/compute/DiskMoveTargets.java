package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.DiskMovingApi.DiskToMove;
import io.limiquantix.bus.compute.DiskMovingApi.DisksToMove;
import io.limiquantix.bus.compute.DiskMovingApi.PoolTarget;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.DiskMovePlan.Moving;
import io.limiquantix.compute.MigrationObstacles.Subject;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** To which pools disks of VMs can go, and what stands in the way; whole sentences. */
final class DiskMoveTargets {
    private final Database database;
    private final Bus bus;
    private final MigrationTargets migrations;
    private final VmSnapshotStore snapshots = new VmSnapshotStore();

    DiskMoveTargets(Database database, Bus bus, MigrationTargets migrations) {
        this.database = database;
        this.bus = bus;
        this.migrations = migrations;
    }

    DisksToMove list(ComputeApi.Vm request, Caller caller) {
        return list(migrations.subject(request.vmId(), caller), caller);
    }

    /** The VM, its volumes and all pools, as they are now. */
    Subject subject(UUID vmId, Caller caller) {
        return migrations.subject(vmId, caller);
    }

    DisksToMove list(Subject subject, Caller caller) {
        List<String> ofVm = ofVm(subject.vm());
        return new DisksToMove(subject.volumes().stream()
                .map(volume -> disk(subject, volume, bytesToCopy(volume, caller), ofVm))
                .toList());
    }

    private long bytesToCopy(VolumeView volume, Caller caller) {
        UUID imageId = volume.origin().imageId();
        if (volume.independent() || imageId == null) {
            return volume.allocatedBytes();
        }
        try {
            long below = bus.request(ImagesApi.GET, new ImagesApi.Image(imageId), caller.as(Actor.platform("compute")))
                    .virtualSizeBytes();
            return Math.min(volume.sizeBytes(), volume.allocatedBytes() + below);
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return volume.sizeBytes();
            }
            throw e;
        }
    }

    private static DiskToMove disk(Subject subject, VolumeView volume, long bytes, List<String> ofVm) {
        List<String> obstacles = new ArrayList<>(ofVm);
        obstacles.addAll(ofDisk(volume));
        String poolName = subject.pool(volume.poolId()).map(PoolView::name).orElse("");
        List<PoolTarget> pools = subject.pools().stream()
                .filter(pool -> !pool.id().equals(volume.poolId()))
                .sorted(Comparator.comparing(PoolView::name).thenComparing(PoolView::id))
                .map(pool -> target(subject.vm(), volume, bytes, pool, obstacles.isEmpty()))
                .toList();
        return new DiskToMove(
                volume.id(), volume.name(), volume.poolId(), poolName, volume.sizeBytes(), bytes, obstacles, pools);
    }

    /** Whatever the disk is. */
    private List<String> ofVm(StoredVm vm) {
        List<String> found = new ArrayList<>();
        if (vm.template() != null) {
            found.add(vm.name() + " is a template, whose disks stay as they are; convert it back to a VM first.");
        }
        if (vm.phase() != Phase.READY) {
            found.add(vm.name() + " is being made or deleted, or has no domain on its host any more.");
            return found;
        }
        FormerNamesOfDisks.reason(vm).ifPresent(found::add);
        switch (vm.powerState()) {
            case RUNNING, PAUSED, STOPPED, CRASHED -> {
                // As it may be.
            }
            case SUSPENDED ->
                found.add(
                        vm.name() + " is suspended, and its memory knows its disks where they are; start it, or discard"
                                + " its saved state, first.");
            case STOPPING -> found.add(vm.name() + " is shutting down; wait until it has, or runs on.");
            case UNKNOWN ->
                found.add("Nobody can say how " + vm.name() + " is; wait until its host tells of it again.");
        }
        database.transaction(tx -> snapshots.list(tx, vm.id())).stream()
                .findFirst()
                .map(VmSnapshotView::name)
                .ifPresent(name -> found.add(vm.name() + " has snapshots, among them " + name
                        + ", which cannot go to another pool; delete them first."));
        return found;
    }

    private static List<String> ofDisk(VolumeView volume) {
        List<String> found = new ArrayList<>();
        String disk = "The disk " + volume.name();
        if (volume.state() != VolumeView.State.READY) {
            found.add(disk + " is being made or deleted.");
        }
        if (volume.shareable()) {
            found.add(disk + " may be used by several virtual machines at once; detach it, and copy it as a volume.");
        }
        if (volume.attachments().stream().anyMatch(VolumeView.Attachment::readOnly)) {
            found.add(disk + " is read-only for its virtual machine; detach it, and copy it as a volume.");
        }
        if (volume.snapshotCount() > 0) {
            found.add(disk + " has snapshots, which cannot go to another pool; delete them first.");
        }
        if (volume.origin().linked()) {
            found.add(disk + " is linked to the disk of another virtual machine; make it independent first.");
        }
        return found;
    }

    private static PoolTarget target(StoredVm vm, VolumeView volume, long bytes, PoolView pool, boolean movable) {
        Optional<PoolView.OnHost> here = pool.hosts().stream()
                .filter(on -> on.hostId().equals(vm.hostId()))
                .filter(on -> on.report().usable())
                .findFirst();
        long free = here.map(on -> on.report().freeBytes()).orElse(0L);
        List<String> found = new ArrayList<>();
        String name = "The pool " + pool.name();
        if (here.isEmpty()) {
            found.add(name + " cannot be used on the host of " + vm.name()
                    + "; assign it there, or see the pool for what keeps it from that.");
        } else if (bytes > free) {
            found.add(name + " has too little room left for the disk " + volume.name() + ".");
        }
        if (pool.maintenance()) {
            found.add(name + " is in maintenance: nothing new is put into it until that ends.");
        }
        return new PoolTarget(pool.id(), pool.name(), movable && found.isEmpty(), free, found);
    }

    /** Once more before anything is begun. */
    Nothing require(DiskMovePlan plan, Caller caller) {
        List<DiskToMove> disks = list(subject(plan.vmId(), caller), caller).items();
        for (Moving moving : plan.disks()) {
            requirePossible(disk(disks, moving.volumeId()), moving.to());
        }
        return Nothing.NOTHING;
    }

    /** @throws FailureException {@code INVALID} where it is no disk of the VM */
    static DiskToMove disk(List<DiskToMove> disks, UUID volumeId) {
        return disks.stream()
                .filter(disk -> disk.volumeId().equals(volumeId))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid(
                        "disks", "The virtual machine has no volume " + volumeId + " as a disk."));
    }

    /** @throws FailureException {@code INVALID} for a pool where it is, or that is none; {@code CONFLICT} with what stands in the way */
    static PoolTarget requirePossible(DiskToMove disk, UUID poolId) {
        if (disk.poolId().equals(poolId)) {
            throw FailureException.invalid(
                    "disks", "The disk " + disk.name() + " is in the pool " + disk.poolName() + " already.");
        }
        PoolTarget target = disk.pools().stream()
                .filter(pool -> pool.poolId().equals(poolId))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid("disks", "There is no pool " + poolId + "."));
        if (!target.possible()) {
            List<String> all = new ArrayList<>(disk.obstacles());
            all.addAll(target.obstacles());
            throw FailureException.conflict(String.join(" ", all));
        }
        return target;
    }
}
