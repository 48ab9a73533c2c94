package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** VMs whose disks are on their way to other pools, in the database. */
final class DiskMoveStore {
    /** The same one again changes nothing; refused while another one of the VM is not over. */
    void begin(Transaction tx, UUID taskId, DiskMovePlan plan) {
        tx.update(
                "insert into compute.disk_moves (vm_id, task_id, input) values ($1, $2, $3) on conflict (vm_id) do nothing",
                plan.vmId(),
                taskId,
                Json.of(plan));
        if (find(tx, plan.vmId()).filter(plan::isSameAs).isEmpty()) {
            throw notOver();
        }
    }

    private static FailureException notOver() {
        return FailureException.conflict(
                "It is not known yet how an earlier move of disks of this virtual machine ended, as its host"
                        + " did not answer. That is found out as soon as it does.");
    }

    Optional<DiskMovePlan> find(Transaction tx, UUID vmId) {
        return tx.queryOne(
                "select input from compute.disk_moves where vm_id = $1",
                row -> row.json("input", DiskMovePlan.class),
                vmId);
    }

    /** Refuses whatever else is to be done with a VM while nobody knows where its disks are. */
    void requireNone(Transaction tx, UUID vmId) {
        if (find(tx, vmId).isPresent()) {
            throw notOver();
        }
    }

    /** Nothing is left of it. */
    void end(Transaction tx, DiskMovePlan plan) {
        if (find(tx, plan.vmId()).filter(plan::isSameAs).isPresent()) {
            tx.update("delete from compute.disk_moves where vm_id = $1", plan.vmId());
        }
    }

    List<DiskMovePlan> all(Transaction tx) {
        return tx.query(
                "select input from compute.disk_moves order by begun_at, vm_id",
                row -> row.json("input", DiskMovePlan.class));
    }
}
