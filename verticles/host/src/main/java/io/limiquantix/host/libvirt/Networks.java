package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.libvirt.MissingCalls.Lease;
import org.libvirt.Network;

/** libvirt's networks of this host. */
public final class Networks {
    private final LibvirtConnection connection;

    public Networks(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** An address that the network's DHCP server gave out. */
    public record LeasedAddress(String mac, String ip, int prefix) {}

    public List<NetworkReport> list(Instant deadline) {
        return connection.call("The networks could not be listed", deadline, connect -> {
            List<NetworkReport> reports = new ArrayList<>();
            for (String name : Stream.of(connect.listNetworks(), connect.listDefinedNetworks())
                    .flatMap(Stream::of)
                    .toList()) {
                reports.add(report(connect, name));
            }
            return reports;
        });
    }

    private static NetworkReport report(Connect connect, String name) throws LibvirtException {
        Network network = connect.networkLookupByName(name);
        try {
            XmlLookup xml = XmlLookup.parse(network.getXMLDesc(0));
            return new NetworkReport(
                    name,
                    network.isActive() == 1,
                    xml.attribute("forward", "mode").orElse("isolated"),
                    xml.attribute("bridge", "name").orElse(null));
        } finally {
            network.free();
        }
    }

    /** The addresses leased to this MAC address, none for a network without libvirt's DHCP. */
    public List<LeasedAddress> leases(String networkName, String mac, Instant deadline) {
        return connection.call("The leases could not be read", deadline, connect -> {
            Network network = connect.networkLookupByName(networkName);
            try {
                List<LeasedAddress> leases = new ArrayList<>();
                for (Lease lease : MissingCalls.leases(network, mac)) {
                    leases.add(new LeasedAddress(lease.mac(), lease.ip(), lease.prefix()));
                }
                return leases;
            } finally {
                network.free();
            }
        });
    }
}
