package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.UUID;

/** Asks a VM's host for the definition of its domain. */
final class DefinitionReading {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    DefinitionReading(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    DomainApi.Definition read(ComputeApi.Vm request, Caller caller) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, request.vmId()));
        UUID hostId = vm.hostId();
        if (hostId == null) {
            throw none(vm);
        }
        try {
            return bus.request(DomainApi.READ_DEFINITION.at(hostId), new DomainApi.Domain(vm.id()), caller);
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                throw none(vm);
            }
            throw e;
        }
    }

    /** That the VM is not there would be another answer. */
    private static FailureException none(StoredVm vm) {
        return FailureException.conflict(
                switch (vm.phase()) {
                    case CREATING ->
                        vm.name() + " is being created; it has a definition once its host has made its domain.";
                    case DELETING -> vm.name() + " is being deleted, and its host has removed its domain already.";
                    case LOST, READY ->
                        vm.name()
                                + " has no domain: its host has none of it. Somebody may have removed it with libvirt's own tools.";
                });
    }
}
