package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What stands in the way of a VM that is to move while it runs, as far as the control plane knows; whole sentences. */
final class MigrationObstacles {
    private final Database database;
    private final NicNetworks networks;
    private final VmSnapshotStore snapshots = new VmSnapshotStore();

    MigrationObstacles(Database database, NicNetworks networks) {
        this.database = database;
        this.networks = networks;
    }

    /**
     * A VM with what it stands on.
     *
     * @param volumes of its disks, in their order
     */
    record Subject(StoredVm vm, List<VolumeView> volumes, List<PoolView> pools) {
        Subject {
            volumes = List.copyOf(volumes);
            pools = List.copyOf(pools);
        }

        Optional<PoolView> pool(UUID id) {
            return pools.stream().filter(pool -> pool.id().equals(id)).findFirst();
        }

        /** Of disks that lie on the VM's host alone. */
        long bytesToCopy() {
            return volumes.stream()
                    .filter(volume -> volume.hostId() != null)
                    .mapToLong(VolumeView::allocatedBytes)
                    .sum();
        }
    }

    /** Whatever the target is. */
    List<String> ofVm(Subject subject) {
        StoredVm vm = subject.vm();
        List<String> found = new ArrayList<>(state(vm));
        database.transaction(tx -> snapshots.list(tx, vm.id())).stream()
                .filter(snapshot -> snapshot.memoryBytes() != null)
                .map(VmSnapshotView::name)
                .findFirst()
                .ifPresent(name -> found.add("The snapshot " + name + " of " + vm.name()
                        + " keeps the guest's memory on its host, and cannot go along; delete it first."));
        subject.volumes().forEach(volume -> found.addAll(disk(subject, volume)));
        return found;
    }

    private static List<String> state(StoredVm vm) {
        if (vm.template() != null) {
            return List.of(vm.name() + " is a template, and does not run; convert it back to a VM first.");
        }
        if (vm.phase() != Phase.READY) {
            return List.of(vm.name() + " is being made or deleted, or has no domain on its host any more.");
        }
        return switch (vm.powerState()) {
            case RUNNING -> FormerNamesOfDisks.reason(vm).stream().toList();
            case PAUSED -> List.of(vm.name() + " is paused; resume it, so that it can be moved while it runs.");
            case SUSPENDED -> List.of(vm.name() + " is suspended; start it, so that it can be moved while it runs.");
            case STOPPING -> List.of(vm.name() + " is shutting down; wait until it has, or runs on.");
            case STOPPED, CRASHED -> List.of(vm.name() + " is off; start it, so that it can be moved while it runs.");
            case UNKNOWN -> List.of("Nobody can say how " + vm.name() + " is; wait until its host tells of it again.");
        };
    }

    private static List<String> disk(Subject subject, VolumeView volume) {
        List<String> found = new ArrayList<>();
        String disk = "The disk " + volume.name();
        if (volume.shareable()) {
            found.add(disk + " may be used by several virtual machines at once; detach it first.");
        }
        if (volume.hostId() == null) {
            return found;
        }
        String pool = subject.pool(volume.poolId()).map(PoolView::name).orElse("of its host");
        String local = ", and the pool " + pool + " is a place of its own on each host; ";
        if (volume.snapshotCount() > 0) {
            found.add(disk + " has snapshots" + local + "delete them first.");
        }
        if (volume.origin().linked() && !volume.independent()) {
            found.add(
                    disk + " is linked to the disk of another virtual machine" + local + "make it independent first.");
        }
        return found;
    }

    /** Of this target, as it is known. */
    List<String> ofTarget(Subject subject, HostView target, String sourceVersion) {
        List<String> found = new ArrayList<>();
        String problem = target.problem();
        if (target.state() != HostView.State.UP || problem != null) {
            found.add("The host " + target.name() + " cannot take virtual machines now"
                    + (problem == null ? "." : ": " + problem));
        }
        if (!target.version().equals(sourceVersion)) {
            found.add("The host " + target.name() + " has version " + target.version()
                    + " of LimiQuantix and the host of the virtual machine " + sourceVersion
                    + "; bring both to the same one.");
        }
        found.addAll(pools(subject, target));
        try {
            database.run(tx -> networks.require(tx, subject.vm().nics(), target.id(), target));
        } catch (FailureException e) {
            found.add("On the host " + target.name() + ": " + e.failure().message());
        }
        return found;
    }

    private static List<String> pools(Subject subject, HostView target) {
        List<String> found = new ArrayList<>();
        for (VolumeView volume : subject.volumes()) {
            boolean local = volume.hostId() != null;
            pool(subject, volume.poolId(), target, local ? volume.allocatedBytes() : 0, local)
                    .map(reason ->
                            "The disk " + volume.name() + " cannot be on the host " + target.name() + ": " + reason)
                    .ifPresent(found::add);
        }
        for (Cdrom cdrom : subject.vm().cdroms()) {
            if (cdrom.poolId() != null) {
                pool(subject, cdrom.poolId(), target, 0, false)
                        .map(reason -> "The ISO in a CD-ROM drive cannot be on the host " + target.name() + ": "
                                + reason + " Take it out first.")
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<String> pool(Subject subject, UUID poolId, HostView target, long bytes, boolean isNew) {
        Optional<PoolView> pool = subject.pool(poolId);
        if (pool.isEmpty()) {
            return Optional.of("its pool is not known any more.");
        }
        String name = pool.get().name();
        Optional<PoolView.OnHost> there = pool.get().hosts().stream()
                .filter(on -> on.hostId().equals(target.id()))
                .findFirst();
        if (there.isEmpty()) {
            return Optional.of("the pool " + name + " is not assigned to it; assign it there.");
        }
        if (!there.get().report().usable()) {
            return Optional.of("the pool " + name + " cannot be used there now.");
        }
        if (isNew && pool.get().maintenance()) {
            return Optional.of("the pool " + name + " is in maintenance.");
        }
        return bytes > there.get().report().freeBytes()
                ? Optional.of("the pool " + name + " has too little room left there.")
                : Optional.empty();
    }
}
