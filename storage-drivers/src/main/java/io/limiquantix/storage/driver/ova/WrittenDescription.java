package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Firmware;
import io.limiquantix.storage.driver.Appliance.Nic;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;

/**
 * The description of an appliance that is written, see DSP0243, "OVF Descriptor".
 *
 * @param about what its owner says of it, empty for nothing
 * @param disks in the order of the machine
 */
record WrittenDescription(Appliance machine, String about, List<WrittenDisk> disks) {
    private static final String FORMAT = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";

    byte[] bytes() {
        return OvfWriter.envelope(xml -> {
            xml.element("References", this::files);
            xml.element("DiskSection", this::disks);
            xml.element("NetworkSection", this::networks);
            xml.element("VirtualSystem", this::system);
        });
    }

    private void files(OvfWriter xml) throws XMLStreamException {
        for (WrittenDisk disk : disks) {
            if (disk.hasFile()) {
                xml.element("File", file -> {
                    file.attribute("ovf:id", disk.fileId());
                    file.attribute("ovf:href", disk.fileName());
                    file.attribute("ovf:size", Long.toString(disk.fileBytes()));
                });
            }
        }
    }

    /** A capacity is in bytes where nothing else is said. */
    private void disks(OvfWriter xml) throws XMLStreamException {
        xml.text("Info", "Virtual disks");
        for (WrittenDisk disk : disks) {
            xml.element("Disk", one -> {
                one.attribute("ovf:diskId", disk.id());
                if (disk.hasFile()) {
                    one.attribute("ovf:fileRef", disk.fileId());
                }
                one.attribute("ovf:capacity", Long.toString(disk.capacityBytes()));
                one.attribute("ovf:format", FORMAT);
            });
        }
    }

    private void networks(OvfWriter xml) throws XMLStreamException {
        xml.text("Info", "Networks");
        List<String> names = machine.nics().stream()
                .map(Nic::network)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        for (String name : names) {
            xml.element("Network", network -> {
                network.attribute("ovf:name", name);
                network.text("Description", "A network");
            });
        }
    }

    private void system(OvfWriter xml) throws XMLStreamException {
        xml.attribute("ovf:id", "vm");
        xml.text("Info", "A virtual machine");
        xml.text("Name", machine.name());
        xml.element("OperatingSystemSection", this::operatingSystem);
        xml.element("VirtualHardwareSection", this::hardware);
        String product = machine.product();
        if (product != null) {
            xml.element("ProductSection", section -> {
                section.text("Info", "The product");
                section.text("Product", product);
            });
        }
        if (!about.isEmpty()) {
            xml.element("AnnotationSection", section -> {
                section.text("Info", "What its owner says of it");
                section.text("Annotation", about);
            });
        }
    }

    private void operatingSystem(OvfWriter xml) throws XMLStreamException {
        String system = machine.operatingSystem();
        xml.attribute("ovf:id", Integer.toString(SystemType.of(system)));
        xml.text("Info", "The operating system");
        if (system != null) {
            xml.text("Description", system);
        }
    }

    private void hardware(OvfWriter xml) throws XMLStreamException {
        xml.text("Info", "Virtual hardware");
        xml.element("System", system -> {
            system.text("vssd:ElementName", "Virtual Hardware Family");
            system.text("vssd:InstanceID", "0");
            system.text("vssd:VirtualSystemIdentifier", machine.name());
            system.text("vssd:VirtualSystemType", "vmx-13");
        });
        new WrittenHardware(machine, disks).write(xml);
        if (machine.firmware() == Firmware.UEFI) {
            // As VMware says it; without it, BIOS is meant.
            xml.element("vmw:Config", config -> {
                config.attribute("ovf:required", "false");
                config.attribute("vmw:key", "firmware");
                config.attribute("vmw:value", "efi");
            });
        }
    }
}
