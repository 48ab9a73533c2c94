package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.UUID;

/**
 * Who has a volume. The database lets a volume that is not shareable have one VM at most, so that two control planes cannot
 * give it away twice.
 */
final class Attachments {
    private final Database database;
    private final Tasks tasks;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final AttachmentStore store = new AttachmentStore();
    private final SnapshotStore snapshots = new SnapshotStore();

    Attachments(Database database, Tasks tasks) {
        this.database = database;
        this.tasks = tasks;
    }

    VolumeView attach(StorageApi.AttachVolume request) {
        return database.transaction(tx -> {
            VolumeView volume = volumes.lock(tx, request.volumeId());
            boolean hasIt = volume.attachments().stream().anyMatch(a -> a.vmId().equals(request.vmId()));
            if (!hasIt) {
                requireFree(tx, volume);
                requireReachable(tx, volume, request.hostId());
            }
            if (!store.add(tx, volume, request.vmId(), request.readOnly())) {
                throw FailureException.conflict("The volume " + volume.name() + " belongs to another VM already; detach"
                        + " it there first, or make it shareable while no VM has it.");
            }
            return volumes.get(tx, volume.id());
        });
    }

    private void requireFree(Transaction tx, VolumeView volume) {
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        if (tasks.activeOn(tx, List.of(volume.id())).containsKey(volume.id())) {
            throw FailureException.conflict(
                    "A task works on the volume " + volume.name() + " now; attach it when that has ended.");
        }
    }

    private void requireReachable(Transaction tx, VolumeView volume, UUID hostId) {
        PoolView pool = pools.find(tx, volume.poolId())
                .orElseThrow(() -> FailureException.notFound("There is no pool " + volume.poolId() + "."));
        boolean here = volume.hostId() == null || volume.hostId().equals(hostId);
        boolean usable = pool.hosts().stream()
                .anyMatch(host -> host.hostId().equals(hostId) && host.report().usable());
        if (!here) {
            throw FailureException.conflict("The volume " + volume.name() + " lies on another host than the VM, in the"
                    + " pool " + pool.name() + ", which is a place of its own on each host. Copy it to the VM's host,"
                    + " or into a pool that hosts share.");
        }
        if (!usable) {
            throw FailureException.conflict("The pool " + pool.name() + " of the volume " + volume.name()
                    + " cannot be used on the VM's host now; see the pool for the reason, or assign it to that host.");
        }
    }

    /** Success when the VM does not have it, or there is no such volume. */
    Nothing release(StorageApi.VolumeOfVm request) {
        database.run(tx -> {
            store.remove(tx, request.volumeId(), request.vmId());
            snapshots.setFree(tx, request.volumeId());
        });
        return Nothing.NOTHING;
    }

    VolumeView setShareable(StorageApi.SetShareable request) {
        return database.transaction(tx -> {
            VolumeView volume = volumes.lock(tx, request.volumeId());
            VersionCheck.require("volume " + volume.name(), request.expectedVersion(), volume.version());
            if (volume.shareable() == request.shareable()) {
                return volume;
            }
            if (!volume.attachments().isEmpty()) {
                throw FailureException.conflict("The volume " + volume.name() + " is attached to "
                        + volume.attachments().size() + " VM(s); detach it first.");
            }
            if (request.shareable()) {
                requireRaw(volume.name(), volume.format());
            }
            volumes.setShareable(tx, volume.id(), request.shareable());
            return volumes.get(tx, volume.id());
        });
    }

    /** Two QEMUs that write to one qcow2 file destroy it, as each keeps the file's tables to itself. */
    static void requireRaw(String name, String format) {
        if (!format.equals("raw")) {
            throw FailureException.invalid(
                    "shareable",
                    "The volume " + name + " is " + format + ", which only one VM at a time can write to. A shareable"
                            + " volume is raw: copy it into a raw one first.");
        }
    }

    /** Refused for a volume that several VMs have: their hosts do not know of each other's. */
    static void requireOneUser(VolumeView volume, String wish) {
        if (volume.attachments().size() > 1) {
            throw FailureException.conflict("The volume " + volume.name() + " is attached to "
                    + volume.attachments().size() + " VMs. " + wish + " when one VM at most has it.");
        }
    }
}
