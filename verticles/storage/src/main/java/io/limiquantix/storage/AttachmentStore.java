package io.limiquantix.storage;

import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.UUID;

/** Which VMs have a volume, in the database. */
final class AttachmentStore {
    /** As a column of a query of volumes {@code v}, oldest first. */
    static final String AS_COLUMN =
            "coalesce((select jsonb_agg(jsonb_build_object('vmId', a.vm_id, 'readOnly', a.read_only)"
                    + " order by a.attached_at, a.vm_id) from storage.attachments a where a.volume_id = v.id), '[]'::jsonb)"
                    + " as attachments";

    /** Gives the volume to the VM; false when that takes it from another one. The volume must be locked. */
    boolean add(Transaction tx, VolumeView volume, UUID vmId, boolean readOnly) {
        int added = tx.update(
                "insert into storage.attachments (volume_id, vm_id, read_only, shareable) values ($1, $2, $3, $4)"
                        + " on conflict do nothing",
                volume.id(),
                vmId,
                readOnly,
                volume.shareable());
        if (added == 1) {
            changed(tx, volume.id());
        }
        return added == 1 || has(tx, volume.id(), vmId);
    }

    /** The VMs that have a volume of the pool. */
    List<UUID> usersOf(Transaction tx, UUID poolId) {
        return tx.query(
                "select distinct a.vm_id from storage.attachments a join storage.volumes v on v.id = a.volume_id"
                        + " where v.pool_id = $1",
                row -> row.uuid("vm_id"),
                poolId);
    }

    private static boolean has(Transaction tx, UUID volumeId, UUID vmId) {
        return tx.queryOne(
                        "select vm_id from storage.attachments where volume_id = $1 and vm_id = $2",
                        row -> row.uuid("vm_id"),
                        volumeId,
                        vmId)
                .isPresent();
    }

    void remove(Transaction tx, UUID volumeId, UUID vmId) {
        if (tx.update("delete from storage.attachments where volume_id = $1 and vm_id = $2", volumeId, vmId) == 1) {
            changed(tx, volumeId);
        }
    }

    private static void changed(Transaction tx, UUID volumeId) {
        tx.update("update storage.volumes set version = version + 1 where id = $1", volumeId);
        tx.changed(VolumeStore.KIND, volumeId, Change.CHANGED);
    }
}
