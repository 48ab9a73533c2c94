package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.w3c.dom.Element;

/**
 * A disk of a domain, reached otherwise.
 *
 * @param serial by which it is found
 */
public record EditedDisk(String serial, PlacedDisk placed, DiskHardware hardware) {
    private static final int SATA_PORTS = 6;

    /**
     * @param text libvirt's XML of the domain as it is defined
     * @throws FailureException {@code NOT_FOUND} when the domain has no such disk
     */
    public String in(String text) {
        XmlLookup xml = XmlLookup.parse(text);
        Element disk = xml.elements("disk").stream()
                .filter(element -> DefinedMachine.serial(element).equals(serial))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("The domain has no disk with the serial " + serial + "."));
        Element driver = XmlLookup.children(disk, "driver").getFirst();
        driver.setAttribute("cache", DiskElement.cache(placed, hardware.cache()));
        driver.setAttribute("discard", DiskElement.discard(hardware));
        limits(xml, disk);
        if (!XmlLookup.attribute(disk, "target", "bus").orElse("").equals(DiskElement.word(hardware.bus()))) {
            plug(xml, disk);
        }
        return StoredDefinition.text(xml.document());
    }

    private void limits(XmlLookup xml, Element disk) {
        XmlLookup.children(disk, "iotune").forEach(disk::removeChild);
        if (hardware.limits() != null && !hardware.limits().none()) {
            XmlText text = new XmlText();
            new DiskElement(text).limits(hardware.limits());
            disk.appendChild(xml.document()
                    .importNode(XmlLookup.parse(text.finished()).document().getDocumentElement(), true));
        }
    }

    private void plug(XmlLookup xml, Element disk) {
        DiskBus bus = hardware.bus();
        XmlLookup.children(disk, "address").forEach(disk::removeChild);
        XmlLookup.children(disk, "driver").forEach(driver -> driver.removeAttribute("iothread"));
        Set<String> taken = xml.elements("disk").stream()
                .filter(other -> other != disk)
                .map(DefinedMachine::target)
                .collect(Collectors.toSet());
        Element target = XmlLookup.children(disk, "target").getFirst();
        target.setAttribute("bus", DiskElement.word(bus));
        target.setAttribute("dev", bus == DiskBus.VIRTIO ? DiskName.firstFree(taken) : DiskName.firstFreeScsi(taken));
        if (bus != DiskBus.VIRTIO) {
            int unit = freeUnit(xml, disk, bus);
            int width = bus == DiskBus.SATA ? SATA_PORTS : Integer.MAX_VALUE;
            Element address = xml.document().createElement("address");
            XmlText.ordered(
                            "type", "drive",
                            "controller", Integer.toString(unit / width),
                            "bus", "0",
                            "target", "0",
                            "unit", Integer.toString(unit % width))
                    .forEach(address::setAttribute);
            disk.appendChild(address);
        }
        if (bus == DiskBus.SCSI) {
            controller(xml);
        }
    }

    /** Counted over all controllers of the bus. */
    private static int freeUnit(XmlLookup xml, Element disk, DiskBus bus) {
        Set<Integer> units = new HashSet<>();
        for (Element other : xml.elements("disk")) {
            if (other != disk
                    && XmlLookup.attribute(other, "target", "bus").orElse("").equals(DiskElement.word(bus))) {
                int controller = number(other, "controller");
                units.add(controller * (bus == DiskBus.SATA ? SATA_PORTS : 1) + number(other, "unit"));
            }
        }
        return IntStream.iterate(0, unit -> unit + 1)
                .filter(unit -> !units.contains(unit))
                .findFirst()
                .orElseThrow();
    }

    private static int number(Element disk, String attribute) {
        return Integer.parseInt(XmlLookup.attribute(disk, "address", attribute).orElse("0"));
    }

    private static void controller(XmlLookup xml) {
        boolean there = xml.elements("controller").stream()
                .anyMatch(c -> c.getAttribute("type").equals("scsi"));
        if (!there) {
            Element controller = xml.document().createElement("controller");
            controller.setAttribute("type", "scsi");
            controller.setAttribute("index", "0");
            controller.setAttribute("model", "virtio-scsi");
            xml.elements("devices").getFirst().appendChild(controller);
        }
    }
}
