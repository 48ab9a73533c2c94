package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Drift;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes of a VM what somebody defined with libvirt's own tools. The host writes that once more by our own means, and only when it then
 * finds no difference to the new spec, that is the VM's.
 */
final class AcceptDriftTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int DEFINED = 60;
    private static final int SEEN = 80;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmChanges changes;
    private final EditVmTask machine;

    AcceptDriftTask(Database database, Bus bus, VmStore vms, EditVmTask machine) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.machine = machine;
    }

    /**
     * @param differences what there was when somebody accepted it
     * @param machine the edit of the spec, which may change nothing
     * @param disks as they are to be, those that are otherwise
     * @param nics likewise
     * @param after what the host is to find
     */
    record Input(
            List<Difference> differences, EditVmTask.Input machine, List<Disk> disks, List<Nic> nics, Expected after) {
        Input {
            differences = List.copyOf(differences);
            disks = List.copyOf(disks);
            nics = List.copyOf(nics);
        }

        private UUID hostId() {
            return machine.hostId();
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.ACCEPT_DRIFT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        input.differences()
                .forEach(d -> run.log(d.field() + ": " + said(d.expected()) + " becomes " + said(d.found()) + "."));
        machine.reserve(input.machine(), run);
        DomainReport report = run.step("define what was found", DomainReport.class)
                .progress(DEFINED)
                .run(caller -> machine.change(input.machine(), input.machine().after(), caller));
        run.step("define disks and cards", Nothing.class).run(caller -> devices(input, caller));
        run.step("look whether that is all", Nothing.class).progress(SEEN).run(caller -> requireAll(input, caller));
        run.pointOfNoReturn();
        run.step("note disks and cards", Nothing.class).run(caller -> note(input));
        machine.end(input.machine(), report, run);
    }

    private static String said(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    private Nothing devices(Input input, Caller caller) {
        UUID vmId = input.machine().vmId();
        for (Disk disk : input.disks()) {
            var edit =
                    new DomainApi.EditDisk(vmId, disk.volumeId(), disk.poolId(), DiskHardware.orPlain(disk.hardware()));
            Caller part = caller.part("disk " + disk.volumeId());
            bus.request(DomainApi.EDIT_DISK.at(input.hostId()), edit, part.within(ANSWER));
        }
        List<String> macs = input.nics().stream().map(Nic::mac).toList();
        for (DomainSpec.Nic nic : input.after().nics()) {
            if (macs.contains(nic.mac())) {
                Caller part = caller.part("nic " + nic.mac());
                bus.request(
                        DomainApi.CHANGE_NIC.at(input.hostId()),
                        new DomainApi.DomainNic(vmId, nic),
                        part.within(ANSWER));
            }
        }
        return Nothing.NOTHING;
    }

    private Nothing requireAll(Input input, Caller caller) {
        Drift left = bus.request(DriftApi.LOOK.at(input.hostId()), input.after(), caller.within(ANSWER));
        if (!left.differences().isEmpty()) {
            throw FailureException.conflict(
                    "The VM stays as LimiQuantix had it, as libvirt's definition is still another one than it would"
                            + " be then: "
                            + left.differences().stream().map(Difference::field).collect(Collectors.joining(", "))
                            + ". Look at what has drifted now; have it corrected, or accept it again.");
        }
        return Nothing.NOTHING;
    }

    private Nothing note(Input input) {
        UUID vmId = input.machine().vmId();
        database.run(tx -> {
            input.disks().forEach(disk -> changes.replaceDisk(tx, vmId, disk.volumeId(), now -> disk));
            input.nics().forEach(nic -> vms.setNic(tx, vmId, nic));
        });
        return Nothing.NOTHING;
    }
}
