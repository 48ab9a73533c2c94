package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.host.domain.DiskPlaces.Plug;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The CD-ROM drives of a domain with another medium in one of them.
 *
 * @param drive from 0, in the order of libvirt's names
 * @param drives how many there are then
 * @param iso absent: the drive is empty
 */
public record EditedDrives(int drive, int drives, @Nullable Path iso) {
    private static final int SATA_PORTS = 6;

    /** @param text libvirt's XML of the domain as it is defined */
    public String in(String text) {
        XmlLookup xml = XmlLookup.parse(text);
        List<Element> all = EditedDefinition.cdroms(xml);
        for (int i = all.size(); i > drives; i--) {
            Element last = all.get(i - 1);
            last.getParentNode().removeChild(last);
        }
        for (int i = all.size(); i < drives; i++) {
            add(xml);
        }
        if (drive < drives) {
            insert(xml, EditedDefinition.cdroms(xml).get(drive));
        }
        return StoredDefinition.text(xml.document());
    }

    /**
     * The drive of a running domain as it is to be; empty when it is so already.
     *
     * @param text libvirt's XML of the domain as it runs
     * @throws FailureException {@code CONFLICT} when it runs without such a drive
     */
    public Optional<String> device(String text) {
        XmlLookup xml = XmlLookup.parse(text);
        List<Element> all = EditedDefinition.cdroms(xml);
        if (all.size() != drives) {
            throw FailureException.conflict(
                    "CD-ROM drives are added while the virtual machine is off; shut it down first.");
        }
        Element element = all.get(drive);
        String now = XmlLookup.attribute(element, "source", "file").orElse("");
        if (now.equals(iso == null ? "" : iso.toString())) {
            return Optional.empty();
        }
        insert(xml, element);
        return Optional.of(XmlLookup.text(element));
    }

    private void insert(XmlLookup xml, Element element) {
        for (String child : List.of("source", "backingStore")) {
            XmlLookup.children(element, child).forEach(element::removeChild);
        }
        if (iso != null) {
            Element source = xml.document().createElement("source");
            source.setAttribute("file", iso.toString());
            element.appendChild(source);
        }
    }

    private static void add(XmlLookup xml) {
        Set<String> targets = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (Element disk : xml.elements("disk")) {
            targets.add(DefinedMachine.target(disk));
            if (XmlLookup.attribute(disk, "target", "bus").orElse("").equals("sata")) {
                ports.add(number(disk, "controller") * SATA_PORTS + number(disk, "unit"));
            }
        }
        int port = 0;
        while (ports.contains(port)) {
            port++;
        }
        Plug plug = new Plug(DiskBus.SATA, DiskName.firstFreeScsi(targets), port / SATA_PORTS, port % SATA_PORTS, 0);
        XmlText text = new XmlText();
        new DiskElement(text).cdrom(Optional.empty(), plug, () -> {});
        xml.elements("devices")
                .getFirst()
                .appendChild(xml.document()
                        .importNode(XmlLookup.parse(text.finished()).document().getDocumentElement(), true));
    }

    private static int number(Element disk, String attribute) {
        return Integer.parseInt(XmlLookup.attribute(disk, "address", attribute).orElse("0"));
    }
}
