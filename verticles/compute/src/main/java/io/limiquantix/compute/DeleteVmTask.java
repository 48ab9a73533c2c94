package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;

/** Deletes a VM. What has been deleted stays deleted, so a deletion that fails halfway can only be asked for again. */
final class DeleteVmTask {
    private static final String FAILED_HALFWAY =
            "Deleting this VM failed halfway; see the task for the reason, and delete it again.";
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int ENDED = 30;
    private static final int DISKS_GONE = 80;
    private static final int SEED_GONE = 90;
    private static final int RELEASED = 95;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    DeleteVmTask(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    record Input(UUID vmId, UUID hostId, boolean keepDisks, boolean force) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.DELETE, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        var stored = database.transaction(tx -> vms.find(tx, input.vmId()));
        if (stored.isEmpty()) {
            // Deleting it was the last step, and only its end was not written down.
            return;
        }
        run.step("begin", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> giveUp(input));
        if (!input.force()) {
            run.step("check that it is off", Nothing.class).run(caller -> checkOff(input, caller));
        }
        run.pointOfNoReturn();
        run.step("begin to delete", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> saysHalfway(input));
        run.step("remove the domain", DomainReport.class)
                .progress(ENDED)
                .run(caller ->
                        bus.request(DomainApi.UNDEFINE.at(input.hostId()), domain(input), caller.within(ANSWER)));
        for (Disk disk : stored.get().disks()) {
            removeDisk(input, disk, run);
        }
        run.step("delete the cloud-init seed", Nothing.class)
                .progress(SEED_GONE)
                .run(caller -> bus.request(HostStorageApi.DELETE_SEED.at(input.hostId()), domain(input), caller));
        run.step("give its place back", Nothing.class)
                .progress(RELEASED)
                .run(caller -> bus.request(SchedulerApi.RELEASE, new SchedulerApi.Release(input.vmId()), caller));
        run.step("forget it", Nothing.class).run(caller -> forget(input));
    }

    private void removeDisk(Input input, Disk disk, TaskRun run) {
        boolean keep = input.keepDisks() || disk.attached();
        run.step((keep ? "keep disk " : "delete disk ") + disk.volumeId(), Nothing.class)
                .progress(DISKS_GONE)
                .run(caller -> keep ? release(input, disk, caller) : discard(disk, caller));
    }

    private Nothing release(Input input, Disk disk, Caller caller) {
        return bus.request(
                StorageApi.RELEASE_VOLUME,
                new StorageApi.VolumeOfVm(disk.volumeId(), input.vmId()),
                caller.within(ANSWER));
    }

    private Nothing discard(Disk disk, Caller caller) {
        return bus.request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(disk.volumeId()), caller.within(ANSWER));
    }

    /** Somebody may have started it since it was asked for. */
    private Nothing checkOff(Input input, Caller caller) {
        PowerState state = bus.request(DomainApi.GET.at(input.hostId()), domain(input), caller)
                .state();
        if (state == PowerState.RUNNING || state == PowerState.PAUSED || state == PowerState.STOPPING) {
            throw FailureException.conflict("The VM runs; shut it down first, or delete it with force.");
        }
        return Nothing.NOTHING;
    }

    private void saysHalfway(Input input) {
        database.run(tx ->
                vms.find(tx, input.vmId()).ifPresent(vm -> vms.enter(tx, vm.id(), Phase.DELETING, FAILED_HALFWAY)));
    }

    /** Nothing has been deleted, unless this or an earlier deletion has said so. */
    private void giveUp(Input input) {
        database.run(tx -> vms.find(tx, input.vmId())
                .filter(vm -> vm.observed().problem() == null)
                .ifPresent(vm -> vms.enter(tx, vm.id(), Phase.READY, null)));
    }

    private Nothing forget(Input input) {
        database.run(tx -> vms.remove(tx, input.vmId()));
        return Nothing.NOTHING;
    }

    private static DomainApi.Domain domain(Input input) {
        return new DomainApi.Domain(input.vmId());
    }
}
