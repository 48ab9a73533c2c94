package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.UUID;

/** Finds the host that has a VM's console. */
final class ConsoleRouting {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    ConsoleRouting(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    StreamTicket open(DomainApi.OpenConsole request, Caller caller) {
        return bus.request(DomainApi.OPEN_CONSOLE.at(hostOf(request.vmId())), request, caller);
    }

    DomainApi.Picture takePicture(DomainApi.TakePicture request, Caller caller) {
        return bus.request(DomainApi.TAKE_PICTURE.at(hostOf(request.vmId())), request, caller);
    }

    private UUID hostOf(UUID vmId) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, vmId));
        UUID hostId = vm.hostId();
        boolean off = vm.powerState() == PowerState.STOPPED || vm.powerState() == PowerState.CRASHED;
        if (vm.powerState() == PowerState.SUSPENDED) {
            throw FailureException.conflict(vm.name() + " is suspended, so it has no console; start it first.");
        }
        if (hostId == null || off) {
            throw FailureException.conflict(vm.name() + " is not running, so it has no console; start it first.");
        }
        return hostId;
    }
}
