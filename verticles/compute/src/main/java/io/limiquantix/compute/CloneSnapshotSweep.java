package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has snapshots deleted that were made for clones and that none needs any more. */
final class CloneSnapshotSweep {
    private static final Logger LOG = LoggerFactory.getLogger(CloneSnapshotSweep.class);

    private final Database database;
    private final VmStore vms;
    private final VmSnapshotStore store;
    private final Tasks tasks;
    private final DeleteSnapshotTask task;

    CloneSnapshotSweep(Database database, VmStore vms, VmSnapshotStore store, Tasks tasks, DeleteSnapshotTask task) {
        this.database = database;
        this.vms = vms;
        this.store = store;
        this.tasks = tasks;
        this.task = task;
    }

    /** What cannot be deleted now is left for the next round; one whose deletion failed is left for people. */
    void round() {
        for (VmSnapshotView snapshot : database.transaction(store::needless)) {
            try {
                database.run(tx -> delete(tx, snapshot));
            } catch (FailureException e) {
                LOG.info("the snapshot {} cannot be deleted now: {}", snapshot.id(), e.getMessage());
            }
        }
    }

    /** Under the VM's lock, so that no clone can begin which needs it. */
    private void delete(Transaction tx, VmSnapshotView snapshot) {
        StoredVm vm = vms.lock(tx, snapshot.vmId());
        boolean needless = store.needless(tx).stream().map(VmSnapshotView::id).anyMatch(snapshot.id()::equals);
        boolean busy = !tasks.activeOn(tx, List.of(vm.id())).isEmpty();
        if (!needless || busy || vm.phase() != Phase.READY || vm.powerState() == PowerState.SUSPENDED) {
            return;
        }
        store.deleting(tx, snapshot);
        UUID operation = Uuid7.derived(snapshot.id(), "no clone needs it");
        tasks.submit(
                tx,
                new Submission<>(
                        task.kind(),
                        new DeleteSnapshotTask.Input(vm.id(), VmDisks.hostOf(vm), List.of(snapshot.id())),
                        operation,
                        Actor.platform("compute"),
                        "vm",
                        vm.id(),
                        vm.name()));
    }
}
