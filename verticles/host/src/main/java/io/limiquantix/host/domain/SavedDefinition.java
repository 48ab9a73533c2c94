package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The definition of a domain that was kept with its memory. */
public final class SavedDefinition {
    private static final String TARGET = "target";

    private SavedDefinition() {}

    /**
     * The kept machine with its disks where they lie now, and with what we have noted of the domain since.
     *
     * @param kept libvirt's XML of then
     * @param stored libvirt's XML of what the domain would be started from now
     * @throws FailureException {@code CONFLICT} when it has other disks now
     */
    public static String onDisksOf(String kept, String stored) {
        XmlLookup then = XmlLookup.parse(kept);
        XmlLookup now = XmlLookup.parse(stored);
        Map<String, Element> disks = byTarget(now);
        Map<String, Element> before = byTarget(then);
        if (!disks.keySet().equals(before.keySet())) {
            throw FailureException.conflict(
                    "The virtual machine has the drives " + new TreeSet<>(disks.keySet())
                            + " now, and had " + new TreeSet<>(before.keySet())
                            + " when its memory was kept. Bring its disks back without the memory, or give it the drives that it had.");
        }
        before.forEach((target, disk) -> moveTo(disk, Objects.requireNonNull(disks.get(target))));
        noteAnew(then.document(), now.document(), "description");
        noteAnew(then.document(), now.document(), "metadata");
        return StoredDefinition.text(then.document());
    }

    private static Map<String, Element> byTarget(XmlLookup xml) {
        Map<String, Element> disks = new HashMap<>();
        for (Element disk : xml.elements("disk")) {
            XmlLookup.attribute(disk, TARGET, "dev").ifPresent(target -> disks.put(target, disk));
        }
        return disks;
    }

    private static void moveTo(Element disk, Element place) {
        Node target = XmlLookup.children(disk, TARGET).getFirst();
        for (String name : new String[] {"source", "backingStore"}) {
            XmlLookup.children(disk, name).forEach(disk::removeChild);
        }
        disk.setAttribute("type", place.getAttribute("type"));
        for (Element source : XmlLookup.children(place, "source")) {
            disk.insertBefore(disk.getOwnerDocument().importNode(source, true), target);
        }
    }

    private static void noteAnew(Document then, Document now, String name) {
        Element root = then.getDocumentElement();
        XmlLookup.children(root, name).forEach(root::removeChild);
        for (Element note : XmlLookup.children(now.getDocumentElement(), name)) {
            root.insertBefore(then.importNode(note, true), root.getFirstChild());
        }
    }
}
