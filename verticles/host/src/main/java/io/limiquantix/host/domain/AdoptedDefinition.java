package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.TakenDisk;
import io.limiquantix.host.domain.AdoptionNote.Taken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The definition that somebody else gave a domain, for its next start as one of ours: with its disks by the names of their volumes, its
 * screen and its serial port where we find them, and our metadata. All else stays as libvirt wrote it, so the guest finds the same machine.
 */
public final class AdoptedDefinition {
    private static final Set<String> OF_SPICE = Set.of("spicevmc", "spiceport");

    private final XmlLookup xml;
    private final Document document;
    private final Element domain;
    private final Adopt adopt;

    private AdoptedDefinition(String text, Adopt adopt) {
        this.xml = XmlLookup.parse(text);
        this.document = xml.document();
        this.domain = document.getDocumentElement();
        this.adopt = adopt;
    }

    /**
     * @param text libvirt's XML of the domain as it is defined; of one that is adopted already, the same comes out
     * @throws FailureException {@code CONFLICT} when it lacks a disk, or a device that it is to boot from
     */
    public static String of(String text, Adopt adopt, Path serialSocket) {
        AdoptedDefinition adopted = new AdoptedDefinition(text, adopt);
        Set<String> kept = new HashSet<>(UnsayableParts.harmless(adopted.xml));
        kept.addAll(AdoptionNote.in(adopted.xml).kept());
        adopted.disks();
        adopted.note(kept);
        adopted.describe();
        adopted.screen();
        adopted.serial(serialSocket);
        adopted.boot();
        return StoredDefinition.text(adopted.document);
    }

    /** What is noted of it, once it is defined so. */
    public static AdoptionNote note(String adopted) {
        return AdoptionNote.in(XmlLookup.parse(adopted));
    }

    private void disks() {
        Map<String, Element> byTarget = new HashMap<>();
        xml.elements("disk").forEach(disk -> byTarget.put(DefinedMachine.target(disk), disk));
        Expected expected = adopt.expected();
        for (int i = 0; i < expected.disks().size(); i++) {
            TakenDisk taken = adopt.taken().get(i);
            Element disk = byTarget.get(taken.target());
            if (disk == null) {
                throw FailureException.conflict("The domain has no disk " + taken.target() + " any more.");
            }
            disk(disk, expected.disks().get(i));
        }
    }

    private static void disk(Element disk, DomainSpec.Disk volume) {
        XmlLookup.children(disk, "source").getFirst().setAttribute("file", volume.path());
        XmlLookup.children(disk, "backingStore").forEach(disk::removeChild);
        Element driver = XmlLookup.children(disk, "driver").getFirst();
        driver.setAttribute("cache", DiskElement.word(volume.hardware().cache()));
        driver.setAttribute("discard", DiskElement.discard(volume.hardware()));
    }

    private void note(Set<String> kept) {
        List<Taken> volumes = new ArrayList<>();
        for (int i = 0; i < adopt.taken().size(); i++) {
            TakenDisk disk = adopt.taken().get(i);
            boolean same = disk.source().equals(adopt.expected().disks().get(i).path());
            volumes.add(new Taken(disk.volumeId(), same ? null : disk.source()));
        }
        EditDomain machine = adopt.expected().machine();
        Element metadata = XmlLookup.children(domain, "metadata").stream()
                .findFirst()
                .orElseGet(() -> (Element) domain.insertBefore(document.createElement("metadata"), first()));
        xml.elements(DomainDocument.NAMESPACE, DomainDocument.METADATA_ELEMENT)
                .forEach(old -> old.getParentNode().removeChild(old));
        String ours = new AdoptionNote(volumes, kept).metadata(machine.vmId(), machine.digest());
        Element vm = named(XmlLookup.parse(ours).document().getDocumentElement());
        vm.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:lqx", DomainDocument.NAMESPACE);
        metadata.appendChild(vm);
    }

    private Node first() {
        return XmlLookup.children(domain, "memory").getFirst();
    }

    private Element named(Element plain) {
        Element element = document.createElementNS(DomainDocument.NAMESPACE, "lqx:" + plain.getTagName());
        for (int i = 0; i < plain.getAttributes().getLength(); i++) {
            Node attribute = plain.getAttributes().item(i);
            element.setAttribute(attribute.getNodeName(), attribute.getNodeValue());
        }
        XmlLookup.children(plain).forEach(child -> element.appendChild(named(child)));
        return element;
    }

    private void describe() {
        String text = adopt.expected().machine().description();
        XmlLookup.children(domain, "description").forEach(domain::removeChild);
        if (!text.isEmpty()) {
            Element description = document.createElement("description");
            description.setTextContent(text);
            domain.insertBefore(
                    description, XmlLookup.children(domain, "metadata").getFirst());
        }
    }

    /** A domain without a screen stays without one. */
    private void screen() {
        List<Element> screens = xml.elements("graphics");
        if (screens.isEmpty()) {
            return;
        }
        Element devices = XmlLookup.children(domain, "devices").getFirst();
        screens.forEach(devices::removeChild);
        Element screen = document.createElement("graphics");
        screen.setAttribute("type", "vnc");
        Element listen = document.createElement("listen");
        listen.setAttribute("type", "socket");
        screen.appendChild(listen);
        devices.appendChild(screen);
        for (String kind : List.of("channel", "redirdev", "smartcard")) {
            XmlLookup.children(devices, kind).stream()
                    .filter(device -> OF_SPICE.contains(device.getAttribute("type")))
                    .forEach(devices::removeChild);
        }
        XmlLookup.children(devices, "audio").stream()
                .filter(audio -> audio.getAttribute("type").equals("spice"))
                .forEach(audio -> audio.setAttribute("type", "none"));
    }

    /** Only one that leads nowhere else: a log that somebody wants stays. */
    private void serial(Path socket) {
        Ports.first(xml, "pty")
                .ifPresent(serial -> Ports.lead(xml, serial, "unix", source -> {
                    source.setAttribute("mode", "bind");
                    source.setAttribute("path", socket.toString());
                }));
    }

    private void boot() {
        for (Element os : XmlLookup.children(domain, "os")) {
            XmlLookup.children(os, "boot").forEach(os::removeChild);
        }
        if (DefinedMachine.of(xml).boots().isEmpty()) {
            BootPlaces.set(xml, adopt.expected().machine().boot());
        }
    }
}
