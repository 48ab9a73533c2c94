package io.limiquantix.host.network;

import io.limiquantix.bus.host.HostNetworkApi.Addressing;
import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.HostNetworkApi.Kind;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.host.domain.XmlText;
import io.limiquantix.host.libvirt.Networks;
import java.util.Map;
import java.util.UUID;

/** A network's definition as libvirt wants it (formatnetwork.html). Its UUID is the network's id. */
public final class NetworkDocument {
    private static final Map<String, String> NO_ATTRIBUTES = Map.of();
    /** formatnetwork.html, "Network namespaces". */
    private static final String DNSMASQ_NAMESPACE = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    private NetworkDocument() {}

    /** @param hostId of this host: on a machine with two, each minds its own */
    public static String of(Definition network, UUID hostId) {
        XmlText xml = new XmlText();
        xml.element("network", Map.of("xmlns:dnsmasq", DNSMASQ_NAMESPACE), () -> {
            xml.text("name", NO_ATTRIBUTES, NetworkNames.libvirt(network.networkId()));
            xml.text("uuid", NO_ATTRIBUTES, network.networkId().toString());
            xml.element(
                    "metadata",
                    NO_ATTRIBUTES,
                    () -> xml.empty(
                            "lqx:" + Networks.METADATA_ELEMENT,
                            XmlText.ordered("xmlns:lqx", Networks.NAMESPACE, "host", hostId.toString())));
            switch (network.kind()) {
                case NAT -> xml.empty("forward", Map.of("mode", "nat"));
                case BRIDGE -> xml.empty("forward", Map.of("mode", "bridge"));
                case ISOLATED -> {}
            }
            bridge(xml, network);
            if (network.addressing() != null) {
                addresses(xml, network.addressing());
            }
        });
        return xml.finished();
    }

    private static void bridge(XmlText xml, Definition network) {
        if (network.kind() == Kind.BRIDGE) {
            xml.empty("bridge", Map.of("name", bridgeOf(network)));
        } else {
            xml.empty(
                    "bridge",
                    XmlText.ordered("name", NetworkNames.bridge(network.networkId()), "stp", "on", "delay", "0"));
        }
    }

    /** The bridge that guests' cards are ports of. */
    static String bridgeOf(Definition network) {
        String named = network.bridge();
        return named == null || network.vlanId() != null ? NetworkNames.bridge(network.networkId()) : named;
    }

    private static void addresses(XmlText xml, Addressing addressing) {
        Map<String, String> host =
                XmlText.ordered("address", addressing.address(), "prefix", Integer.toString(addressing.prefix()));
        String first = addressing.dhcpFirst();
        String last = addressing.dhcpLast();
        if (first == null || last == null) {
            xml.empty("ip", host);
            return;
        }
        xml.element(
                "ip",
                host,
                () -> xml.element(
                        "dhcp", NO_ATTRIBUTES, () -> xml.empty("range", XmlText.ordered("start", first, "end", last))));
        knowGuestsByTheirCards(xml);
    }

    /**
     * A clone calls itself as its source does until it has been set up: known by what it calls itself (dnsmasq(8), dhcp-ignore-clid, from
     * 2.81 on), it would be given the address that the source has.
     */
    private static void knowGuestsByTheirCards(XmlText xml) {
        xml.element(
                "dnsmasq:options",
                NO_ATTRIBUTES,
                () -> xml.empty("dnsmasq:option", Map.of("value", "dhcp-ignore-clid")));
    }
}
