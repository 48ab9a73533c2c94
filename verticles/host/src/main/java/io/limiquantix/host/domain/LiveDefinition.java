package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** What libvirt's XML of a domain says about how it really runs. */
public final class LiveDefinition {
    private final XmlLookup xml;

    private LiveDefinition(XmlLookup xml) {
        this.xml = xml;
    }

    /** @throws IllegalArgumentException when it is not XML */
    public static LiveDefinition parse(String xml) {
        return new LiveDefinition(XmlLookup.parse(xml));
    }

    /** A network interface on one of libvirt's networks. */
    public record Nic(String network, String mac) {}

    /** Present when we defined the domain. */
    public Optional<String> digest() {
        return xml.elements(DomainDocument.NAMESPACE, DomainDocument.METADATA_ELEMENT).stream()
                .map(e -> e.getAttribute("digest"))
                .findFirst();
    }

    /**
     * Whether QEMU emulates its processor. It loses some of what such a guest writes to its memory while that is sent or written to a
     * file: with QEMU 7.2, after 4 of 384 moves under load the guest crashed or hung, and after none of 624 of guests that stood still.
     */
    public boolean isEmulated() {
        return xml.document().getDocumentElement().getAttribute("type").equals("qemu");
    }

    /** The machine around its disks and cards. */
    public DefinedMachine machine() {
        return DefinedMachine.of(xml);
    }

    /** Room for memory that is plugged in. */
    public MemoryPlaces memoryPlaces() {
        return MemoryPlaces.of(xml);
    }

    /** The memory that was plugged in last, as libvirt describes it. */
    public Optional<String> lastMemoryModule() {
        return MemoryPlaces.modules(xml).stream().reduce((_, last) -> last).map(XmlLookup::text);
    }

    /** What is plugged in included, and also what the guest has given away for now. */
    public long memoryKib() {
        return DefinedMachine.kib(xml.elements("memory").getFirst());
    }

    public boolean agentConnected() {
        return xml.elements("channel").stream()
                .flatMap(c -> XmlLookup.children(c, "target").stream())
                .anyMatch(t -> t.getAttribute("name").equals(DomainDocument.AGENT_CHANNEL)
                        && t.getAttribute("state").equals("connected"));
    }

    /** Present while it runs. */
    public Optional<Path> vncSocket() {
        return xml.elements("graphics").stream()
                .filter(g -> g.getAttribute("type").equals("vnc"))
                .map(g -> g.getAttribute("socket"))
                .filter(s -> !s.isEmpty())
                .map(Path::of)
                .findFirst();
    }

    public Optional<Path> serialSocket() {
        return xml.elements("serial").stream()
                .filter(s -> s.getAttribute("type").equals("unix"))
                .flatMap(s -> XmlLookup.attribute(s, "source", "path").stream())
                .map(Path::of)
                .findFirst();
    }

    public List<Nic> nics() {
        return xml.elements("interface").stream().flatMap(n -> nic(n).stream()).toList();
    }

    /**
     * The network card with this MAC address, as libvirt describes it.
     *
     * @param mac in lower case
     */
    public Optional<InterfaceDefinition> nicOf(String mac) {
        return xml.elements("interface").stream()
                .filter(nic -> XmlLookup.attribute(nic, "mac", "address")
                        .filter(mac::equalsIgnoreCase)
                        .isPresent())
                .map(InterfaceDefinition::new)
                .findFirst();
    }

    private static Optional<Nic> nic(Element element) {
        return XmlLookup.attribute(element, "source", "network")
                .flatMap(network ->
                        XmlLookup.attribute(element, "mac", "address").map(mac -> new Nic(network, mac)));
    }

    /** libvirt's name of the disk with this source, for instance {@code vda}. */
    public Optional<String> diskTarget(DiskSource source) {
        return xml.elements("disk").stream()
                .filter(disk -> isOn(disk, source))
                .flatMap(disk -> XmlLookup.attribute(disk, "target", "dev").stream())
                .findFirst();
    }

    /**
     * A disk.
     *
     * @param target libvirt's name of it
     * @param xml as libvirt describes it
     */
    public record Disk(String target, String xml) {}

    /** The disk that the guest finds by this serial. */
    public Optional<Disk> diskOf(String serial) {
        return xml.elements("disk").stream()
                .filter(disk -> DefinedMachine.serial(disk).equals(serial))
                .flatMap(
                        disk -> XmlLookup.attribute(disk, "target", "dev")
                                .map(target -> new Disk(target, XmlLookup.text(disk)))
                                .stream())
                .findFirst();
    }

    /** libvirt's names of all disks. */
    public Set<String> diskTargets() {
        return xml.elements("disk").stream()
                .flatMap(disk -> XmlLookup.attribute(disk, "target", "dev").stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The files that disks are on. */
    public List<Path> diskFiles() {
        return xml.elements("disk").stream()
                .flatMap(disk -> XmlLookup.attribute(disk, "source", "file").stream())
                .map(Path::of)
                .toList();
    }

    /** What the disk of this name is on, if that is a file. */
    public Optional<Path> diskFile(String target) {
        return disk(target)
                .flatMap(disk -> XmlLookup.attribute(disk, "source", "file"))
                .map(Path::of);
    }

    /** The same with all that it stands on, as far as libvirt knows: while the domain runs. */
    public List<Path> filesBelow(String target) {
        List<Path> files = new ArrayList<>();
        Optional<Element> level = disk(target);
        while (level.isPresent()) {
            XmlLookup.attribute(level.get(), "source", "file").map(Path::of).ifPresent(files::add);
            level = XmlLookup.children(level.get(), "backingStore").stream().findFirst();
        }
        return files;
    }

    /**
     * Whether the disk of this name runs on its file by the name that this had before the domain was adopted: what is changed by names
     * of files waits until it was started anew.
     */
    public boolean runsByFormerName(String target) {
        return disk(target).filter(AdoptionNote::runsByFormerName).isPresent();
    }

    /** The same of any of its disks. */
    public boolean runsByFormerName() {
        return xml.elements("disk").stream().anyMatch(AdoptionNote::runsByFormerName);
    }

    /** What is noted of its adoption. */
    public AdoptionNote adoption() {
        return AdoptionNote.in(xml);
    }

    /** Whether what is written to the disk of this name goes to another file as well, and that is as far by now. */
    public boolean isMirrored(String target) {
        return disk(target)
                .flatMap(disk -> XmlLookup.attribute(disk, "mirror", "ready"))
                .filter("yes"::equals)
                .isPresent();
    }

    private Optional<Element> disk(String target) {
        return xml.elements("disk").stream()
                .filter(disk -> XmlLookup.attribute(disk, "target", "dev")
                        .filter(target::equals)
                        .isPresent())
                .findFirst();
    }

    static boolean isOn(Element disk, DiskSource source) {
        return switch (source) {
            case DiskSource.OfFile(var path) -> has(disk, "file", path.toString()) || AdoptionNote.isOn(disk, path);
            case DiskSource.OfDevice(var path) -> has(disk, "dev", path.toString());
            case DiskSource.OfRbd rbd -> has(disk, "protocol", "rbd") && has(disk, "name", rbd.image());
        };
    }

    private static boolean has(Element disk, String attribute, String value) {
        return XmlLookup.attribute(disk, "source", attribute)
                .filter(value::equals)
                .isPresent();
    }
}
