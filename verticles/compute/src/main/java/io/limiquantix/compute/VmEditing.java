package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.EditVm;
import io.limiquantix.bus.compute.ComputeApi.Edited;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi.BootDevice;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.compute.spec.BootOrder;
import io.limiquantix.compute.spec.SpecDigest;
import io.limiquantix.compute.spec.SpecEdit;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what people find VMs by, and begins the task that changes their machines. */
final class VmEditing {
    private final Database database;
    private final Tasks tasks;
    private final VmWork work;
    private final VmStore vms;
    private final VmChanges changes;
    private final VmViews views;
    private final HostDirectory hosts;
    private final EditVmTask task;

    VmEditing(
            Database database,
            Tasks tasks,
            VmWork work,
            VmStore vms,
            VmViews views,
            HostDirectory hosts,
            EditVmTask task) {
        this.database = database;
        this.tasks = tasks;
        this.work = work;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.views = views;
        this.hosts = hosts;
        this.task = task;
    }

    Edited edit(EditVm request, Caller caller) {
        StoredVm seen = database.transaction(tx -> vms.get(tx, request.vmId()));
        VmSpec wanted = SpecEdit.of(seen.spec(), request.edit(), devices(seen));
        if (!Objects.equals(wanted.machine(), seen.spec().machine())) {
            CapableHosts.of(wanted, seen.hostId(), hosts.ask(caller));
        }
        Optional<TaskRef> begun = database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).or(() -> decide(tx, request, caller)));
        return new Edited(begun.orElse(null), views.get(request.vmId(), caller));
    }

    /** Empty when nothing is left to do. */
    private Optional<TaskRef> decide(Transaction tx, EditVm request, Caller caller) {
        StoredVm vm = vms.lock(tx, request.vmId());
        VmSpec wanted = SpecEdit.of(vm.spec(), request.edit(), devices(vm));
        if (wanted.equals(vm.spec())) {
            return Optional.empty();
        }
        refuse(tx, vm, wanted, request);
        if (SpecEdit.sameMachine(vm.spec(), wanted)) {
            changes.setSpec(tx, vm.id(), wanted, vm.room());
            return Optional.empty();
        }
        VmDisks.requireReady(vm);
        if (!tasks.activeOn(tx, List.of(vm.id())).containsKey(vm.id())) {
            work.requireKnown(tx, vm.id());
        }
        TaskRef ref = tasks.submit(
                tx,
                new Submission<>(
                        task.kind(),
                        input(vm, wanted, request.edit()),
                        caller.operationId(),
                        caller.actor(),
                        "vm",
                        vm.id(),
                        vm.name()));
        changes.decided(tx, vm.id());
        return Optional.of(ref);
    }

    private void refuse(Transaction tx, StoredVm vm, VmSpec wanted, EditVm request) {
        requireVersion(vm, request.expectedVersion());
        if (vm.phase() == Phase.CREATING || vm.phase() == Phase.DELETING) {
            VmDisks.requireReady(vm);
        }
        TemplateRules.admitEdit(vm, wanted);
        if (changes.isTaken(tx, vm.id(), wanted.name())) {
            throw new FailureException(new Failure(
                    FailureCode.CONFLICT,
                    "A virtual machine called \"" + wanted.name() + "\" exists already.",
                    Map.of("field", "name")));
        }
    }

    /** @param expected absent: whichever it has */
    static void requireVersion(StoredVm vm, @Nullable Long expected) {
        if (expected != null && expected != vm.version()) {
            throw FailureException.of(
                    FailureCode.STALE_VERSION,
                    vm.name() + " was changed since you read it; look at what it is now before you change it.");
        }
    }

    /** @param edit what makes the VM's spec the wanted one */
    static EditVmTask.Input input(StoredVm vm, VmSpec wanted, VmEdit edit) {
        boolean reordered = !wanted.bootOrder().equals(vm.spec().bootOrder());
        return new EditVmTask.Input(
                vm.id(),
                Objects.requireNonNull(vm.hostId(), "a VM that was made has a host"),
                edit,
                domain(vm, vm.spec(), reordered),
                domain(vm, wanted, reordered),
                vm.held(),
                Room.of(wanted));
    }

    /** @param reordered whether its boot order is told as well */
    static EditDomain domain(StoredVm vm, VmSpec spec, boolean reordered) {
        return new EditDomain(
                vm.id(),
                SpecDigest.of(spec),
                spec.description(),
                spec.vcpus(),
                spec.memoryBytes(),
                MachineSpec.orPlain(spec.machine()),
                reordered
                        ? BootOrder.of(spec).stream()
                                .map(name -> device(vm, name))
                                .toList()
                        : List.of());
    }

    private static BootDevice device(StoredVm vm, String name) {
        String kind = name.replaceAll("\\d", "");
        int index = Integer.parseInt(name.substring(kind.length()));
        UUID volume = kind.equals("disk") ? vm.disks().get(index).volumeId() : null;
        String mac = kind.equals("nic") ? vm.nics().get(index).mac() : null;
        return new BootDevice(volume, kind.equals("cdrom") ? Integer.valueOf(index) : null, mac);
    }

    static SpecEdit.Devices devices(StoredVm vm) {
        return new SpecEdit.Devices(
                vm.disks().size(), vm.cdroms().size(), vm.nics().size());
    }
}
