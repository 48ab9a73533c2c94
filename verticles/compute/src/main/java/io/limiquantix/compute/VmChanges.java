package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.compute.spec.SpecDigest;
import io.limiquantix.compute.spec.SpecEdit;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of VMs in the database after they were made: their specs and devices, and the room that is kept for them. */
final class VmChanges {
    private final VmStore vms;

    VmChanges(VmStore vms) {
        this.vms = vms;
    }

    /**
     * What the VM is to be from now on; refused when another VM has its name.
     *
     * @param room what is kept for it; absent: what the spec says
     */
    void setSpec(Transaction tx, UUID id, VmSpec spec, @Nullable Room room) {
        try {
            VmStore.change(
                    tx,
                    id,
                    tx.update(
                            "update compute.vms set name = $2, spec = $3, digest = $4, room = $5, changed_at = now(),"
                                    + " version = version + 1 where id = $1",
                            id,
                            spec.name(),
                            Json.of(spec),
                            SpecDigest.of(spec),
                            room == null ? null : Json.of(room)));
        } catch (DatabaseException e) {
            throw VmStore.refused(e, spec.name());
        }
    }

    /** Whether another VM has the name. */
    boolean isTaken(Transaction tx, UUID id, String name) {
        return tx.queryOne(
                        "select id from compute.vms where lower_name = lower($2) and id" + " <> $1",
                        row -> row.uuid("id"),
                        id,
                        name)
                .isPresent();
    }

    /** Somebody has decided about the VM: whoever has read it before has not seen that. */
    void decided(Transaction tx, UUID id) {
        VmStore.change(tx, id, tx.update("update compute.vms set version = version + 1 where id = $1", id));
    }

    /** Those for which more is kept than their specs say. */
    List<UUID> withSpareRoom(Transaction tx) {
        return tx.query("select id from compute.vms where room is not null", row -> row.uuid("id"));
    }

    void roomReturned(Transaction tx, UUID id) {
        tx.update("update compute.vms set room = null where id = $1", id);
    }

    /** Those of a host that are made otherwise than it says, which is given by id. */
    List<StoredVm> otherwise(Transaction tx, UUID hostId, Map<UUID, String> digests) {
        List<UUID> ids = List.copyOf(digests.keySet());
        return tx.query(
                "select vms.* from compute.vms join unnest($2::uuid[], $3::text[]) as said (id, digest) using (id)"
                        + " where host_id = $1 and phase = 'READY' and vms.digest <> said.digest",
                StoredVm::of,
                hostId,
                ids.toArray(UUID[]::new),
                ids.stream().map(digests::get).toArray(String[]::new));
    }

    /** The boot order names those that remain by their new places. */
    void removeDisk(Transaction tx, UUID id, UUID volumeId) {
        StoredVm vm = vms.lock(tx, id);
        List<UUID> volumes = vm.disks().stream().map(Disk::volumeId).toList();
        VmSpec spec = SpecEdit.withoutDisk(vm.spec(), volumes.indexOf(volumeId));
        VmStore.setDisks(tx, id, VmStore.withoutDisk(vm, volumeId));
        if (!spec.equals(vm.spec())) {
            setSpec(tx, id, spec, vm.room());
        }
    }

    /** The same for a network card, whose address is given back. */
    void removeNic(Transaction tx, UUID id, String mac) {
        StoredVm vm = vms.lock(tx, id);
        List<String> macs = vm.nics().stream().map(Nic::mac).toList();
        VmSpec spec = SpecEdit.withoutNic(vm.spec(), macs.indexOf(mac));
        vms.removeNic(tx, id, mac);
        if (!spec.equals(vm.spec())) {
            setSpec(tx, id, spec, vm.room());
        }
    }

    void replaceDisk(Transaction tx, UUID id, UUID volumeId, UnaryOperator<Disk> change) {
        VmStore.setDisks(
                tx,
                id,
                vms.lock(tx, id).disks().stream()
                        .map(disk -> disk.volumeId().equals(volumeId) ? change.apply(disk) : disk)
                        .toList());
    }

    /** What is in its drives, and how many there are. */
    void setCdroms(Transaction tx, UUID id, List<Cdrom> cdroms) {
        StoredVm vm = vms.lock(tx, id);
        tx.update("update compute.vms set cdroms = $2 where id = $1", id, Json.array(cdroms));
        setSpec(tx, id, SpecEdit.withCdroms(vm.spec(), cdroms), vm.room());
    }
}
