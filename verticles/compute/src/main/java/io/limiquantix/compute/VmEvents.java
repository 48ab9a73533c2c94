package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.compute.VmEventApi;
import io.limiquantix.bus.compute.VmEventView;
import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.compute.reconcile.Causes;
import io.limiquantix.compute.reconcile.EventWording;
import io.limiquantix.compute.reconcile.Happenings;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.LatestTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What happens to VMs without a task: notes it with the change that it tells of, and answers {@link VmEventApi}. */
final class VmEvents {
    /** A host that was restarted tells a moment late what a task has done. */
    private static final Duration LATE = Duration.ofMinutes(1);
    /** A guest that is asked to shut down may take as long as that, after nobody waits for it any more. */
    private static final Duration ASKED = Duration.ofHours(1);

    private final Database database;
    private final VmStore vms;
    private final Tasks tasks;
    private final Duration kept;
    private final VmEventStore events = new VmEventStore();

    /** @param kept for how long */
    VmEvents(Database database, VmStore vms, Tasks tasks, Duration kept) {
        this.database = database;
        this.vms = vms;
        this.tasks = tasks;
        this.kept = kept;
    }

    void serve(Bus bus) {
        bus.serve(VmEventApi.LIST, this::list);
    }

    /** To be called in the transaction that stores the change, with the VM's row locked. */
    void note(Transaction tx, Observed before, Observed after) {
        Causes causes = new Known(tx, after.vmId());
        List<Kind> kinds = Happenings.of(before, after, causes);
        if (kinds.isEmpty()) {
            return;
        }
        PowerState known = before.powerState() == PowerState.UNKNOWN
                ? causes.lastKnown().orElse(PowerState.UNKNOWN)
                : before.powerState();
        kinds.forEach(kind -> events.add(
                tx,
                new VmEventStore.New(
                        after.vmId(),
                        kind,
                        known,
                        after.powerState(),
                        after.stateReason(),
                        EventWording.of(kind, known, after))));
    }

    private VmEventApi.VmEvents list(Past past, Caller caller) {
        return database.transaction(tx -> {
            boolean exists = vms.find(tx, past.of()).isPresent();
            if (!exists && !caller.actor().seesAll()) {
                throw FailureException.notFound("There is no virtual machine " + past.of() + ".");
            }
            List<VmEventView> found = events.list(tx, past);
            List<VmEventView> page = PageRoom.fitting(found, past.limit(), Function.identity());
            return new VmEventApi.VmEvents(page, exists, page.size() < found.size());
        });
    }

    /** Forgets what is too old or too much. Blocks. */
    void sweep() {
        while (database.transaction(tx -> events.pruneOld(tx, kept)) > 0) {
            // In parts, so that none holds the table up.
        }
        while (database.transaction(events::pruneMany) > 0) {
            // As above.
        }
    }

    /** What the database knows. */
    private final class Known implements Causes {
        private final Transaction tx;
        private final UUID vmId;

        Known(Transaction tx, UUID vmId) {
            this.tx = tx;
            this.vmId = vmId;
        }

        @Override
        public boolean explain(PowerState state) {
            return latest(state)
                    .filter(task -> !task.state().isFinal() || isJustDone(task))
                    .isPresent();
        }

        private boolean isJustDone(LatestTask task) {
            return task.state() == TaskState.SUCCEEDED
                    && ended(task, LATE)
                    && task.endedAt() != null
                    && !events.happenedSince(tx, vmId, task.endedAt());
        }

        @Override
        public boolean askedBefore(PowerState state) {
            return latest(state)
                    .filter(task -> task.state() != TaskState.SUCCEEDED && ended(task, ASKED))
                    .isPresent();
        }

        @Override
        public Optional<PowerState> lastKnown() {
            return events.lastKnown(tx, vmId);
        }

        /** The newest task that changes what VMs do, if it brings them into the state. */
        private Optional<LatestTask> latest(PowerState state) {
            return tasks.latestOn(tx, vmId, TaskDeeds.kinds()).filter(task -> TaskDeeds.bring(task.kind(), state));
        }

        private static boolean ended(LatestTask task, Duration within) {
            Long seconds = task.endedSecondsAgo();
            return seconds != null && seconds < within.toSeconds();
        }
    }
}
