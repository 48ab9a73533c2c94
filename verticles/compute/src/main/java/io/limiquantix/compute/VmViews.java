package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.ActiveTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** VMs as clients see them: with their host's name and the task that works on them. */
final class VmViews {
    private final Database database;
    private final VmStore vms;
    private final Tasks tasks;
    private final HostDirectory hosts;

    VmViews(Database database, VmStore vms, Tasks tasks, HostDirectory hosts) {
        this.database = database;
        this.vms = vms;
        this.tasks = tasks;
        this.hosts = hosts;
    }

    /** VMs with the tasks that work on them, as they were together. */
    record Rows(List<StoredVm> vms, Map<UUID, ActiveTask> active) {}

    VmView get(UUID id, Caller caller) {
        Rows rows = database.transaction(tx -> withTasks(tx, List.of(vms.get(tx, id))));
        return views(rows, caller).getFirst();
    }

    ComputeApi.VmNames isoUses(ComputeApi.IsoUses request) {
        return new ComputeApi.VmNames(database.transaction(tx -> vms.usesOf(tx, request)));
    }

    Rows withTasks(Transaction tx, List<StoredVm> found) {
        return new Rows(
                found, tasks.activeOn(tx, found.stream().map(StoredVm::id).toList()));
    }

    List<VmView> views(Rows rows, Caller caller) {
        Map<UUID, HostView> known = hosts.known(caller);
        return rows.vms().stream()
                .map(vm -> view(
                        vm,
                        vm.hostId() == null ? null : known.get(vm.hostId()),
                        rows.active().get(vm.id())))
                .toList();
    }

    private static VmView view(StoredVm vm, @Nullable HostView host, @Nullable ActiveTask active) {
        HostCapabilities able = host == null ? null : host.capabilities();
        return new VmView(
                vm.id(),
                vm.spec(),
                vm.phase(),
                powerState(vm, active),
                vm.observed().stateReason(),
                vm.hostId(),
                host == null ? null : host.name(),
                able == null ? null : able.accelerator(),
                vm.disks(),
                vm.nics(),
                vm.cdroms(),
                vm.guest(),
                vm.observed().pending(),
                vm.observed().problem(),
                active == null ? null : active.taskId(),
                vm.createdAt(),
                vm.changedAt(),
                vm.version(),
                vm.template());
    }

    /** A guest stops as long as somebody waits for that; one that did not obey in time just runs on. */
    private static PowerState powerState(StoredVm vm, @Nullable ActiveTask active) {
        if (vm.powerState() != PowerState.RUNNING && vm.powerState() != PowerState.STOPPING) {
            return vm.powerState();
        }
        boolean awaited = active != null && active.kind().equals(VmTaskNames.SHUT_DOWN);
        return awaited ? PowerState.STOPPING : PowerState.RUNNING;
    }
}
