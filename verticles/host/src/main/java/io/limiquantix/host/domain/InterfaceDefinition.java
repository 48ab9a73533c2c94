package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DomainSpec;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A network card as libvirt describes it. */
public final class InterfaceDefinition {
    /** What a change may say. */
    private static final List<String> OURS = List.of("source", "link", "filterref", "bandwidth");

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

    /**
     * The same card, at the same place in the machine, as it is to be.
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
