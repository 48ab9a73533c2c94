package io.limiquantix.host.domain;

import io.limiquantix.bus.host.HostAdoptionApi.Disk;
import io.limiquantix.bus.host.HostAdoptionApi.Nic;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What a domain that somebody else defined would be as a VM. */
public final class AdoptableDefinition {
    private final XmlLookup xml;

    private AdoptableDefinition(XmlLookup xml) {
        this.xml = xml;
    }

    /** @throws IllegalArgumentException when it is not XML */
    public static AdoptableDefinition parse(String text) {
        return new AdoptableDefinition(XmlLookup.parse(text));
    }

    /** What of it no VM's spec can say, in sentences. */
    public List<String> unsayable() {
        return UnsayableParts.of(xml);
    }

    public String description() {
        return XmlLookup.children(xml.document().getDocumentElement(), "description").stream()
                .map(each -> each.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    /** Only where nothing of it is unsayable. */
    public DefinedMachine defined() {
        return DefinedMachine.of(xml);
    }

    public MachineSpec machine() {
        DefinedMachine machine = defined();
        return new MachineSpec(
                machine.topology(),
                machine.cpuModel(),
                machine.uefi() ? Firmware.UEFI : Firmware.BIOS,
                machine.secureBoot(),
                machine.tpm(),
                machine.watchdog(),
                machine.vcpusAtMost() == machine.vcpus() ? null : machine.vcpusAtMost(),
                machine.clipboard());
    }

    /** The file of a disk, where it lies and which pool can have it. */
    public record Place(Path file, UUID poolId, @Nullable UUID volumeId) {}

    /** Where a file is; empty for one that no pool can have. */
    public interface Places {
        Optional<Place> of(String source);

        /** What keeps a disk's file from being a volume, in sentences that say what to do. */
        List<String> obstacles(String target, String source, String format);
    }

    /** What keeps the files of its disks from being volumes, in sentences. */
    public List<String> inTheWayOfFiles(Places places) {
        List<String> found = new ArrayList<>();
        for (ForeignDisk disk : ForeignDisk.in(xml)) {
            boolean known = Set.of("qcow2", "raw").contains(disk.format());
            disk.file()
                    .filter(_ -> known)
                    .ifPresent(file -> found.addAll(places.obstacles(disk.target(), file, disk.format())));
        }
        return found;
    }

    /** Whether it runs with other disks than it is defined with, or QEMU copies or merges one of them. */
    public boolean runsOtherwise(String live) {
        XmlLookup running = XmlLookup.parse(live);
        return !sources(running).equals(sources(xml))
                || !running.elements("mirror").isEmpty();
    }

    private static Map<String, String> sources(XmlLookup xml) {
        Map<String, String> sources = new HashMap<>();
        ForeignDisk.in(xml)
                .forEach(disk -> sources.put(disk.target(), disk.file().orElse("")));
        ForeignNic.in(xml).forEach(nic -> sources.put(nic.mac(), nic.network()));
        return sources;
    }

    /**
     * Those that a pool can have.
     *
     * @param size of the disk with this name of libvirt, in bytes
     */
    public List<Disk> disks(Places places, ToLongFunction<String> size) {
        List<Disk> disks = new ArrayList<>();
        for (ForeignDisk disk : ForeignDisk.in(xml)) {
            disk.file()
                    .flatMap(source -> places.of(source).map(place -> disk(disk, source, place, size)))
                    .ifPresent(disks::add);
        }
        return disks;
    }

    private static Disk disk(ForeignDisk disk, String source, Place place, ToLongFunction<String> size) {
        return new Disk(
                disk.target(),
                source,
                place.file().toString(),
                disk.format(),
                size.applyAsLong(disk.target()),
                place.poolId(),
                place.volumeId(),
                disk.hardware());
    }

    public List<Nic> nics() {
        return ForeignNic.in(xml).stream()
                .map(nic -> new Nic(nic.network(), nic.mac(), nic.hardware()))
                .toList();
    }

    public int cdroms() {
        return EditedDefinition.cdroms(xml).size();
    }

    /** As a VM's spec says it: "disk0" and so on. */
    public List<String> bootOrder() {
        List<String> perDevice = defined().boots().stream().map(this::bootName).toList();
        if (!perDevice.isEmpty()) {
            return perDevice;
        }
        List<String> order = new ArrayList<>();
        XmlLookup.children(xml.document().getDocumentElement(), "os").stream()
                .flatMap(os -> XmlLookup.children(os, "boot").stream())
                .flatMap(boot -> first(boot.getAttribute("dev")).stream())
                .forEach(order::add);
        return order.isEmpty() ? List.of("disk0") : order.stream().distinct().toList();
    }

    /** In libvirt's words, a domain boots from the first device of a kind. */
    private Optional<String> first(String kind) {
        return switch (kind) {
            case "hd" -> Optional.of("disk0");
            case "cdrom" -> cdroms() > 0 ? Optional.of("cdrom0") : Optional.empty();
            case "network" -> nics().isEmpty() ? Optional.empty() : Optional.of("nic0");
            default -> Optional.empty();
        };
    }

    /** @param name as {@link DefinedMachine#boots} has it */
    private String bootName(String name) {
        List<String> disks = ForeignDisk.in(xml).stream()
                .map(disk -> DefinedMachine.bootName(disk.disk()))
                .toList();
        if (disks.contains(name)) {
            return "disk" + disks.indexOf(name);
        }
        List<Element> drives = EditedDefinition.cdroms(xml);
        for (int i = 0; i < drives.size(); i++) {
            if (DefinedMachine.bootName(drives.get(i)).equals(name)) {
                return "cdrom" + i;
            }
        }
        return "nic" + nics().stream().map(Nic::mac).toList().indexOf(name.toLowerCase(Locale.ROOT));
    }
}
