package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Nic;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * The devices of an appliance that is written, see DSP0243, "VirtualHardwareSection". What they are is what both vSphere and VirtualBox
 * have: LSI Logic controllers, and network cards of Intel's E1000. The elements of an item are in the order of the alphabet, as its schema
 * wants them; VirtualBox names devices by their caption.
 */
final class WrittenHardware {
    private static final long MIB = 1L << 20;
    /** A controller is on its own bus itself, at this place. */
    private static final int OWN_PLACE = 7;

    private static final int DISKS_OF_A_CONTROLLER = 15;

    private final Appliance machine;
    private final List<WrittenDisk> disks;
    private int items;

    WrittenHardware(Appliance machine, List<WrittenDisk> disks) {
        this.machine = machine;
        this.disks = disks;
    }

    /** One device; what is empty is left out. */
    private record Item(
            String place,
            String units,
            String name,
            String network,
            String disk,
            String parent,
            String kindOfDevice,
            int kind,
            String quantity) {}

    void write(OvfWriter xml) throws XMLStreamException {
        write(xml, new Item("", "hertz * 10^6", "CPUs", "", "", "", "", 3, Integer.toString(machine.vcpus())));
        writeMemory(xml);
        int controller = 0;
        for (int i = 0; i < disks.size(); i++) {
            if (i % DISKS_OF_A_CONTROLLER == 0) {
                int number = i / DISKS_OF_A_CONTROLLER;
                String name = "SCSI controller " + number;
                controller = write(xml, new Item(Integer.toString(number), "", name, "", "", "", "lsilogic", 6, ""));
            }
            writeDisk(xml, controller, i);
        }
        for (int i = 0; i < machine.nics().size(); i++) {
            writeNic(xml, machine.nics().get(i), i + 1);
        }
    }

    private void writeMemory(OvfWriter xml) throws XMLStreamException {
        boolean whole = machine.memoryBytes() % MIB == 0;
        String units = whole ? "byte * 2^20" : "byte";
        long quantity = whole ? machine.memoryBytes() / MIB : machine.memoryBytes();
        write(xml, new Item("", units, "Memory", "", "", "", "", 4, Long.toString(quantity)));
    }

    private void writeDisk(OvfWriter xml, int controller, int index) throws XMLStreamException {
        int place = index % DISKS_OF_A_CONTROLLER;
        WrittenDisk disk = disks.get(index);
        write(
                xml,
                new Item(
                        Integer.toString(place < OWN_PLACE ? place : place + 1),
                        "",
                        "Hard disk " + disk.number(),
                        "",
                        "ovf:/disk/" + disk.id(),
                        Integer.toString(controller),
                        "",
                        17,
                        ""));
    }

    private void writeNic(OvfWriter xml, Nic nic, int number) throws XMLStreamException {
        String network = nic.network();
        write(
                xml,
                new Item("", "", "Network adapter " + number, network == null ? "" : network, "", "", "E1000", 10, ""));
    }

    /** @return its id */
    private int write(OvfWriter xml, Item item) throws XMLStreamException {
        int id = ++items;
        xml.element("Item", rasd -> {
            boolean isController = !item.place().isEmpty() && item.parent().isEmpty();
            optional(rasd, "Address", isController ? item.place() : "");
            optional(rasd, "AddressOnParent", isController ? "" : item.place());
            optional(rasd, "AllocationUnits", item.units());
            optional(rasd, "AutomaticAllocation", item.kind() == 10 ? "true" : "");
            optional(rasd, "Caption", item.name());
            optional(rasd, "Connection", item.network());
            optional(rasd, "ElementName", item.name());
            optional(rasd, "HostResource", item.disk());
            optional(rasd, "InstanceID", Integer.toString(id));
            optional(rasd, "Parent", item.parent());
            optional(rasd, "ResourceSubType", item.kindOfDevice());
            optional(rasd, "ResourceType", Integer.toString(item.kind()));
            optional(rasd, "VirtualQuantity", item.quantity());
        });
        return id;
    }

    private static void optional(OvfWriter xml, String name, String text) throws XMLStreamException {
        if (!text.isEmpty()) {
            xml.text("rasd:" + name, text);
        }
    }
}
