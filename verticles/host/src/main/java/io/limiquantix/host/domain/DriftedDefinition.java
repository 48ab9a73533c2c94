package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.storage.driver.DiskSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.w3c.dom.Element;

/** A domain's definition as libvirt keeps it for the next start, beside what we would make of it. */
public final class DriftedDefinition {
    private static final String UNKNOWN = "unknown";

    private final String text;
    private final XmlLookup xml;
    private final Expected expected;
    private final Function<UUID, Set<DiskSource>> sources;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * @param text libvirt's XML of the domain as it is defined
     * @param sources what a disk of this volume may be on; empty where that cannot be said now
     */
    public DriftedDefinition(String text, Expected expected, Function<UUID, Set<DiskSource>> sources) {
        this.text = text;
        this.xml = XmlLookup.parse(text);
        this.expected = expected;
        this.sources = sources;
    }

    /** In the order in which people look at a machine. */
    public List<Difference> differences(long hostMemoryBytes) {
        differences.clear();
        machine(hostMemoryBytes);
        expected.disks().forEach(this::disk);
        strangeDisks().forEach(disk -> add("disks." + DefinedMachine.target(disk), "", source(disk)));
        expected.nics().forEach(this::nic);
        strangeNics().forEach(nic -> add("nics." + mac(nic), "", network(nic)));
        UnknownElements.in(domain())
                .forEach(name -> add(UNKNOWN, "", "something that LimiQuantix does not know: <" + name + ">"));
        return List.copyOf(differences);
    }

    private void machine(long hostMemoryBytes) {
        LiveDefinition wanted = LiveDefinition.parse(edited(hostMemoryBytes));
        LiveDefinition found = LiveDefinition.parse(text);
        Pending.between(found.machine(), wanted.machine()).stream()
                .filter(change -> !change.field().startsWith("disks."))
                .forEach(change -> add(change.field(), change.then(), change.now()));
        long memory = found.memoryKib() << 10;
        boolean told =
                differences.stream().anyMatch(difference -> difference.field().equals("memoryBytes"));
        if (memory != expected.machine().memoryBytes() && !told) {
            add("memoryBytes", Long.toString(expected.machine().memoryBytes()), Long.toString(memory));
        }
        String description = XmlLookup.children(domain(), "description").stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
        if (!description.strip().equals(expected.machine().description().strip())) {
            add("description", expected.machine().description(), description);
        }
    }

    /** Without its order where a device is missing that it names, which is told of as such. */
    private String edited(long hostMemoryBytes) {
        EditDomain machine = expected.machine();
        try {
            return EditedDefinition.of(text, machine, hostMemoryBytes);
        } catch (FailureException _) {
            return EditedDefinition.of(
                    text,
                    new EditDomain(
                            machine.vmId(),
                            machine.digest(),
                            machine.description(),
                            machine.vcpus(),
                            machine.memoryBytes(),
                            machine.machine(),
                            List.of()),
                    hostMemoryBytes);
        }
    }

    private void disk(DomainSpec.Disk wanted) {
        Optional<Element> there = disks().stream()
                .filter(disk -> DefinedMachine.serial(disk).equals(DiskName.serial(wanted.volumeId())))
                .findFirst();
        if (there.isEmpty()) {
            add("disks." + wanted.volumeId(), wanted.path(), "");
            return;
        }
        Element disk = there.get();
        if (isElsewhere(disk, wanted)) {
            String field = "disks." + DefinedMachine.target(disk) + ".source";
            differences.add(new Difference(field, wanted.path(), source(disk), wanted.volumeId()));
        }
        differences.addAll(new DriftedDisk(disk, wanted).differences());
    }

    private boolean isElsewhere(Element disk, DomainSpec.Disk wanted) {
        Set<DiskSource> may = sources.apply(wanted.volumeId());
        return !may.isEmpty() && may.stream().noneMatch(source -> LiveDefinition.isOn(disk, source));
    }

    private void nic(DomainSpec.Nic wanted) {
        Optional<Element> there =
                nics().stream().filter(nic -> mac(nic).equals(wanted.mac())).findFirst();
        if (there.isEmpty()) {
            add("nics." + wanted.mac(), wanted.network(), "");
            return;
        }
        String field = "nics." + wanted.mac() + ".";
        compare(field + "network", wanted.network(), network(there.get()));
        compare(field + "model", DiskElement.word(wanted.hardware().model()), attribute(there.get(), "model", "type"));
        String link = attribute(there.get(), "link", "state");
        compare(field + "link", wanted.hardware().linkUp() ? "up" : "down", link.isEmpty() ? "up" : link);
    }

    /**
     * The same without what is not ours; empty when it has nothing of that kind. What is missing is not added: there are other ways to
     * do so.
     */
    public Optional<String> withoutStrange() {
        List<Element> strange = new ArrayList<>(strangeDisks());
        strange.addAll(strangeNics());
        for (DomainSpec.Disk wanted : expected.disks()) {
            disks().stream()
                    .filter(disk -> DefinedMachine.serial(disk).equals(DiskName.serial(wanted.volumeId())))
                    .filter(disk -> isElsewhere(disk, wanted))
                    .forEach(strange::add);
        }
        strange.addAll(UnknownElements.elementsIn(domain()));
        strange.forEach(element -> element.getParentNode().removeChild(element));
        return strange.isEmpty() ? Optional.empty() : Optional.of(StoredDefinition.text(xml.document()));
    }

    private List<Element> strangeDisks() {
        Set<String> known = new HashSet<>(Set.of("cidata", DiskElement.SEED_DRIVE));
        expected.disks().forEach(disk -> known.add(DiskName.serial(disk.volumeId())));
        return disks().stream()
                .filter(disk -> !known.contains(DefinedMachine.serial(disk)))
                .toList();
    }

    private List<Element> strangeNics() {
        List<String> known = expected.nics().stream().map(DomainSpec.Nic::mac).toList();
        return nics().stream().filter(nic -> !known.contains(mac(nic))).toList();
    }

    /** Without CD-ROM drives, which guests and people change. */
    private List<Element> disks() {
        return devices("disk").stream()
                .filter(disk -> !disk.getAttribute("device").equals("cdrom"))
                .toList();
    }

    private List<Element> nics() {
        return devices("interface");
    }

    private List<Element> devices(String kind) {
        return XmlLookup.children(domain(), "devices").stream()
                .flatMap(devices -> XmlLookup.children(devices, kind).stream())
                .toList();
    }

    private Element domain() {
        return xml.document().getDocumentElement();
    }

    private static String source(Element disk) {
        return List.of("file", "dev", "name", "volume").stream()
                .map(name -> attribute(disk, "source", name))
                .filter(source -> !source.isEmpty())
                .findFirst()
                .orElse("without a medium");
    }

    private static String network(Element nic) {
        return List.of("network", "bridge", "dev").stream()
                .map(name -> attribute(nic, "source", name))
                .filter(source -> !source.isEmpty())
                .findFirst()
                .orElseGet(() -> nic.getAttribute("type"));
    }

    private static String mac(Element nic) {
        return attribute(nic, "mac", "address").toLowerCase(Locale.ROOT);
    }

    private static String attribute(Element parent, String child, String name) {
        return XmlLookup.attribute(parent, child, name).orElse("");
    }

    private void compare(String field, String wanted, String found) {
        if (!wanted.equals(found)) {
            add(field, wanted, found);
        }
    }

    private void add(String field, String wanted, String found) {
        differences.add(new Difference(field, wanted, found));
    }
}
