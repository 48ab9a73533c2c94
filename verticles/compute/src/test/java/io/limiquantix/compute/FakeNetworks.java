package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.HostReport.OurNetwork;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.runtime.bus.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The networks of the world's host, and the cards that its domains got later. */
final class FakeNetworks {
    /** Those that the host was told to make. */
    final Set<UUID> made = ConcurrentHashMap.newKeySet();
    /** The cards that domains got later or that were changed, by address. */
    final Map<String, DomainSpec.Nic> cards = new ConcurrentHashMap<>();
    /** Refuses the network of this bridge. */
    volatile String missingBridge = "br-missing";

    private final World world;

    FakeNetworks(World world) {
        this.world = world;
    }

    void serve(Bus bus) {
        UUID hostId = world.hostId;
        bus.serve(HostNetworkApi.ENSURE, hostId, (q, caller) -> {
            if (missingBridge.equals(q.bridge())) {
                throw FailureException.of(FailureCode.HYPERVISOR, "The host has no bridge " + q.bridge() + ".");
            }
            return world.nothing("make network", () -> made.add(q.networkId()));
        });
        bus.serve(
                HostNetworkApi.REMOVE,
                hostId,
                (q, caller) -> world.nothing("remove network", () -> made.remove(q.networkId())));
        bus.serve(HostNetworkApi.LEASES, hostId, (q, caller) -> new HostNetworkApi.Leases(leases(q.libvirtName())));
        serveCards(bus, hostId);
    }

    private void serveCards(Bus bus, UUID hostId) {
        bus.serve(
                DomainApi.ATTACH_NIC,
                hostId,
                (q, caller) ->
                        world.nothing("attach card", () -> cards.put(q.nic().mac(), q.nic()) == null));
        bus.serve(
                DomainApi.CHANGE_NIC,
                hostId,
                (q, caller) -> world.nothing(
                        "change card", () -> !q.nic().equals(cards.put(q.nic().mac(), q.nic()))));
        bus.serve(
                DomainApi.DETACH_NIC,
                hostId,
                (q, caller) -> world.nothing("detach card", () -> cards.remove(q.mac()) != null));
    }

    private List<HostNetworkApi.Lease> leases(String libvirtName) {
        return world.specs.values().stream()
                .flatMap(spec -> spec.nics().stream())
                .filter(nic -> nic.network().equals(libvirtName))
                .map(nic -> new HostNetworkApi.Lease(nic.mac(), "192.0.2.7", 24, "guest", null))
                .toList();
    }

    /** As the host reports them. */
    List<NetworkReport> reported() {
        List<NetworkReport> all = new ArrayList<>(
                FakeViews.host(world.hostId, world.offers, world.places.size()).networks());
        made.forEach(id ->
                all.add(new NetworkReport(NetworkNames.libvirt(id), true, "nat", "br", new OurNetwork(id, null))));
        return all;
    }
}
