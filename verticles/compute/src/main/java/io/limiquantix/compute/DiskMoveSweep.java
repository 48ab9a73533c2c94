package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with moves of disks whose task has ended before it knew where the disks are. */
final class DiskMoveSweep {
    private static final Logger LOG = LoggerFactory.getLogger(DiskMoveSweep.class);

    private final Database database;
    private final Tasks tasks;
    private final VmStore vms;
    private final DiskMoveStore store;
    private final TaskKind<DiskMovePlan> kind;

    DiskMoveSweep(Database database, Tasks tasks, VmStore vms, DiskMoveStore store, TaskKind<DiskMovePlan> kind) {
        this.database = database;
        this.tasks = tasks;
        this.vms = vms;
        this.store = store;
        this.kind = kind;
    }

    void round() {
        for (DiskMovePlan plan : database.transaction(store::all)) {
            try {
                database.run(tx -> goOn(tx, plan));
            } catch (FailureException e) {
                LOG.info("the move of disks of VM {} is not gone on with now: {}", plan.vmId(), e.getMessage());
            }
        }
    }

    /** With the VM locked, so that a task which is about to begin is seen. */
    private void goOn(Transaction tx, DiskMovePlan plan) {
        UUID vmId = plan.vmId();
        StoredVm vm = vms.lock(tx, vmId);
        boolean busy = !tasks.activeOn(tx, List.of(vmId)).isEmpty();
        if (!busy && store.find(tx, vmId).filter(plan::isSameAs).isPresent()) {
            tasks.submit(
                    tx,
                    new Submission<>(
                            kind, plan.toSettle(), Uuid7.next(), Actor.platform("compute"), "vm", vmId, vm.name()));
        }
    }
}
