package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which VMs need a snapshot of another one: linked clones, and all clones until they have what they begin with. */
final class CloneLinks {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    CloneLinks(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    void add(Transaction tx, UUID cloneId, UUID sourceId, UUID snapshotId, boolean linked) {
        tx.update(
                "insert into compute.clones (clone_id, source_id, snapshot_id, linked) values ($1, $2, $3, $4)",
                cloneId,
                sourceId,
                snapshotId,
                linked);
        vms.touched(tx, sourceId);
    }

    /** The clone needs its source no more. */
    void remove(Transaction tx, UUID cloneId) {
        tx.query(
                        "delete from compute.clones where clone_id = $1 returning source_id",
                        row -> row.uuid("source_id"),
                        cloneId)
                .forEach(source -> vms.touched(tx, source));
    }

    /** The names of those that need the VM. */
    List<String> needing(Transaction tx, UUID sourceId) {
        return tx.query(
                "select v.name from compute.clones c join compute.vms v on v.id = c.clone_id where c.source_id = $1"
                        + " order by v.lower_name",
                row -> row.text("name"),
                sourceId);
    }

    /** The VM that a linked clone stands on, by its name; absent: it has all of its bytes. */
    @Nullable
    String standsOn(Transaction tx, UUID cloneId) {
        return tx.queryOne(
                        "select v.name from compute.clones c join compute.vms v on v.id = c.source_id"
                                + " where c.clone_id = $1 and c.linked",
                        row -> row.text("name"),
                        cloneId)
                .orElse(null);
    }

    /** Refuses what would take away what clones stand on. */
    void requireNone(Transaction tx, StoredVm source) {
        List<String> clones = needing(tx, source.id());
        if (!clones.isEmpty()) {
            throw FailureException.conflict(
                    source.name() + " cannot be deleted, as clones need its disks: "
                            + String.join(", ", clones)
                            + ". Delete the linked ones or make their disks independent, and wait for those that are being made.");
        }
    }

    /** Refuses what would leave a linked clone's disk without the clone. */
    void requireIndependent(Transaction tx, StoredVm vm, String what) {
        String source = standsOn(tx, vm.id());
        if (source != null) {
            throw FailureException.conflict(
                    what + ": " + vm.name() + " is a linked clone, and its disks stand on those of " + source
                            + ". Make its disks independent first.");
        }
    }

    /** Disks can become independent without the VM: to be called before anything is refused for its links. */
    void forgetIndependent(UUID vmId, Caller caller) {
        for (StoredVm clone : database.transaction(tx -> linked(tx, vmId))) {
            if (clone.phase() != Phase.CREATING && isIndependent(clone, caller)) {
                database.run(tx -> remove(tx, clone.id()));
            }
        }
    }

    private List<StoredVm> linked(Transaction tx, UUID vmId) {
        return tx
                .query(
                        "select clone_id from compute.clones where linked and (source_id = $1 or clone_id = $1)",
                        row -> row.uuid("clone_id"),
                        vmId)
                .stream()
                .map(id -> vms.get(tx, id))
                .toList();
    }

    private boolean isIndependent(StoredVm clone, Caller caller) {
        for (Disk disk : clone.disks()) {
            VolumeView volume = bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller);
            if (!volume.independent() && volume.origin().snapshotId() != null) {
                return false;
            }
        }
        return true;
    }
}
