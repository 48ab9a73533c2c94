package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.TakeoverApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;

/** Makes a VM a domain of nobody. What is ours goes after the domain is not: one that fails halfway can only be asked for again. */
final class ReleaseVmTask {
    static final String FAILED_HALFWAY =
            "Releasing this VM failed halfway; see the task for the reason, and release it again.";
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int RELEASED = 40;
    private static final int DISKS_GONE = 80;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    ReleaseVmTask(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    record Input(UUID vmId, UUID hostId) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.RELEASE, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        var stored = database.transaction(tx -> vms.find(tx, input.vmId()));
        if (stored.isEmpty()) {
            // Forgetting it was the last step, and only its end was not written down.
            return;
        }
        run.pointOfNoReturn();
        run.step("begin to release", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> saysHalfway(input));
        run.step("release the domain", DomainReport.class)
                .progress(RELEASED)
                .run(caller -> bus.request(
                        HostAdoptionApi.RELEASE.at(input.hostId()),
                        new DomainApi.Domain(input.vmId()),
                        caller.within(ANSWER)));
        for (Disk disk : stored.get().disks()) {
            run.step("let disk " + disk.volumeId() + " go", Nothing.class)
                    .progress(DISKS_GONE)
                    .run(caller -> letGo(input, disk, caller));
        }
        run.step("give its place back", Nothing.class)
                .run(caller -> bus.request(SchedulerApi.RELEASE, new SchedulerApi.Release(input.vmId()), caller));
        run.step("forget it", Nothing.class).run(caller -> {
            database.run(tx -> vms.remove(tx, input.vmId()));
            return Nothing.NOTHING;
        });
    }

    private Nothing letGo(Input input, Disk disk, Caller caller) {
        return bus.request(
                TakeoverApi.LET_GO,
                new TakeoverApi.LetGo(disk.volumeId(), input.hostId(), input.vmId()),
                caller.within(ANSWER));
    }

    private void saysHalfway(Input input) {
        database.run(tx ->
                vms.find(tx, input.vmId()).ifPresent(vm -> vms.enter(tx, vm.id(), Phase.DELETING, FAILED_HALFWAY)));
    }
}
