package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostNetworkApi.Lease;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.HostReport.OurNetwork;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.libvirt.Network;

/** libvirt's networks of this host. */
public final class Networks {
    /** The namespace of our metadata. */
    public static final String NAMESPACE = "urn:limiquantix:network:1";
    /** The element in it whose attribute {@code host} names the host that made the network. */
    public static final String METADATA_ELEMENT = "network";

    private final LibvirtConnection connection;
    private final UUID hostId;

    /** @param hostId of this host, whose networks are ours */
    public Networks(LibvirtConnection connection, UUID hostId) {
        this.connection = connection;
        this.hostId = hostId;
    }

    /** Those that the control plane defined are without a problem here: libvirt does not know any. */
    public List<NetworkReport> list(Instant deadline) {
        return connection.call("The networks could not be listed", deadline, connect -> {
            List<NetworkReport> reports = new ArrayList<>();
            for (String name : Stream.of(connect.listNetworks(), connect.listDefinedNetworks())
                    .flatMap(Stream::of)
                    .toList()) {
                lookUp(connect, c -> c.networkLookupByName(name), network -> report(network, name))
                        .ifPresent(reports::add);
            }
            return reports;
        });
    }

    private NetworkReport report(Network network, String name) throws LibvirtException {
        XmlLookup xml = XmlLookup.parse(network.getXMLDesc(0));
        UUID id = UUID.fromString(network.getUUIDString());
        return new NetworkReport(
                name,
                network.isActive() == 1,
                xml.attribute("forward", "mode").orElse("isolated"),
                xml.attribute("bridge", "name").orElse(null),
                isOurs(name, id, xml) ? new OurNetwork(id, null) : null);
    }

    private boolean isOurs(String name, UUID id, XmlLookup xml) {
        return name.equals(NetworkNames.libvirt(id))
                && xml.elements(NAMESPACE, METADATA_ELEMENT).stream()
                        .anyMatch(made -> made.getAttribute("host").equals(hostId.toString()));
    }

    /**
     * Defines the network, starts it and has libvirt start it with the host.
     *
     * @param usable whether what the kernel has of an active one is there
     */
    public void ensure(UUID networkId, String xml, BooleanSupplier usable, Instant deadline) {
        connection.call("The network could not be made", deadline, connect -> {
            requireOurs(connect, networkId);
            Network network = connect.networkDefineXML(xml);
            try {
                if (network.isActive() == 1 && !usable.getAsBoolean()) {
                    network.destroy();
                }
                if (network.isActive() == 0) {
                    network.create();
                }
                network.setAutostart(true);
                return true;
            } finally {
                network.free();
            }
        });
    }

    /** Ends it and forgets its definition; success when there is none. */
    public void remove(UUID networkId, Instant deadline) {
        connection.call("The network could not be removed", deadline, connect -> {
            requireOurs(connect, networkId);
            return lookUp(connect, c -> c.networkLookupByUUID(networkId), network -> {
                if (network.isActive() == 1) {
                    network.destroy();
                }
                network.undefine();
                return true;
            });
        });
    }

    /** One that somebody else gave this id is left alone. */
    private static void requireOurs(Connect connect, UUID networkId) throws LibvirtException {
        Optional<String> name = lookUp(connect, c -> c.networkLookupByUUID(networkId), Network::getName);
        if (name.isPresent() && !name.get().equals(NetworkNames.libvirt(networkId))) {
            throw FailureException.conflict(
                    "libvirt has a network " + name.get() + " with the id " + networkId + " that is not ours.");
        }
    }

    /** Whether libvirt gives out addresses in the network; false when there is no such network. */
    public boolean givesAddresses(String name, Instant deadline) {
        return connection
                .call(
                        "The network could not be looked at",
                        deadline,
                        connect -> lookUp(connect, c -> c.networkLookupByName(name), network -> !XmlLookup.parse(
                                        network.getXMLDesc(0))
                                .elements("dhcp")
                                .isEmpty()))
                .orElse(false);
    }

    /**
     * The addresses leased to this MAC address, or to all when it is absent; none for a network without libvirt's DHCP, and where there
     * is no such network.
     */
    public List<Lease> leases(String networkName, @Nullable String mac, Instant deadline) {
        return connection
                .call(
                        "The leases could not be read",
                        deadline,
                        connect -> lookUp(
                                connect,
                                c -> c.networkLookupByName(networkName),
                                network -> MissingCalls.leases(network, mac).stream()
                                        .map(Networks::lease)
                                        .toList()))
                .orElse(List.of());
    }

    /** What libvirt's DHCP has leased in all networks that are active. */
    public List<Lease> allLeases(Instant deadline) {
        return connection.call("The leases could not be read", deadline, connect -> {
            List<Lease> all = new ArrayList<>();
            for (String name : connect.listNetworks()) {
                lookUp(connect, c -> c.networkLookupByName(name), network -> MissingCalls.leases(network, null))
                        .ifPresent(
                                leases -> leases.stream().map(Networks::lease).forEach(all::add));
            }
            return all;
        });
    }

    private static Lease lease(MissingCalls.Lease lease) {
        return new Lease(
                lease.mac(),
                lease.ip(),
                lease.prefix(),
                lease.hostName(),
                lease.expires() == 0 ? null : Instant.ofEpochSecond(lease.expires()));
    }

    private interface NetworkUse<T> {
        T with(Network network) throws LibvirtException;
    }

    /** Empty when there is none, also when it vanishes while it is looked at. */
    private static <T> Optional<T> lookUp(Connect connect, Session.Use<Network> look, NetworkUse<T> use)
            throws LibvirtException {
        try {
            Network network = look.with(connect);
            try {
                return Optional.of(use.with(network));
            } finally {
                network.free();
            }
        } catch (LibvirtException e) {
            if (LibvirtFailures.isMissingNetwork(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
