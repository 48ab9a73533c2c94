package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.host.domain.DiskPlaces.Plug;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Where a disk that a domain has is to be.
 *
 * @param serial what the guest finds it by, see {@link DiskName#serial}
 * @param format as {@code qcow2}
 */
public record DiskDestination(String serial, PlacedDisk placed, String format, DiskHardware hardware) {

    /** As libvirt's row and the pool's report of the volume name it. */
    public String path() {
        return placed.source().label();
    }

    /** As {@code virDomainBlockCopy} takes it: there what is needed to reach the source has to be in it. */
    public String document() {
        XmlLookup xml = XmlLookup.parse(described());
        Element disk = xml.document().getDocumentElement();
        Element source = XmlLookup.children(disk, "source").getFirst();
        XmlLookup.children(disk, "auth").forEach(source::appendChild);
        return StoredDefinition.text(xml.document());
    }

    private String described() {
        XmlText text = new XmlText();
        Plug plug = new Plug(DiskBus.VIRTIO, "vda", -1, 0, 0);
        new DiskElement(text).write(placed, format, plug, hardware, serial, () -> {});
        return text.finished();
    }

    /**
     * The domain's definition with the disk there; everything else stays as it is.
     *
     * @throws FailureException {@code NOT_FOUND} when the domain does not have the disk
     */
    public String in(String definition) {
        XmlLookup xml = XmlLookup.parse(definition);
        Element there = XmlLookup.parse(described()).document().getDocumentElement();
        put(disk(xml, serial), there, List.of("type", "cache"));
        return StoredDefinition.text(xml.document());
    }

    /**
     * The domain's definition with the disk where the running domain has it.
     *
     * @param live the running domain
     * @throws FailureException {@code NOT_FOUND} when one of the two does not have the disk
     */
    public static String followed(String definition, String live, String serial) {
        XmlLookup xml = XmlLookup.parse(definition);
        put(disk(xml, serial), disk(XmlLookup.parse(live), serial), List.of("type"));
        return StoredDefinition.text(xml.document());
    }

    private static Element disk(XmlLookup xml, String serial) {
        return xml.elements("disk").stream()
                .filter(element -> DefinedMachine.serial(element).equals(serial))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("The domain has no disk with the serial " + serial + "."));
    }

    private static void put(Element disk, Element there, List<String> ofDriver) {
        disk.setAttribute("type", there.getAttribute("type"));
        Element driver = XmlLookup.children(disk, "driver").getFirst();
        Element driverThere = XmlLookup.children(there, "driver").getFirst();
        ofDriver.forEach(attribute -> driver.setAttribute(attribute, driverThere.getAttribute(attribute)));
        // libvirt finds by itself what lies below.
        List.of("source", "auth", "backingStore", "mirror")
                .forEach(name -> XmlLookup.children(disk, name).forEach(disk::removeChild));
        for (String name : List.of("auth", "source")) {
            for (Element element : XmlLookup.children(there, name)) {
                Element moved = (Element) disk.getOwnerDocument().importNode(element, true);
                // libvirt's number of it while it runs.
                moved.removeAttribute("index");
                disk.insertBefore(moved, driver.getNextSibling());
            }
        }
    }
}
