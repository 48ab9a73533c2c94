package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.SeedKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A domain's definition as libvirt wants it (formatdomain.html). Chosen once for all guests: q35, a plain VGA that shows text without a
 * driver, VNC and the first serial port on UNIX sockets of this host only.
 */
public final class DomainDocument {
    /** The namespace of our metadata. */
    public static final String NAMESPACE = "urn:limiquantix:domain:1";
    /** The element in it that names the VM. */
    public static final String METADATA_ELEMENT = "vm";

    public static final String AGENT_CHANNEL = "org.qemu.guest_agent.0";

    private static final long MIB = 1 << 20;
    /** Of the serial channels, USB, the random numbers and the balloon. */
    private static final int OWN_PCI_DEVICES = 4;
    /** Disks and network interfaces that a running domain can get; each wants a port of its own. */
    private static final int SPARE_PORTS = 8;
    /** A PCI card and the bridge to PCI Express. */
    private static final int WATCHDOG_PORTS = 2;

    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    private final DomainSpec spec;
    private final DomainPlace place;
    private final XmlText xml = new XmlText();
    private final DiskElement disks = new DiskElement(xml);
    private final FirmwareElement firmware;
    private final DiskPlaces plugs;
    private final List<String> bootOrder;

    private DomainDocument(DomainSpec spec, DomainPlace place) {
        this.spec = spec;
        this.place = place;
        this.firmware = new FirmwareElement(xml, spec.machine());
        this.plugs = DiskPlaces.of(spec);
        this.bootOrder = spec.bootOrder().isEmpty() ? List.of("disk0") : spec.bootOrder();
    }

    /** @throws IllegalArgumentException for text that XML cannot carry */
    public static String of(DomainSpec spec, DomainPlace place) {
        DomainDocument document = new DomainDocument(spec, place);
        document.domain();
        return document.xml.finished();
    }

    private void domain() {
        String type = place.accelerator() == Accelerator.KVM ? "kvm" : "qemu";
        xml.element("domain", Map.of("type", type), () -> {
            identity();
            hardware();
            lifecycle();
            xml.element("devices", NO_ATTRIBUTES, this::devices);
        });
    }

    /** QEMU's fw_cfg (its documentation, specs/fw_cfg): a guest reads it before it has any disk. */
    private void ignition() {
        PlacedDisk seed = place.seed();
        if (spec.seedKind() == SeedKind.IGNITION && seed != null) {
            xml.element(
                    "sysinfo",
                    Map.of("type", "fwcfg"),
                    () -> xml.empty(
                            "entry",
                            XmlText.ordered(
                                    "name",
                                    "opt/com.coreos/config",
                                    "file",
                                    seed.source().label())));
        }
    }

    private void identity() {
        xml.text("name", NO_ATTRIBUTES, place.libvirtName());
        xml.text("uuid", NO_ATTRIBUTES, spec.vmId().toString());
        xml.text("description", NO_ATTRIBUTES, spec.description());
        xml.element(
                "metadata",
                NO_ATTRIBUTES,
                () -> xml.empty(
                        "lqx:" + METADATA_ELEMENT,
                        XmlText.ordered(
                                "xmlns:lqx", NAMESPACE, "id", spec.vmId().toString(), "digest", spec.digest())));
    }

    private void hardware() {
        long memoryKib = spec.memoryBytes() >> 10;
        long mostKib = MemoryPlaces.most(memoryKib, place.memoryBytes() >> 10);
        if (mostKib > 0) {
            MemoryPlaces.write(xml, mostKib);
        }
        xml.text("memory", Map.of("unit", "MiB"), Long.toString(spec.memoryBytes() / MIB));
        vcpus();
        if (plugs.ioThreads() > 0) {
            xml.text("iothreads", NO_ATTRIBUTES, Integer.toString(plugs.ioThreads()));
        }
        ignition();
        firmware.os();
        firmware.features();
        new CpuElement(xml, place.accelerator(), spec.machine().topology())
                .write(spec.machine().cpuModel(), () -> {
                    if (mostKib > 0) {
                        MemoryPlaces.node(xml, spec.machine().vcpusAtMost(spec.vcpus()), memoryKib);
                    }
                });
        xml.element("clock", Map.of("offset", "utc"), () -> {
            xml.empty("timer", XmlText.ordered("name", "rtc", "tickpolicy", "catchup"));
            xml.empty("timer", XmlText.ordered("name", "pit", "tickpolicy", "delay"));
            xml.empty("timer", XmlText.ordered("name", "hpet", "present", "no"));
        });
    }

    private void vcpus() {
        int most = spec.machine().vcpusAtMost(spec.vcpus());
        Map<String, String> attributes = XmlText.ordered("placement", "static");
        if (spec.vcpus() < most) {
            attributes.put("current", Integer.toString(spec.vcpus()));
        }
        xml.text("vcpu", attributes, Integer.toString(most));
    }

    private void lifecycle() {
        xml.text("on_poweroff", NO_ATTRIBUTES, "destroy");
        xml.text("on_reboot", NO_ATTRIBUTES, "restart");
        xml.text("on_crash", NO_ATTRIBUTES, "destroy");
    }

    private void devices() {
        ports();
        for (int i = 0; i < spec.disks().size(); i++) {
            disk(i, spec.disks().get(i));
        }
        boolean inDrive = spec.seedKind() == SeedKind.CONFIG_DRIVE;
        if (place.seed() != null && !inDrive && spec.seedKind() != SeedKind.IGNITION) {
            seed(place.seed());
        }
        for (int i = 0; i < spec.cdroms().size(); i++) {
            cdrom(i, spec.cdroms().get(i));
        }
        if (place.seed() != null && inDrive) {
            disks.seedDrive(place.seed(), plugs.seed());
        }
        for (int i = 0; i < spec.nics().size(); i++) {
            nic(i, spec.nics().get(i));
        }
        serial();
        agentChannel();
        if (spec.machine().clipboard()) {
            ClipboardElement.write(xml);
        }
        firmware.tpm();
        screen();
        xml.empty("controller", XmlText.ordered("type", "usb", "model", "qemu-xhci"));
        xml.empty("input", XmlText.ordered("type", "tablet", "bus", "usb"));
        @Nullable Watchdog watchdog = spec.machine().watchdog();
        if (watchdog != null) {
            watchdog(xml, watchdog);
        }
        xml.element(
                "rng", Map.of("model", "virtio"), () -> xml.text("backend", Map.of("model", "random"), "/dev/urandom"));
        xml.element("memballoon", Map.of("model", "virtio"), () -> xml.empty("stats", Map.of("period", "10")));
    }

    /** PCI Express takes a new device under a running guest only at a port that is empty (libvirt's pci-hotplug.rst). */
    private void ports() {
        xml.empty("controller", XmlText.ordered("type", "pci", "index", "0", "model", "pcie-root"));
        for (int i = 1; i <= portsTaken() + SPARE_PORTS; i++) {
            xml.empty(
                    "controller",
                    XmlText.ordered("type", "pci", "index", Integer.toString(i), "model", "pcie-root-port"));
        }
        if (plugs.scsi()) {
            xml.empty("controller", XmlText.ordered("type", "scsi", "index", "0", "model", "virtio-scsi"));
        }
    }

    private int portsTaken() {
        int drives = spec.disks().size()
                + (place.seed() == null ? 0 : 1)
                + spec.cdroms().size();
        return drives
                + spec.nics().size()
                + (plugs.scsi() ? 1 : 0)
                + (spec.machine().watchdog() == null ? 0 : WATCHDOG_PORTS)
                + OWN_PCI_DEVICES;
    }

    private void disk(int index, DomainSpec.Disk disk) {
        String serial = DiskName.serial(disk.volumeId());
        PlacedDisk placed = place.disk(disk.volumeId());
        disks.write(placed, disk.format(), plugs.disks().get(index), disk.hardware(), serial, () -> {
            if (disk.shareable()) {
                xml.empty("shareable", NO_ATTRIBUTES);
            }
            boot("disk" + index);
        });
    }

    /** On virtio because the kernels of cloud images have no driver for an emulated CD-ROM drive. */
    private void seed(PlacedDisk seed) {
        disks.write(seed, "raw", plugs.seed().target(), "cidata", () -> xml.empty("readonly", NO_ATTRIBUTES));
    }

    private void cdrom(int index, DomainSpec.Cdrom cdrom) {
        disks.cdrom(
                Optional.ofNullable(cdrom.imageId()).map(place::iso),
                plugs.cdroms().get(index),
                () -> boot("cdrom" + index));
    }

    private void nic(int index, DomainSpec.Nic nic) {
        InterfaceElement.write(xml, nic, () -> {
            String name = "nic" + index;
            if (bootOrder.contains(name)) {
                boot(name);
            } else {
                // Without the network boot program the firmware is quicker.
                xml.empty("rom", Map.of("enabled", "no"));
            }
        });
    }

    private void boot(String name) {
        int position = bootOrder.indexOf(name);
        if (position >= 0) {
            xml.empty("boot", Map.of("order", Integer.toString(position + 1)));
        }
    }

    static void watchdog(XmlText xml, Watchdog watchdog) {
        xml.empty(
                "watchdog",
                XmlText.ordered(
                        "model", DiskElement.word(watchdog.model()), "action", DiskElement.word(watchdog.action())));
    }

    private void serial() {
        xml.element("serial", Map.of("type", "unix"), () -> {
            xml.empty(
                    "source",
                    XmlText.ordered("mode", "bind", "path", place.serialSocket().toString()));
            xml.empty("target", Map.of("port", "0"));
        });
    }

    private void agentChannel() {
        xml.element(
                "channel",
                Map.of("type", "unix"),
                () -> xml.empty("target", XmlText.ordered("type", "virtio", "name", AGENT_CHANNEL)));
    }

    private void screen() {
        xml.element("graphics", Map.of("type", "vnc"), () -> xml.empty("listen", Map.of("type", "socket")));
        xml.element(
                "video",
                NO_ATTRIBUTES,
                () -> xml.empty(
                        "model", XmlText.ordered("type", "vga", "vram", "16384", "heads", "1", "primary", "yes")));
    }
}
