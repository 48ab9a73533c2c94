package io.limiquantix.host.domain;

import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.host.NicHardware.Model;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A network card that somebody else defined, as a VM's card would be said to be. */
record ForeignNic(Element nic) {
    private static final Set<String> KNOWN = Set.of(
            "mac",
            "source",
            "model",
            "target",
            "address",
            "alias",
            "boot",
            "rom",
            "link",
            "driver",
            "filterref",
            "bandwidth",
            "mtu",
            "acpi",
            "guest");
    private static final long KIB = 1024;

    static List<ForeignNic> in(XmlLookup xml) {
        return xml.elements("interface").stream().map(ForeignNic::new).toList();
    }

    String mac() {
        return XmlLookup.attribute(nic, "mac", "address").orElse("").toLowerCase(Locale.ROOT);
    }

    String network() {
        return XmlLookup.attribute(nic, "source", "network").orElse("");
    }

    NicHardware hardware() {
        boolean intel = XmlLookup.attribute(nic, "model", "type")
                .filter("e1000e"::equals)
                .isPresent();
        boolean down =
                XmlLookup.attribute(nic, "link", "state").filter("down"::equals).isPresent();
        return new NicHardware(intel ? Model.E1000E : Model.VIRTIO, !down, bandwidth(), null);
    }

    private @Nullable Bandwidth bandwidth() {
        Bandwidth all = new Bandwidth(average("inbound"), average("outbound"));
        return all.none() ? null : all;
    }

    private @Nullable Long average(String direction) {
        return limit(direction)
                .map(limit -> limit.getAttribute("average"))
                .filter(text -> text.matches("[1-9]\\d{0,9}"))
                .map(text -> Long.parseLong(text) * KIB)
                .orElse(null);
    }

    private Optional<Element> limit(String direction) {
        return XmlLookup.children(nic, "bandwidth").stream()
                .flatMap(bandwidth -> XmlLookup.children(bandwidth, direction).stream())
                .findFirst();
    }

    List<String> obstacles() {
        String name = "Its network card " + mac() + " has ";
        List<String> parts = XmlLookup.children(nic).stream()
                .map(Element::getTagName)
                .filter(part -> !KNOWN.contains(part))
                .distinct()
                .toList();
        boolean bursts = List.of("inbound", "outbound").stream()
                .flatMap(direction -> limit(direction).stream())
                .anyMatch(limit ->
                        limit.hasAttribute("peak") || limit.hasAttribute("burst") || limit.hasAttribute("floor"));
        if (bursts) {
            return List.of(name + "limits of another kind than an average.");
        }
        boolean portGroup = XmlLookup.attribute(nic, "source", "portgroup").isPresent();
        if (portGroup) {
            return List.of(name + "a group of ports of its network, which LimiQuantix cannot represent.");
        }
        return parts.stream()
                .map(part -> name + "a \"" + part + "\", which LimiQuantix cannot represent.")
                .toList();
    }
}
