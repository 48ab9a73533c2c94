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
        StoredVm vm = database.transaction(tx -> vms.get(tx, request.vmId()));
        UUID hostId = vm.hostId();
        boolean off = vm.powerState() == PowerState.STOPPED || vm.powerState() == PowerState.CRASHED;
        if (hostId == null || off) {
            throw FailureException.conflict(vm.name() + " is not running, so it has no console; start it first.");
        }
        return bus.request(DomainApi.OPEN_CONSOLE.at(hostId), request, caller);
    }
}
