package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The definition of a domain that goes to another host: the same machine to its guest, with its disks, cards and sockets where the
 * other host has them.
 */
public final class MovedDefinition {
    private final XmlLookup machine;
    private final XmlLookup there;

    private MovedDefinition(XmlLookup machine, XmlLookup there) {
        this.machine = machine;
        this.there = there;
    }

    /**
     * @param xml libvirt's, of how the domain runs or of how it is to start
     * @param there as the other host would define it
     * @throws FailureException {@code CONFLICT} when the other host runs guests in another way, or has other drives or cards for it
     */
    public static String of(String xml, String there) {
        MovedDefinition moved = new MovedDefinition(XmlLookup.parse(xml), XmlLookup.parse(there));
        moved.requireSameKind();
        moved.move("drives", drives(moved.machine), drives(moved.there), MovedDefinition::moveDrive);
        moved.move("network cards", cards(moved.machine), cards(moved.there), MovedDefinition::moveSource);
        moved.moveSerial();
        moved.moveFirmwareFiles();
        moved.moveVariables();
        return StoredDefinition.text(moved.machine.document());
    }

    /** libvirt's name of the domain that this defines. */
    public static String name(String xml) {
        return name(XmlLookup.parse(xml));
    }

    private static String name(XmlLookup xml) {
        return xml.elements("name").getFirst().getTextContent();
    }

    /** libvirt's name of the disk of this volume. */
    public static String target(String xml, UUID volumeId) {
        return LiveDefinition.parse(xml)
                .diskOf(DiskName.serial(volumeId))
                .map(LiveDefinition.Disk::target)
                .orElseThrow(() ->
                        FailureException.conflict("The virtual machine does not run on the volume " + volumeId + "."));
    }

    private void requireSameKind() {
        String kind = machine.document().getDocumentElement().getAttribute("type");
        String other = there.document().getDocumentElement().getAttribute("type");
        if (!kind.equals(other)) {
            throw FailureException.conflict(
                    "The virtual machine runs by " + kind + ", and its new host runs guests by " + other
                            + ": a running guest cannot go from one to the other. Choose another host, or shut it down first.");
        }
    }

    private interface Change {
        void make(Element element, Element place);
    }

    private void move(String what, Map<String, Element> ours, Map<String, Element> theirs, Change change) {
        if (!ours.keySet().equals(theirs.keySet())) {
            throw FailureException.conflict("The virtual machine runs with the " + what + " "
                    + new TreeSet<>(ours.keySet()) + ", and is to have " + new TreeSet<>(theirs.keySet())
                    + " at its new host. Restart it, so that it runs as it is defined, and try again.");
        }
        for (Map.Entry<String, Element> each : ours.entrySet()) {
            Element place = theirs.get(each.getKey());
            if (place != null) {
                change.make(each.getValue(), place);
            }
        }
    }

    /** By the serial that a guest finds a disk by; drives that have none by their order. */
    private static Map<String, Element> drives(XmlLookup xml) {
        Map<String, Element> drives = new HashMap<>();
        int withoutSerial = 0;
        for (Element disk : xml.elements("disk")) {
            boolean known = AdoptionNote.of(disk).isPresent()
                    || !XmlLookup.children(disk, "serial").isEmpty();
            drives.put(known ? DefinedMachine.serial(disk) : "drive " + withoutSerial++, disk);
        }
        return drives;
    }

    private static Map<String, Element> cards(XmlLookup xml) {
        Map<String, Element> cards = new HashMap<>();
        for (Element card : xml.elements("interface")) {
            XmlLookup.attribute(card, "mac", "address").ifPresent(mac -> cards.put(mac, card));
        }
        return cards;
    }

    private static void moveDrive(Element disk, Element place) {
        XmlLookup.children(disk, "backingStore").forEach(disk::removeChild);
        moveSource(disk, place);
    }

    private static void moveSource(Element element, Element place) {
        XmlLookup.children(element, "source").forEach(element::removeChild);
        element.setAttribute("type", place.getAttribute("type"));
        Document document = element.getOwnerDocument();
        Node first = element.getFirstChild();
        for (Element source : XmlLookup.children(place, "source")) {
            element.insertBefore(document.importNode(source, true), first);
        }
    }

    /** libvirt describes the first serial port once more, as the console. */
    private void moveSerial() {
        List<Element> ports = new ArrayList<>(machine.elements("serial"));
        ports.addAll(machine.elements("console"));
        there.elements("serial").stream()
                .flatMap(serial -> XmlLookup.attribute(serial, "source", "path").stream())
                .findFirst()
                .ifPresent(path -> ports.stream()
                        .flatMap(port -> XmlLookup.children(port, "source").stream())
                        .forEach(source -> source.setAttribute("path", path)));
    }

    /** libvirt names the file of UEFI variables after the domain, and the other host may have another domain of that name. */
    private void moveVariables() {
        String ours = "/" + name(machine) + "_VARS";
        String theirs = "/" + name(there) + "_VARS";
        for (Element file : machine.elements("nvram")) {
            String path = file.getTextContent();
            int last = path.lastIndexOf('/');
            if (last >= 0 && path.startsWith(ours, last)) {
                file.setTextContent(path.substring(0, last) + theirs + path.substring(last + ours.length()));
            }
        }
    }

    /** What a guest reads from a file before it has any disk. */
    private void moveFirmwareFiles() {
        Map<String, String> files = new HashMap<>();
        there.elements("entry").forEach(entry -> files.put(entry.getAttribute("name"), entry.getAttribute("file")));
        for (Element entry : machine.elements("entry")) {
            String file = files.get(entry.getAttribute("name"));
            if (file != null && !file.isEmpty()) {
                entry.setAttribute("file", file);
            }
        }
    }
}
