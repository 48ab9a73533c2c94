package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A domain's definition as libvirt keeps it for the next start, with another machine around its disks and cards. What is as it is to be
 * is left as libvirt wrote it, with the addresses that libvirt gave to devices.
 */
public final class EditedDefinition {
    private final XmlLookup xml;
    private final Element domain;
    private final DefinedMachine before;
    private final EditDomain wish;
    /** 0: without room for more memory while it runs. */
    private final long mostKib;

    private EditedDefinition(String text, EditDomain wish, long hostMemoryBytes) {
        this.xml = XmlLookup.parse(text);
        this.domain = xml.document().getDocumentElement();
        this.before = DefinedMachine.of(xml);
        this.wish = wish;
        this.mostKib = MemoryPlaces.most(wish.memoryBytes() >> 10, hostMemoryBytes >> 10);
    }

    /**
     * @param text libvirt's XML of the domain as it is defined
     * @throws FailureException {@code CONFLICT} for a device in the boot order that it does not have
     */
    public static String of(String text, EditDomain wish, long hostMemoryBytes) {
        EditedDefinition edited = new EditedDefinition(text, wish, hostMemoryBytes);
        edited.describe();
        edited.memory();
        edited.vcpus();
        edited.processor();
        edited.memoryPlaces();
        edited.firmware();
        edited.watchdog();
        edited.clipboard();
        edited.boot();
        return StoredDefinition.text(edited.xml.document());
    }

    private void describe() {
        xml.elements(DomainDocument.NAMESPACE, DomainDocument.METADATA_ELEMENT)
                .forEach(element -> element.setAttribute("digest", wish.digest()));
        set(domain, "description", wish.description());
    }

    private void memory() {
        String kib = Long.toString(wish.memoryBytes() >> 10);
        for (String name : List.of("memory", "currentMemory")) {
            set(domain, name, kib).setAttribute("unit", "KiB");
        }
    }

    private void vcpus() {
        int most = wish.machine().vcpusAtMost(wish.vcpus());
        Element vcpu = set(domain, "vcpu", Integer.toString(most));
        vcpu.removeAttribute("current");
        if (wish.vcpus() < most) {
            vcpu.setAttribute("current", Integer.toString(wish.vcpus()));
        }
        // Which of them there are is for libvirt to say anew.
        XmlLookup.children(domain, "vcpus").forEach(domain::removeChild);
    }

    private void processor() {
        MachineSpec machine = wish.machine();
        Accelerator accelerator = domain.getAttribute("type").equals("kvm") ? Accelerator.KVM : Accelerator.TCG;
        String model = Objects.requireNonNullElse(machine.cpuModel(), CpuElement.usual(accelerator));
        if (!model.equals(before.cpuModel()) || !Objects.equals(machine.topology(), before.topology())) {
            replace("cpu", domain, text -> new CpuElement(text, accelerator, machine.topology())
                    .write(model, () -> {}));
        }
    }

    private void memoryPlaces() {
        Element cpu = XmlLookup.children(domain, "cpu").getFirst();
        if (mostKib == 0) {
            XmlLookup.children(domain, "maxMemory").forEach(domain::removeChild);
            XmlLookup.children(cpu, "numa").forEach(cpu::removeChild);
            return;
        }
        replace("maxMemory", domain, text -> MemoryPlaces.write(text, mostKib));
        int vcpus = wish.machine().vcpusAtMost(wish.vcpus());
        replace("numa", cpu, text -> MemoryPlaces.node(text, vcpus, wish.memoryBytes() >> 10));
    }

    private void firmware() {
        MachineSpec machine = wish.machine();
        boolean uefi = machine.firmware() == Firmware.UEFI;
        if (uefi != before.uefi() || machine.secureBoot() != before.secureBoot()) {
            replace("os", domain, text -> new FirmwareElement(text, machine).os());
            replace("features", domain, text -> new FirmwareElement(text, machine).features());
        }
        if (machine.tpm() && !before.tpm()) {
            replace("tpm", devices(), text -> new FirmwareElement(text, machine).tpm());
        } else if (!machine.tpm() && before.tpm()) {
            XmlLookup.children(devices(), "tpm").forEach(devices()::removeChild);
        }
    }

    private void watchdog() {
        var card = wish.machine().watchdog();
        if (Objects.equals(card, before.watchdog())) {
            return;
        }
        XmlLookup.children(devices(), "watchdog").forEach(devices()::removeChild);
        if (card != null) {
            replace("watchdog", devices(), text -> DomainDocument.watchdog(text, card));
        }
    }

    private void clipboard() {
        boolean wanted = wish.machine().clipboard();
        if (wanted && !before.clipboard()) {
            append(devices(), ClipboardElement::write);
        } else if (!wanted) {
            ClipboardElement.in(xml).forEach(devices()::removeChild);
        }
    }

    private void boot() {
        if (wish.boot().isEmpty()) {
            return;
        }
        List<Element> booting = BootPlaces.set(xml, wish.boot());
        XmlLookup.children(devices(), "interface").forEach(card -> bootProgram(card, booting.contains(card)));
    }

    /** As where a domain is defined: without the network boot program the firmware is quicker. */
    private void bootProgram(Element card, boolean boots) {
        XmlLookup.children(card, "rom").forEach(card::removeChild);
        if (!boots) {
            Element rom = xml.document().createElement("rom");
            rom.setAttribute("enabled", "no");
            card.appendChild(rom);
        }
    }

    /** The drives that were asked for, in the order of libvirt's names, which is that in which they were. */
    static List<Element> cdroms(XmlLookup xml) {
        return xml.elements("disk").stream()
                .filter(disk -> disk.getAttribute("device").equals("cdrom"))
                .filter(disk -> !DefinedMachine.serial(disk).equals(DiskElement.SEED_DRIVE))
                .sorted(Comparator.comparing(DefinedMachine::target))
                .toList();
    }

    private Element devices() {
        return XmlLookup.children(domain, "devices").getFirst();
    }

    private Element set(Element parent, String name, String value) {
        Element element = XmlLookup.children(parent, name).stream().findFirst().orElseGet(() ->
                (Element) parent.appendChild(xml.document().createElement(name)));
        element.setTextContent(value);
        return element;
    }

    private void replace(String name, Element parent, Consumer<XmlText> writing) {
        Optional<Element> old = XmlLookup.children(parent, name).stream().findFirst();
        old.ifPresentOrElse(element -> parent.replaceChild(written(writing), element), () -> append(parent, writing));
    }

    private void append(Element parent, Consumer<XmlText> writing) {
        parent.appendChild(written(writing));
    }

    private Node written(Consumer<XmlText> writing) {
        XmlText text = new XmlText();
        writing.accept(text);
        return xml.document()
                .importNode(XmlLookup.parse(text.finished()).document().getDocumentElement(), true);
    }
}
