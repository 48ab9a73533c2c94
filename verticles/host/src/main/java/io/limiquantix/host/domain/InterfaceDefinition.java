package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DomainSpec;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A network card as libvirt describes it. */
public final class InterfaceDefinition {
    /** What a change may say. */
    private static final List<String> OURS = List.of("source", "link", "filterref", "bandwidth");

    private static final String FILTER = "filterref";
    private static final String ADDRESS = "IP";

    private final Element element;

    InterfaceDefinition(Element element) {
        this.element = element;
    }

    /** A new card, as {@code virsh attach-device} takes it. */
    public static String of(DomainSpec.Nic nic) {
        XmlText xml = new XmlText();
        // Without the network boot program the firmware is quicker.
        InterfaceElement.write(xml, nic, () -> xml.empty("rom", Map.of("enabled", "no")));
        return xml.finished();
    }

    public String xml() {
        return XmlLookup.text(element);
    }

    /** Whether libvirt lets through what has an address that DHCP gave to it. */
    public boolean learnsByLease() {
        return parameters("CTRL_IP_LEARNING").contains("dhcp");
    }

    /** What libvirt was told of the addresses that it may send with; what libvirt has learned is not among them. */
    public Set<String> addresses() {
        return parameters(ADDRESS);
    }

    private Optional<String> network() {
        return XmlLookup.attribute(element, "source", "network");
    }

    private Set<String> parameters(String name) {
        Set<String> values = new LinkedHashSet<>();
        for (Element filter : XmlLookup.children(element, FILTER)) {
            for (Element parameter : XmlLookup.children(filter, "parameter")) {
                if (parameter.getAttribute("name").equals(name)) {
                    values.add(parameter.getAttribute("value"));
                }
            }
        }
        return values;
    }

    /** The same card, which may also send with these addresses. */
    public String allowing(Collection<String> more) {
        Element changed = (Element) element.cloneNode(true);
        allow(changed, more);
        return XmlLookup.text(changed);
    }

    private static void allow(Element card, Collection<String> addresses) {
        for (Element filter : XmlLookup.children(card, FILTER)) {
            for (String address : addresses) {
                Element parameter = card.getOwnerDocument().createElement("parameter");
                parameter.setAttribute("name", ADDRESS);
                parameter.setAttribute("value", address);
                filter.appendChild(parameter);
            }
        }
    }

    /**
     * The same card, at the same place in the machine, as it is to be. While it stays on its network and its addresses are learned by
     * lease, it keeps those that it was allowed: libvirt would learn them with the next lease only.
     *
     * @param withModel whether the model may change, as while the domain is off
     */
    public String changedTo(DomainSpec.Nic nic, boolean withModel) {
        Document wanted = XmlLookup.parse(of(nic)).document();
        Element changed = (Element) element.cloneNode(true);
        for (String name : OURS) {
            take(name, wanted.getDocumentElement(), changed);
        }
        if (withModel) {
            take("model", wanted.getDocumentElement(), changed);
        }
        InterfaceDefinition after = new InterfaceDefinition(changed);
        if (learnsByLease() && after.learnsByLease() && network().equals(after.network())) {
            allow(changed, addresses());
        }
        return XmlLookup.text(changed);
    }

    private static void take(String name, Element from, Element to) {
        XmlLookup.children(to, name).forEach(to::removeChild);
        for (Element child : XmlLookup.children(from, name)) {
            Node copy = to.getOwnerDocument().importNode(child, true);
            to.appendChild(copy);
        }
    }
}
