package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Before a VM starts: its networks have to be there, and its cards get what was changed of those since it was defined. */
final class NicsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(NicsAtStart.class);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final NicNetworks networks;

    NicsAtStart(Database database, Bus bus, VmStore vms, NetworkStore networks) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.networks = new NicNetworks(networks);
    }

    Nothing update(UUID vmId, UUID hostId, Caller caller) {
        HostView host = bus.request(SchedulerApi.GET_HOST, new SchedulerApi.Host(hostId), caller);
        List<DomainSpec.Nic> cards = database.transaction(tx -> {
            StoredVm vm = vms.get(tx, vmId);
            networks.require(tx, vm.nics(), hostId, host);
            return networks.domainNics(tx, vm.nics(), vm.spec().cloudInit());
        });
        for (DomainSpec.Nic card : cards) {
            bringUpToDate(vmId, hostId, card, caller.part(card.mac()));
        }
        return Nothing.NOTHING;
    }

    /** One that somebody took from the domain by hand is none of the start's business. */
    private void bringUpToDate(UUID vmId, UUID hostId, DomainSpec.Nic card, Caller caller) {
        try {
            bus.request(DomainApi.CHANGE_NIC.at(hostId), new DomainApi.DomainNic(vmId, card), caller);
        } catch (FailureException e) {
            if (e.code() != FailureCode.NOT_FOUND) {
                throw e;
            }
            LOG.warn("the domain of {} does not have its network card {}", vmId, card.mac());
        }
    }
}
