package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A domain's definition as libvirt wants it (formatdomain.html). Chosen once for all guests: q35, virtio devices, a plain
 * VGA that shows text without a driver, VNC and the first serial port on UNIX sockets of this host only.
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

    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    private final DomainSpec spec;
    private final DomainPlace place;
    private final XmlText xml = new XmlText();
    private final DiskElement disks = new DiskElement(xml);

    private DomainDocument(DomainSpec spec, DomainPlace place) {
        this.spec = spec;
        this.place = place;
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

    private void identity() {
        xml.text("name", NO_ATTRIBUTES, place.libvirtName());
        xml.text("uuid", NO_ATTRIBUTES, spec.vmId().toString());
        xml.text("description", NO_ATTRIBUTES, spec.description());
        xml.element(
                "metadata",
                NO_ATTRIBUTES,
                () -> xml.empty(
                        "lqx:" + METADATA_ELEMENT,
                        ordered("xmlns:lqx", NAMESPACE, "id", spec.vmId().toString(), "digest", spec.digest())));
    }

    private void hardware() {
        xml.text("memory", Map.of("unit", "MiB"), Long.toString(spec.memoryBytes() / MIB));
        xml.text("vcpu", Map.of("placement", "static"), Integer.toString(spec.vcpus()));
        xml.element("os", NO_ATTRIBUTES, () -> xml.text("type", ordered("arch", "x86_64", "machine", "q35"), "hvm"));
        xml.element("features", NO_ATTRIBUTES, () -> {
            xml.empty("acpi", NO_ATTRIBUTES);
            xml.empty("apic", NO_ATTRIBUTES);
        });
        cpu();
        xml.element("clock", Map.of("offset", "utc"), () -> {
            xml.empty("timer", ordered("name", "rtc", "tickpolicy", "catchup"));
            xml.empty("timer", ordered("name", "pit", "tickpolicy", "delay"));
            xml.empty("timer", ordered("name", "hpet", "present", "no"));
        });
    }

    private void cpu() {
        switch (place.accelerator()) {
            case KVM -> xml.empty("cpu", ordered("mode", "host-passthrough", "check", "none", "migratable", "on"));
            case TCG -> emulatedCpu();
        }
    }

    /** What TCG emulates quickest, with what x86-64-v2 asks for: distributions of today do not start on less. */
    private void emulatedCpu() {
        xml.element("cpu", ordered("mode", "custom", "match", "exact", "check", "none"), () -> {
            xml.text("model", Map.of("fallback", "forbid"), "qemu64");
            for (String feature : List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4.1", "sse4.2", "ssse3")) {
                xml.empty("feature", ordered("policy", "require", "name", feature));
            }
        });
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
        if (place.seed() != null) {
            seed(spec.disks().size(), place.seed());
        }
        spec.nics().forEach(this::nic);
        serial();
        agentChannel();
        screen();
        xml.empty("controller", ordered("type", "usb", "model", "qemu-xhci"));
        xml.empty("input", ordered("type", "tablet", "bus", "usb"));
        xml.element(
                "rng", Map.of("model", "virtio"), () -> xml.text("backend", Map.of("model", "random"), "/dev/urandom"));
        xml.element("memballoon", Map.of("model", "virtio"), () -> xml.empty("stats", Map.of("period", "10")));
    }

    /** PCI Express takes a new device under a running guest only at a port that is empty (libvirt's pci-hotplug.rst). */
    private void ports() {
        xml.empty("controller", ordered("type", "pci", "index", "0", "model", "pcie-root"));
        int ports = spec.disks().size()
                + (place.seed() == null ? 0 : 1)
                + spec.nics().size()
                + OWN_PCI_DEVICES
                + SPARE_PORTS;
        for (int i = 1; i <= ports; i++) {
            xml.empty("controller", ordered("type", "pci", "index", Integer.toString(i), "model", "pcie-root-port"));
        }
    }

    private void disk(int index, DomainSpec.Disk disk) {
        String serial = DiskName.serial(disk.volumeId());
        disks.write(place.disk(disk.volumeId()), disk.format(), DiskName.target(index), serial, () -> {
            if (index == 0) {
                xml.empty("boot", Map.of("order", "1"));
            }
        });
    }

    /** On virtio because the kernels of cloud images have no driver for an emulated CD-ROM drive. */
    private void seed(int index, PlacedDisk seed) {
        disks.write(seed, "raw", DiskName.target(index), "cidata", () -> xml.empty("readonly", NO_ATTRIBUTES));
    }

    private void nic(DomainSpec.Nic nic) {
        xml.element("interface", Map.of("type", "network"), () -> {
            xml.empty("mac", Map.of("address", nic.mac()));
            xml.empty("source", Map.of("network", nic.network()));
            xml.empty("model", Map.of("type", "virtio"));
            // Without the network boot program the firmware is quicker; nothing boots from the network here.
            xml.empty("rom", Map.of("enabled", "no"));
        });
    }

    private void serial() {
        xml.element("serial", Map.of("type", "unix"), () -> {
            xml.empty(
                    "source",
                    ordered("mode", "bind", "path", place.serialSocket().toString()));
            xml.empty("target", Map.of("port", "0"));
        });
    }

    private void agentChannel() {
        xml.element(
                "channel",
                Map.of("type", "unix"),
                () -> xml.empty("target", ordered("type", "virtio", "name", AGENT_CHANNEL)));
    }

    private void screen() {
        xml.element("graphics", Map.of("type", "vnc"), () -> xml.empty("listen", Map.of("type", "socket")));
        xml.element(
                "video",
                NO_ATTRIBUTES,
                () -> xml.empty("model", ordered("type", "vga", "vram", "16384", "heads", "1", "primary", "yes")));
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return attributes;
    }
}
