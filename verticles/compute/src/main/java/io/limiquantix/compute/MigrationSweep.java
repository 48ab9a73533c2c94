package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.compute.MigrationStore.Migration;
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

/** Goes on with migrations whose task has ended before it knew where the VM is, or could take everything away. */
final class MigrationSweep {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationSweep.class);

    private final Database database;
    private final Tasks tasks;
    private final VmStore vms;
    private final MigrationStore store;
    private final TaskKind<MigrationPlan> kind;

    MigrationSweep(Database database, Tasks tasks, VmStore vms, MigrationStore store, TaskKind<MigrationPlan> kind) {
        this.database = database;
        this.tasks = tasks;
        this.vms = vms;
        this.store = store;
        this.kind = kind;
    }

    void round() {
        for (Migration migration : database.transaction(store::all)) {
            try {
                database.run(tx -> goOn(tx, migration));
            } catch (FailureException e) {
                LOG.info(
                        "the migration of VM {} is not gone on with now: {}",
                        migration.plan().vmId(),
                        e.getMessage());
            }
        }
    }

    /** With the VM locked, so that a task which is about to begin is seen. */
    private void goOn(Transaction tx, Migration migration) {
        UUID vmId = migration.plan().vmId();
        StoredVm vm = vms.lock(tx, vmId);
        boolean busy = !tasks.activeOn(tx, List.of(vmId)).isEmpty();
        if (!busy && store.isUnderWay(tx, vmId)) {
            tasks.submit(
                    tx,
                    new Submission<>(
                            kind,
                            migration.plan().toSettle(),
                            Uuid7.next(),
                            Actor.platform("compute"),
                            "vm",
                            vmId,
                            vm.name()));
        }
    }
}
