package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives room back that VMs used until they were started anew as smaller ones. */
final class RoomReturn {
    private static final Logger LOG = LoggerFactory.getLogger(RoomReturn.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmChanges changes;
    private final Tasks tasks;

    RoomReturn(Database database, Bus bus, VmStore vms, Tasks tasks) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.tasks = tasks;
    }

    /** Looks at every VM that has too much. Blocks; what cannot be given back now is left for the next round. */
    void round() {
        for (UUID id : database.transaction(changes::withSpareRoom)) {
            try {
                database.run(tx -> giveBack(tx, id));
            } catch (FailureException e) {
                LOG.info("the room of VM {} cannot be given back now: {}", id, e.getMessage());
            }
        }
    }

    /** Under the VM's lock, so that no task can begin which needs the room. */
    private void giveBack(Transaction tx, UUID id) {
        StoredVm vm = vms.lock(tx, id);
        boolean busy = !tasks.activeOn(tx, List.of(id)).isEmpty();
        // Its memory is as large as it was, and what is pending is not seen before it goes on.
        boolean suspended = vm.powerState() == PowerState.SUSPENDED;
        if (busy
                || suspended
                || vm.phase() != Phase.READY
                || EditVmTask.usesWhatItHad(vm.observed().pending())) {
            return;
        }
        Room room = Room.of(vm.spec());
        bus.request(
                SchedulerApi.RESIZE,
                new SchedulerApi.Resize(id, room.vcpus(), room.memoryBytes()),
                Caller.of(Actor.platform("compute"), ANSWER));
        changes.roomReturned(tx, id);
    }
}
