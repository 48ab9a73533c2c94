package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.ArrivalApi;
import io.limiquantix.compute.MigrationPlan.Carried;
import io.limiquantix.compute.MigrationStore.Phase;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Takes away what a migration leaves at the host where the VM is not. While nobody knows which one that is, nothing is taken. */
final class MigrationCleaning {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Database database;
    private final Bus bus;
    private final MigrationStore store;
    private final MigrationSettling settling;
    private final MigrationForgetting forgetting;

    MigrationCleaning(
            Database database,
            Bus bus,
            MigrationStore store,
            MigrationSettling settling,
            MigrationForgetting forgetting) {
        this.forgetting = forgetting;
        this.database = database;
        this.bus = bus;
        this.store = store;
        this.settling = settling;
    }

    /**
     * Whether the VM is at the target; empty when nothing is left to be cleaned.
     *
     * @throws FailureException {@code CONFLICT} when that is not known
     */
    private Optional<Boolean> arrived(MigrationPlan plan) {
        Optional<Phase> phase = settling.phase(plan);
        if (phase.filter(Phase.MOVING::equals).isPresent()) {
            throw FailureException.conflict("It is not known on which host the virtual machine is, so what was made for"
                    + " it on " + plan.targetName() + " stays until that has been found out.");
        }
        return phase.map(Phase.ARRIVED::equals);
    }

    Nothing disk(MigrationPlan plan, Carried disk, Caller caller) {
        arrived(plan)
                .ifPresent(there -> bus.request(
                        ArrivalApi.END,
                        new ArrivalApi.EndArrival(disk.volumeId(), plan.target(), plan.migrationId(), there),
                        caller.within(ANSWER)));
        return Nothing.NOTHING;
    }

    /** One in a pool that both hosts reach is the only one. */
    Nothing seed(MigrationPlan plan, TaskRun run, Caller caller) {
        if (!Boolean.FALSE.equals(plan.seedStays())) {
            return Nothing.NOTHING;
        }
        arrived(plan).ifPresent(there -> deleteSeed(plan, there ? plan.source() : plan.target(), run, caller));
        return Nothing.NOTHING;
    }

    private void deleteSeed(MigrationPlan plan, UUID hostId, TaskRun run, Caller caller) {
        try {
            bus.request(HostStorageApi.DELETE_SEED.at(hostId), MigrationSettling.domain(plan), caller.within(ANSWER));
        } catch (FailureException e) {
            run.log("The virtual machine's seed was left on the host " + hostId + ": "
                    + e.failure().message());
        }
    }

    Nothing room(MigrationPlan plan, Caller caller) {
        arrived(plan)
                .ifPresent(there -> bus.request(
                        SchedulerApi.END_ARRIVAL,
                        new SchedulerApi.EndArrival(plan.vmId(), plan.target(), there),
                        caller.within(ANSWER)));
        return Nothing.NOTHING;
    }

    Nothing forget(MigrationPlan plan) {
        database.run(tx -> store.end(tx, plan));
        return Nothing.NOTHING;
    }

    /** Closes what the target opened for a VM that was never sent. */
    void giveUp(MigrationPlan plan, Caller caller) {
        if (settling.phase(plan).filter(Phase.BRINGING::equals).isPresent()) {
            forgetting.attempt(plan, caller);
        }
    }
}
