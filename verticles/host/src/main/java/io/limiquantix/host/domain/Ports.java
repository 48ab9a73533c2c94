package io.limiquantix.host.domain;

import java.util.Optional;
import java.util.function.Consumer;
import org.w3c.dom.Element;

/** The first serial port of a domain, which leads to a socket of ours while the domain is, and to a terminal of libvirt otherwise. */
final class Ports {
    private Ports() {}

    /** The first one, when it is of this kind. */
    static Optional<Element> first(XmlLookup xml, String kind) {
        return xml.elements("serial").stream().findFirst().filter(serial -> serial.getAttribute("type")
                .equals(kind));
    }

    /** Leads it elsewhere; what it is to the guest stays. */
    static void lead(XmlLookup xml, Element serial, String kind, Consumer<Element> where) {
        serial.setAttribute("type", kind);
        XmlLookup.children(serial, "source").forEach(serial::removeChild);
        Element source = xml.document().createElement("source");
        where.accept(source);
        if (source.hasAttributes()) {
            serial.insertBefore(source, serial.getFirstChild());
        }
        // libvirt describes the first port once more, as the console, and adds that by itself.
        xml.elements("console").stream()
                .filter(console -> XmlLookup.attribute(console, "target", "type")
                        .filter("serial"::equals)
                        .isPresent())
                .forEach(console -> console.getParentNode().removeChild(console));
    }
}
