package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.compute.spec.SpecEdit;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Makes another machine of a VM. There is room for the larger of both before its host is asked, and until it runs with the smaller one,
 * so that no moment of the task leaves a host with more than it has.
 */
final class EditVmTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int RESERVED = 20;
    private static final int CHANGED = 85;
    private static final int NOTED = 95;
    /** While one of these is pending, the VM uses what it had before. */
    private static final Set<String> ROOM = Set.of("vcpus", "memoryBytes");

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmChanges changes;
    private final Reconciler reconciler;

    EditVmTask(Database database, Bus bus, VmStore vms, Reconciler reconciler) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.reconciler = reconciler;
    }

    /**
     * @param held what was kept for the VM before
     * @param room what is to be kept for it afterwards
     */
    record Input(UUID vmId, UUID hostId, VmEdit edit, EditDomain before, EditDomain after, Room held, Room room) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.EDIT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        DomainReport report = begin(input, run);
        run.pointOfNoReturn();
        end(input, report, run);
    }

    /** The steps that are undone when a later one fails. */
    DomainReport begin(Input input, TaskRun run) {
        reserve(input, run);
        return run.step("change the domain", DomainReport.class)
                .progress(CHANGED)
                .orUndo(
                        caller -> change(input, input.after(), caller),
                        caller -> change(input, input.before(), caller));
    }

    /** There is room for either then. */
    void reserve(Input input, TaskRun run) {
        Room most = input.held().with(input.room());
        if (!most.equals(input.held())) {
            run.step("reserve room", Nothing.class)
                    .progress(RESERVED)
                    .orUndo(caller -> keep(input, most, caller), caller -> keep(input, input.held(), caller));
        }
    }

    /** The steps after which it is that machine; what its host said of the change is given. */
    void end(Input input, DomainReport report, TaskRun run) {
        Room most = input.held().with(input.room());
        Room kept = run.step("note the change", Room.class).progress(NOTED).run(caller -> note(input, most, report));
        if (!kept.equals(most)) {
            run.step("give room back", Nothing.class).run(caller -> keep(input, kept, caller));
        }
        if (!report.pending().isEmpty()) {
            run.log("Takes effect when the VM is next started, not by a reboot inside the guest: "
                    + String.join(
                            ", ",
                            report.pending().stream().map(PendingChange::field).toList())
                    + ".");
        }
    }

    private Nothing keep(Input input, Room room, Caller caller) {
        return bus.request(
                SchedulerApi.RESIZE, new SchedulerApi.Resize(input.vmId(), room.vcpus(), room.memoryBytes()), caller);
    }

    DomainReport change(Input input, EditDomain edit, Caller caller) {
        DomainReport report = bus.request(DomainApi.EDIT.at(input.hostId()), edit, caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }

    /** What people find the VM by may have been changed since, and stays. */
    private Room note(Input input, Room most, DomainReport report) {
        return database.transaction(tx -> {
            StoredVm vm = vms.lock(tx, input.vmId());
            VmSpec spec = SpecEdit.of(vm.spec(), input.edit(), VmEditing.devices(vm));
            Room kept = usesWhatItHad(report.pending()) ? most : input.room();
            changes.setSpec(tx, vm.id(), spec, kept.equals(Room.of(spec)) ? null : kept);
            return kept;
        });
    }

    /** Whether it still runs with what it had. */
    static boolean usesWhatItHad(List<PendingChange> pending) {
        return pending.stream().map(PendingChange::field).anyMatch(ROOM::contains);
    }
}
