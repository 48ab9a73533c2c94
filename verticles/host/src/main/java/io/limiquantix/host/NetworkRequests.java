package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.libvirt.DomainNics;
import io.limiquantix.host.libvirt.Networks;
import io.limiquantix.host.network.HostNetworks;
import io.limiquantix.runtime.bus.Caller;
import java.time.Instant;

/** Requests about networks, and about the cards of domains that are on them. */
final class NetworkRequests {
    private final HostNetworks hostNetworks;
    private final Networks networks;
    private final DomainNics nics;
    private final Runnable reportSoon;

    NetworkRequests(HostNetworks hostNetworks, Networks networks, DomainNics nics, Runnable reportSoon) {
        this.hostNetworks = hostNetworks;
        this.networks = networks;
        this.nics = nics;
        this.reportSoon = reportSoon;
    }

    void serve(HostRequests requests) {
        requests.perform(HostNetworkApi.ENSURE, this::ensure);
        requests.perform(HostNetworkApi.REMOVE, this::remove);
        requests.answer(
                HostNetworkApi.LEASES,
                (request, caller) ->
                        new HostNetworkApi.Leases(networks.leases(request.libvirtName(), null, caller.deadline())));
        requests.perform(DomainApi.ATTACH_NIC, this::attach);
        requests.perform(DomainApi.CHANGE_NIC, this::change);
        requests.perform(DomainApi.DETACH_NIC, this::detach);
    }

    private Nothing ensure(HostNetworkApi.Definition request, Caller caller) {
        hostNetworks.ensure(request, caller.deadline());
        reportSoon.run();
        return Nothing.NOTHING;
    }

    private Nothing remove(HostNetworkApi.Network request, Caller caller) {
        hostNetworks.remove(request.networkId(), caller.deadline());
        reportSoon.run();
        return Nothing.NOTHING;
    }

    private Nothing attach(DomainApi.DomainNic request, Caller caller) {
        DomainCheck.check(request.nic());
        nics.attach(request.vmId(), settled(networks, request.nic(), caller.deadline()), caller.deadline());
        return Nothing.NOTHING;
    }

    private Nothing change(DomainApi.DomainNic request, Caller caller) {
        DomainCheck.check(request.nic());
        nics.change(request.vmId(), settled(networks, request.nic(), caller.deadline()), caller.deadline());
        return Nothing.NOTHING;
    }

    private Nothing detach(DomainApi.DetachNic request, Caller caller) {
        nics.detach(request.vmId(), request.mac(), caller.deadline());
        return Nothing.NOTHING;
    }

    /** With how its address is learned, where that was left to this host: by lease where libvirt gives out addresses. */
    static DomainSpec.Nic settled(Networks networks, DomainSpec.Nic nic, Instant deadline) {
        SpoofProtection protection = nic.protection();
        if (protection == null
                || protection.learning() != null
                || !protection.addresses().isEmpty()) {
            return nic;
        }
        Learning learning = networks.givesAddresses(nic.network(), deadline) ? Learning.DHCP : Learning.ANY;
        return new DomainSpec.Nic(
                nic.network(), nic.mac(), nic.hardware(), new SpoofProtection(protection.addresses(), learning));
    }
}
