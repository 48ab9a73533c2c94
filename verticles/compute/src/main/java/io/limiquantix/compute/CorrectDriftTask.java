package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Drift;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a VM's definition what it was. Each step brings it nearer to that and can be asked for again, so there is nothing to take back:
 * a task that fails leaves less drift than there was.
 */
final class CorrectDriftTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int TAKEN_OUT = 20;
    private static final int MACHINE = 50;
    private static final int DEVICES = 90;

    private final Bus bus;
    private final Reconciler reconciler;

    CorrectDriftTask(Bus bus, Reconciler reconciler) {
        this.bus = bus;
        this.reconciler = reconciler;
    }

    /** @param readOnly the volumes that it only reads */
    record Input(UUID vmId, UUID hostId, Expected expected, List<UUID> readOnly) {
        Input {
            readOnly = List.copyOf(readOnly);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.CORRECT_DRIFT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        run.pointOfNoReturn();
        Drift before = run.step("look at the differences", Drift.class).run(caller -> look(input, caller));
        before.differences()
                .forEach(d ->
                        run.log(d.field() + ": found " + said(d.found()) + ", expected " + said(d.expected()) + "."));
        run.step("take out what is not ours", Nothing.class)
                .progress(TAKEN_OUT)
                .run(caller ->
                        bus.request(DriftApi.TAKE_OUT.at(input.hostId()), input.expected(), caller.within(ANSWER)));
        run.step("put disks and cards right", Nothing.class)
                .progress(MACHINE)
                .run(caller -> devices(input, before, caller));
        DomainReport report = run.step("put the machine right", DomainReport.class)
                .progress(DEVICES)
                .run(caller -> machine(input, caller));
        if (!report.pending().isEmpty()) {
            run.log("Takes effect when the VM is next started, not by a reboot inside the guest: "
                    + report.pending().stream().map(PendingChange::field).collect(Collectors.joining(", ")) + ".");
        }
        Drift left = run.step("look at what is left", Drift.class).run(caller -> look(input, caller));
        requireNone(left);
    }

    private static void requireNone(Drift left) {
        if (!left.differences().isEmpty()) {
            throw FailureException.conflict(
                    "Not all of the definition could be put right: " + fields(left.differences())
                            + " came again or cannot be changed from here. The VM's page shows how each is defined now; take it back by"
                            + " virsh edit on its host.");
        }
    }

    private static String said(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    private static String fields(List<Difference> differences) {
        return differences.stream().map(Difference::field).collect(Collectors.joining(", "));
    }

    private Drift look(Input input, Caller caller) {
        return bus.request(DriftApi.LOOK.at(input.hostId()), input.expected(), caller.within(ANSWER));
    }

    private Nothing devices(Input input, Drift before, Caller caller) {
        boolean disks = touches(before, "disks.");
        boolean nics = touches(before, "nics.");
        for (DomainSpec.Disk disk : disks ? input.expected().disks() : List.<DomainSpec.Disk>of()) {
            disk(input, disk, caller);
        }
        for (DomainSpec.Nic nic : nics ? input.expected().nics() : List.<DomainSpec.Nic>of()) {
            var wish = new DomainApi.DomainNic(input.vmId(), nic);
            Caller part = caller.part("nic " + nic.mac());
            bus.request(DomainApi.ATTACH_NIC.at(input.hostId()), wish, part.within(ANSWER));
            bus.request(
                    DomainApi.CHANGE_NIC.at(input.hostId()),
                    wish,
                    part.part("change").within(ANSWER));
        }
        return Nothing.NOTHING;
    }

    private static boolean touches(Drift drift, String fields) {
        return drift.differences().stream()
                .anyMatch(difference -> difference.field().startsWith(fields));
    }

    private void disk(Input input, DomainSpec.Disk disk, Caller caller) {
        Caller part = caller.part("disk " + disk.volumeId());
        var attach = new DomainApi.AttachDisk(
                input.vmId(), disk, input.readOnly().contains(disk.volumeId()), disk.shareable());
        bus.request(DomainApi.ATTACH_DISK.at(input.hostId()), attach, part.within(ANSWER));
        var edit = new DomainApi.EditDisk(input.vmId(), disk.volumeId(), disk.poolId(), disk.hardware());
        bus.request(
                DomainApi.EDIT_DISK.at(input.hostId()), edit, part.part("edit").within(ANSWER));
    }

    private DomainReport machine(Input input, Caller caller) {
        DomainReport report =
                bus.request(DomainApi.EDIT.at(input.hostId()), input.expected().machine(), caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }
}
