package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.ActiveTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** Begins a task on a VM, if need be in place of one that only waits for the guest. */
final class VmWork {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SPARE = Duration.ofSeconds(1);

    private final Database database;
    private final VmStore vms;
    private final Tasks tasks;
    private final MigrationStore migrations = new MigrationStore();
    private final DiskMoveStore diskMoves = new DiskMoveStore();

    VmWork(Database database, VmStore vms, Tasks tasks) {
        this.database = database;
        this.vms = vms;
        this.tasks = tasks;
    }

    /** What to do with a VM: refuses, or decides about the VM and says which task follows. */
    @FunctionalInterface
    interface Plan<I extends Record> {
        I decide(Transaction tx, StoredVm vm);
    }

    /**
     * Submits the task; the same operation asked again is the same task.
     *
     * @param superseded the kinds of task that are cancelled to make room
     */
    <I extends Record> TaskRef begin(UUID vmId, Caller caller, TaskKind<I> kind, Set<String> superseded, Plan<I> plan) {
        Instant end = caller.deadline().minus(SPARE);
        BiFunction<Transaction, StoredVm, Submission<I>> submission = (tx, vm) -> {
            TemplateRules.admit(vm, kind.name());
            return new Submission<>(
                    kind, plan.decide(tx, vm), caller.operationId(), caller.actor(), "vm", vmId, vm.name());
        };
        while (true) {
            Optional<TaskRef> begun = database.transaction(tx -> attempt(tx, vmId, caller, superseded, submission));
            if (begun.isPresent()) {
                return begun.get();
            }
            if (Instant.now().isAfter(end)) {
                throw FailureException.conflict(
                        "The task that works on this VM was cancelled and has not ended yet; try again in a moment.");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private <I extends Record> Optional<TaskRef> attempt(
            Transaction tx,
            UUID vmId,
            Caller caller,
            Set<String> superseded,
            BiFunction<Transaction, StoredVm, Submission<I>> submission) {
        Optional<TaskRef> before = tasks.submitted(tx, caller.operationId());
        if (before.isPresent()) {
            return before;
        }
        StoredVm vm = vms.lock(tx, vmId);
        ActiveTask active = tasks.activeOn(tx, List.of(vmId)).get(vmId);
        if (active != null && mayGiveWay(active, vm, superseded)) {
            tasks.requestCancel(tx, active.taskId());
            return Optional.empty();
        }
        if (active == null) {
            requireKnown(tx, vmId);
        }
        TaskRef ref = tasks.submit(tx, submission.apply(tx, vm));
        vms.touched(tx, vmId);
        return Optional.of(ref);
    }

    /** Refuses while nobody knows where a VM or a disk of it is, as a move of it ended without an answer. */
    void requireKnown(Transaction tx, UUID vmId) {
        migrations.requireNone(tx, vmId);
        diskMoves.requireNone(tx, vmId);
    }

    /** A creation whose VM is ready only watches the guest boot. */
    private static boolean mayGiveWay(ActiveTask active, StoredVm vm, Set<String> superseded) {
        return superseded.contains(active.kind())
                && (!active.kind().equals(VmTaskNames.CREATE) || vm.phase() == Phase.READY);
    }
}
