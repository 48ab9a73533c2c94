package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.storage.DiskMoveApi;
import io.limiquantix.bus.storage.DiskMoveApi.BeginDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.MovingDisk;
import io.limiquantix.compute.DiskMovePlan.Moving;
import io.limiquantix.compute.DiskMoveSending.Ended;
import io.limiquantix.compute.DiskMoveSettling.Settled;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves disks of a VM to other pools of its host, one after the other. Whatever happens on the way, in the end its host is asked where each
 * disk is, and the rest follows that.
 */
final class MoveDisksTask {
    private static final int BEGUN = 2;
    private static final int MOVED = 95;
    private static final int SETTLED = 99;
    private static final Duration DISK_ANSWER = Duration.ofMinutes(5);
    /** Nothing else can be done with a VM of whose disks nobody knows where they are. */
    private static final Duration UNTIL_KNOWN = Duration.ofDays(3_650);

    private final Database database;
    private final Bus bus;
    private final DiskMoveTargets targets;
    private final DiskMoveStore store;
    private final DiskMoveSettling settling;
    private final DiskMoveSending sending;

    MoveDisksTask(Database database, Bus bus, DiskMoveTargets targets, DiskMoveStore store, DiskMoveSettling settling) {
        this.database = database;
        this.bus = bus;
        this.targets = targets;
        this.store = store;
        this.settling = settling;
        this.sending = new DiskMoveSending(bus);
    }

    TaskKind<DiskMovePlan> kind() {
        return new TaskKind<>(VmTaskNames.MOVE_DISKS, DiskMovePlan.class, this::run);
    }

    private void run(DiskMovePlan plan, TaskRun run) {
        Optional<Failure> why = plan.settleOnly() ? Optional.empty() : move(plan, run);
        run.pointOfNoReturn();
        Settled settled = run.step("find out where the disks are", Settled.class)
                .progress(SETTLED)
                .patience(UNTIL_KNOWN)
                .run(caller -> settling.settle(plan, caller));
        if (!settled.moved().isEmpty()) {
            run.log("Moved: " + String.join(", ", settled.moved()) + ".");
        }
        boolean all = settled.moved().size() == plan.disks().size();
        if (!plan.settleOnly() && !all) {
            throw stayed(why.orElse(null), settled.moved());
        }
    }

    private static FailureException stayed(@Nullable Failure why, List<String> moved) {
        String also =
                moved.isEmpty() ? "" : " These were moved before and stay there: " + String.join(", ", moved) + ".";
        if (why == null) {
            return FailureException.of(
                    FailureCode.HYPERVISOR, "A disk did not go to its new pool, though that was said." + also);
        }
        // It was waited for already.
        FailureCode code = why.code().isTransient() ? FailureCode.HYPERVISOR : why.code();
        return new FailureException(new Failure(code, why.message() + also, why.details()));
    }

    private Optional<Failure> move(DiskMovePlan plan, TaskRun run) {
        run.step("check", Nothing.class).run(caller -> targets.require(plan, caller));
        run.step("begin", Nothing.class)
                .progress(BEGUN)
                .orUndo(caller -> begin(plan, run), caller -> settling.settle(plan, caller));
        int share = (MOVED - BEGUN) / plan.disks().size();
        for (int i = 0; i < plan.disks().size(); i++) {
            Moving disk = plan.disks().get(i);
            int from = BEGUN + i * share;
            MovingDisk place = run.step("make a place for disk " + (i + 1), MovingDisk.class)
                    .run(caller -> place(plan, disk, caller));
            Ended ended = run.step("move disk " + (i + 1), Ended.class)
                    .progress(from + share)
                    .run(caller -> sending.send(plan, disk, place, from, from + share, run, caller));
            if (ended.why() != null) {
                return Optional.of(ended.why());
            }
        }
        return Optional.empty();
    }

    private Nothing begin(DiskMovePlan plan, TaskRun run) {
        database.run(tx -> store.begin(tx, run.taskId(), plan));
        return Nothing.NOTHING;
    }

    private MovingDisk place(DiskMovePlan plan, Moving disk, Caller caller) {
        return bus.request(
                DiskMoveApi.BEGIN,
                new BeginDiskMove(disk.moveId(), disk.volumeId(), disk.to(), plan.hostId(), disk.bytesToCopy()),
                caller.within(DISK_ANSWER));
    }
}
