package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.BootDevice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** From which of its devices a domain tries to start, and in which order. */
final class BootPlaces {
    private BootPlaces() {}

    /**
     * @return the devices, first to last
     * @throws FailureException {@code CONFLICT} for one that it does not have
     */
    static List<Element> set(XmlLookup xml, List<BootDevice> order) {
        List<Element> all = new ArrayList<>(xml.elements("disk"));
        all.addAll(xml.elements("interface"));
        List<Element> booting =
                order.stream().map(device -> device(xml, all, device)).toList();
        all.forEach(device -> XmlLookup.children(device, "boot").forEach(device::removeChild));
        for (int i = 0; i < booting.size(); i++) {
            Element boot = xml.document().createElement("boot");
            boot.setAttribute("order", Integer.toString(i + 1));
            booting.get(i).appendChild(boot);
        }
        return booting;
    }

    private static Element device(XmlLookup xml, List<Element> all, BootDevice device) {
        Integer drive = device.cdrom();
        if (drive != null) {
            return EditedDefinition.cdroms(xml).stream()
                    .skip(drive)
                    .findFirst()
                    .orElseThrow(() -> missing("CD-ROM drive " + drive));
        }
        @Nullable String name = device.volumeId() == null ? device.mac() : DiskName.serial(device.volumeId());
        String kind = device.volumeId() == null ? "interface" : "disk";
        return all.stream()
                .filter(element -> element.getTagName().equals(kind))
                .filter(element -> DefinedMachine.bootName(element).equals(name))
                .findFirst()
                .orElseThrow(() -> missing(
                        device.volumeId() == null ? "network card " + device.mac() : "disk " + device.volumeId()));
    }

    private static FailureException missing(String what) {
        return FailureException.conflict("The domain has no " + what + " to boot from.");
    }
}
