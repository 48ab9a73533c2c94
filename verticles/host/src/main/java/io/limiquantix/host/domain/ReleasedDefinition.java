package io.limiquantix.host.domain;

import io.limiquantix.host.domain.AdoptionNote.Taken;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The definition of a domain of ours for its next start as nobody's: libvirt's own tools find its screen and its serial port. */
public final class ReleasedDefinition {
    private ReleasedDefinition() {}

    /** Whether a disk is to be on its file by the name again that this had before the domain was adopted. */
    @FunctionalInterface
    public interface Formerly {
        boolean is(Path former, Path volume);
    }

    /**
     * @param text libvirt's XML of the domain as it is defined; of one that is released already, the same comes out
     * @param serialSocket where its serial port leads while it is ours
     */
    public static String of(String text, Path serialSocket, Formerly formerly) {
        XmlLookup xml = XmlLookup.parse(text);
        for (Element disk : xml.elements("disk")) {
            Optional<String> former = AdoptionNote.of(disk).map(Taken::source);
            Optional<String> file = XmlLookup.attribute(disk, "source", "file");
            if (former.isPresent() && file.isPresent() && formerly.is(Path.of(former.get()), Path.of(file.get()))) {
                XmlLookup.children(disk, "source").forEach(source -> source.setAttribute("file", former.get()));
                XmlLookup.children(disk, "backingStore").forEach(disk::removeChild);
            }
        }
        xml.elements("graphics").stream().filter(ReleasedDefinition::isOurs).forEach(screen -> listen(xml, screen));
        Ports.first(xml, "unix")
                .filter(serial -> XmlLookup.attribute(serial, "source", "path")
                        .filter(serialSocket.toString()::equals)
                        .isPresent())
                .ifPresent(serial -> Ports.lead(xml, serial, "pty", _ -> {}));
        withoutMetadata(xml);
        return StoredDefinition.text(xml.document());
    }

    private static boolean isOurs(Element screen) {
        return screen.getAttribute("type").equals("vnc")
                && XmlLookup.children(screen, "listen").stream()
                        .anyMatch(listen -> listen.getAttribute("type").equals("socket"));
    }

    /** For whoever is on the host, at a port that libvirt chooses. */
    private static void listen(XmlLookup xml, Element screen) {
        Document document = xml.document();
        Element plain = document.createElement("graphics");
        plain.setAttribute("type", "vnc");
        plain.setAttribute("autoport", "yes");
        Element listen = document.createElement("listen");
        listen.setAttribute("type", "address");
        listen.setAttribute("address", "127.0.0.1");
        plain.appendChild(listen);
        screen.getParentNode().replaceChild(plain, screen);
    }

    private static void withoutMetadata(XmlLookup xml) {
        List<Element> ours = xml.elements(DomainDocument.NAMESPACE, DomainDocument.METADATA_ELEMENT);
        for (Element vm : ours) {
            Element metadata = (Element) vm.getParentNode();
            metadata.removeChild(vm);
            if (XmlLookup.children(metadata).isEmpty()) {
                metadata.getParentNode().removeChild(metadata);
            }
        }
    }
}
