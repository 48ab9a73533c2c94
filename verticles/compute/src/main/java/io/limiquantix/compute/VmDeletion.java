package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.DeleteVm;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Transaction;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Begins the deletion of VMs. */
final class VmDeletion {
    private static final Set<String> GIVE_WAY_TO_FORCE = Stream.concat(
                    VmTaskNames.POWER.stream(), Stream.of(VmTaskNames.CREATE))
            .collect(Collectors.toUnmodifiableSet());

    private final VmWork work;
    private final VmStore vms;
    private final DeleteVmTask task;
    private final CloneLinks links;

    VmDeletion(VmWork work, VmStore vms, DeleteVmTask task, CloneLinks links) {
        this.links = links;
        this.work = work;
        this.vms = vms;
        this.task = task;
    }

    TaskRef begin(DeleteVm request, Caller caller) {
        links.forgetIndependent(request.vmId(), caller);
        Set<String> superseded = request.force() ? GIVE_WAY_TO_FORCE : Set.of();
        return work.begin(request.vmId(), caller, task.kind(), superseded, (tx, vm) -> decide(tx, vm, request));
    }

    private DeleteVmTask.Input decide(Transaction tx, StoredVm vm, DeleteVm request) {
        Long expected = request.expectedVersion();
        if (expected != null && expected != vm.version()) {
            throw FailureException.of(
                    FailureCode.STALE_VERSION,
                    vm.name() + " was changed since you read it; look at it again before you delete it.");
        }
        switch (vm.phase()) {
            case CREATING -> throw FailureException.conflict(vm.name() + " is still being made; cancel its task.");
            // The problem tells that an earlier deletion ended halfway; one that is under way has none.
            case DELETING -> {
                if (vm.observed().problem() == null) {
                    throw FailureException.conflict(vm.name() + " is being deleted already.");
                }
            }
            case READY, LOST -> refuseRunning(vm, request.force());
        }
        links.requireNone(tx, vm);
        if (request.keepDisks()) {
            links.requireIndependent(tx, vm, "Its disks cannot be kept");
        }
        if (vm.phase() != Phase.DELETING) {
            vms.enter(tx, vm.id(), Phase.DELETING, null);
        }
        return new DeleteVmTask.Input(
                vm.id(), Objects.requireNonNull(vm.hostId()), request.keepDisks(), request.force());
    }

    private static void refuseRunning(StoredVm vm, boolean force) {
        boolean off = vm.phase() == Phase.LOST
                || vm.powerState() == PowerState.STOPPED
                || vm.powerState() == PowerState.SUSPENDED
                || vm.powerState() == PowerState.CRASHED;
        if (!off && !force) {
            throw FailureException.conflict(
                    vm.name() + " may be running; shut it down first, or delete it with force.");
        }
    }
}
