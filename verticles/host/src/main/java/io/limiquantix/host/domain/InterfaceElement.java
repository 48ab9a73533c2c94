package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network card in libvirt's XML (formatdomain.html, "Network interfaces"; formatnwfilter.html). */
final class InterfaceElement {
    /** libvirt's own filter: nothing with another's MAC or IPv4 address, and nothing that is neither IPv4 nor ARP. */
    private static final String ALL_BUT_OWN_IPV4 = "clean-traffic";
    /** libvirt's own filter for guests with an IPv6 address, which the one above keeps from talking at all. */
    private static final String OWN_MAC = "no-mac-spoofing";

    private static final long KIB = 1024;

    private InterfaceElement() {}

    /** @param more what else belongs into it */
    static void write(XmlText xml, DomainSpec.Nic nic, Runnable more) {
        xml.element("interface", Map.of("type", "network"), () -> {
            xml.empty("mac", Map.of("address", nic.mac()));
            xml.empty("source", Map.of("network", nic.network()));
            xml.empty("model", Map.of("type", DiskElement.word(nic.hardware().model())));
            if (!nic.hardware().linkUp()) {
                xml.empty("link", Map.of("state", "down"));
            }
            if (nic.protection() != null) {
                filter(xml, nic.protection());
            }
            if (nic.hardware().bandwidth() != null) {
                bandwidth(xml, nic.hardware().bandwidth());
            }
            more.run();
        });
    }

    private static void filter(XmlText xml, SpoofProtection protection) {
        boolean hasIpv6 = protection.addresses().stream().anyMatch(address -> address.indexOf(':') >= 0);
        if (hasIpv6 || protection.learning() == Learning.NONE) {
            xml.empty("filterref", Map.of("filter", OWN_MAC));
            return;
        }
        xml.element("filterref", Map.of("filter", ALL_BUT_OWN_IPV4), () -> {
            protection.addresses().forEach(address -> parameter(xml, "IP", address));
            if (protection.addresses().isEmpty()) {
                parameter(xml, "CTRL_IP_LEARNING", protection.learning() == Learning.DHCP ? "dhcp" : "any");
            }
        });
    }

    private static void parameter(XmlText xml, String name, String value) {
        xml.empty("parameter", XmlText.ordered("name", name, "value", value));
    }

    /** libvirt counts in KiB per second. */
    private static void bandwidth(XmlText xml, Bandwidth bandwidth) {
        xml.element("bandwidth", Map.of(), () -> {
            limit(xml, "inbound", bandwidth.inboundBytesPerSecond());
            limit(xml, "outbound", bandwidth.outboundBytesPerSecond());
        });
    }

    private static void limit(XmlText xml, String direction, @Nullable Long bytes) {
        if (bytes != null) {
            xml.empty(direction, Map.of("average", Long.toString(Math.max(1, bytes / KIB))));
        }
    }
}
