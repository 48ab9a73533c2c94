package io.limiquantix.host.network;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.HostNetworkApi.Kind;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.HostReport.OurNetwork;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Networks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the control plane's networks on this host and removes them; both as often as asked. */
public final class HostNetworks {
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,14}");

    private final UUID hostId;
    private final Networks networks;
    private final DomainListing domains;
    private final NetworkInterfaces interfaces;
    private final VlanBridges vlans;

    public HostNetworks(
            UUID hostId, Networks networks, DomainListing domains, NetworkInterfaces interfaces, VlanBridges vlans) {
        this.hostId = hostId;
        this.networks = networks;
        this.domains = domains;
        this.interfaces = interfaces;
        this.vlans = vlans;
    }

    /** @throws FailureException with the reason when this host cannot have it */
    public void ensure(Definition network, Instant deadline) {
        if (network.kind() == Kind.BRIDGE) {
            bridge(network);
        }
        String bridge = NetworkDocument.bridgeOf(network);
        networks.ensure(
                network.networkId(), NetworkDocument.of(network, hostId), () -> interfaces.exists(bridge), deadline);
    }

    private void bridge(Definition network) {
        String bridge = network.bridge();
        if (bridge == null || !INTERFACE.matcher(bridge).matches()) {
            throw FailureException.invalid("bridge", "That is not the name of a bridge.");
        }
        if (!interfaces.isBridge(bridge)) {
            throw FailureException.of(
                    FailureCode.HYPERVISOR,
                    "The host has no bridge " + bridge + (interfaces.exists(bridge) ? ": that is no bridge." : "."));
        }
        if (network.vlanId() != null) {
            vlans.ensure(network, bridge, network.vlanId());
        }
    }

    /** @throws FailureException {@code CONFLICT} while a domain that runs or is suspended is on it */
    public void remove(UUID networkId, Instant deadline) {
        String name = NetworkNames.libvirt(networkId);
        domains.inLife(deadline).stream()
                .filter(domain -> domain.definition().nics().stream()
                        .anyMatch(nic -> nic.network().equals(name)))
                .findFirst()
                .ifPresent(domain -> {
                    throw FailureException.conflict("The virtual machine " + domain.vmId()
                            + " has a card on this network; take that from it or stop it first.");
                });
        networks.remove(networkId, deadline);
        vlans.remove(networkId);
    }

    /** Whether the host has a bridge of this name, whoever made it. */
    public boolean isBridge(String name) {
        return interfaces.isBridge(name);
    }

    /** All networks of this host; of ours with what is wrong with them. */
    public List<NetworkReport> reports(Instant deadline) {
        return networks.list(deadline).stream().map(this::looked).toList();
    }

    private NetworkReport looked(NetworkReport network) {
        OurNetwork ours = network.ours();
        return ours == null
                ? network
                : new NetworkReport(
                        network.name(),
                        network.active(),
                        network.forwardMode(),
                        network.bridge(),
                        new OurNetwork(ours.networkId(), problemOf(network, ours.networkId())));
    }

    /** libvirt calls a network active also when its bridge is gone. */
    private @Nullable String problemOf(NetworkReport network, UUID networkId) {
        String bridge = network.bridge();
        if (!network.active()) {
            return "It is not active on this host.";
        }
        if (bridge != null && !interfaces.isBridge(bridge)) {
            return "The host has no bridge " + bridge + " any more.";
        }
        if (bridge == null || !network.forwardMode().equals("bridge") || !isOwn(bridge, networkId)) {
            return null;
        }
        return interfaces.uplinks(bridge).isEmpty()
                ? "The bridge " + bridge + " of its VLAN has no port that leads out of the host."
                : null;
    }

    private static boolean isOwn(String bridge, UUID networkId) {
        return NetworkNames.bridge(networkId).equals(bridge);
    }
}
