package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What libvirt's XML of a domain says of its machine, of one that runs or of how it starts the next time.
 *
 * @param memoryKib what the guest has: of a running one what its balloon leaves it
 * @param cpuModel as {@link MachineSpec#cpuModel} names it
 * @param boots what it tries to boot from, first to last: the serials of disks, libvirt's names of CD-ROM drives, the MAC addresses of cards
 * @param disks by serial
 */
public record DefinedMachine(
        int vcpus,
        int vcpusAtMost,
        long memoryKib,
        String cpuModel,
        @Nullable CpuTopology topology,
        boolean uefi,
        boolean secureBoot,
        boolean tpm,
        @Nullable Watchdog watchdog,
        boolean clipboard,
        List<String> boots,
        Map<String, Disk> disks) {

    public DefinedMachine {
        boots = List.copyOf(boots);
        disks = Map.copyOf(disks);
    }

    /**
     * A disk.
     *
     * @param target libvirt's name of it
     * @param cache never {@code AUTO}, which is decided where the disk is defined
     * @param file of one that was taken over from others; empty for all others
     */
    public record Disk(String target, String bus, String cache, String discard, String file) {}

    static DefinedMachine of(XmlLookup xml) {
        Element vcpu = xml.elements("vcpu").getFirst();
        int most = Integer.parseInt(vcpu.getTextContent().strip());
        String current = vcpu.getAttribute("current");
        Element cpu = xml.elements("cpu").stream().findFirst().orElse(null);
        return new DefinedMachine(
                current.isEmpty() ? most : Integer.parseInt(current),
                most,
                kib(xml.elements("currentMemory").stream().findFirst().orElseGet(() -> xml.elements("memory")
                        .getFirst())),
                cpu == null ? "" : cpuModel(cpu),
                cpu == null ? null : topology(cpu),
                isUefi(xml),
                loader(xml, "secure").equals("yes"),
                !xml.elements("tpm").isEmpty(),
                watchdog(xml),
                !ClipboardElement.in(xml).isEmpty(),
                boots(xml),
                disks(xml));
    }

    static long kib(Element memory) {
        long amount = Long.parseLong(memory.getTextContent().strip());
        return switch (memory.getAttribute("unit")) {
            case "", "KiB" -> amount;
            case "MiB" -> amount << 10;
            case "GiB" -> amount << 20;
            case String other -> throw new IllegalArgumentException("libvirt writes memory in " + other);
        };
    }

    private static boolean isUefi(XmlLookup xml) {
        // While it runs, libvirt says which firmware it found in place of what kind it looked for.
        return xml.elements("os").stream()
                        .anyMatch(os -> os.getAttribute("firmware").equals("efi"))
                || loader(xml, "type").equals("pflash");
    }

    private static String loader(XmlLookup xml, String attribute) {
        return xml.attribute("loader", attribute).orElse("");
    }

    static String cpuModel(Element cpu) {
        if (!cpu.getAttribute("mode").equals("custom")) {
            return cpu.getAttribute("mode");
        }
        // What libvirt makes of the host's model while it runs has a vendor; what we name has none.
        if (!XmlLookup.children(cpu, "vendor").isEmpty()) {
            return MachineSpec.HOST_MODEL;
        }
        String model = XmlLookup.children(cpu, "model").stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
        List<String> required = XmlLookup.children(cpu, "feature").stream()
                .filter(feature -> feature.getAttribute("policy").equals("require"))
                .map(feature -> feature.getAttribute("name"))
                .toList();
        if (!model.equals(CpuLevels.BASE) || !required.containsAll(CpuLevels.LEVEL_2)) {
            return model;
        }
        return required.containsAll(CpuLevels.LEVEL_3) ? MachineSpec.LEVEL_3 : MachineSpec.LEVEL_2;
    }

    private static @Nullable CpuTopology topology(Element cpu) {
        return XmlLookup.children(cpu, "topology").stream()
                .map(t -> new CpuTopology(number(t, "sockets"), number(t, "cores"), number(t, "threads")))
                .findFirst()
                .orElse(null);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    static @Nullable Watchdog watchdog(XmlLookup xml) {
        return xml.elements("watchdog").stream()
                .flatMap(DefinedMachine::watchdog)
                .findFirst()
                .orElse(null);
    }

    /** None for one that we cannot give. */
    private static Stream<Watchdog> watchdog(Element element) {
        Optional<WatchdogModel> model = constant(WatchdogModel.values(), element.getAttribute("model"));
        Optional<WatchdogAction> action = constant(WatchdogAction.values(), element.getAttribute("action"));
        return model.flatMap(m -> action.map(a -> new Watchdog(m, a))).stream();
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] all, String word) {
        return Stream.of(all)
                .filter(constant -> DiskElement.word(constant).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static List<String> boots(XmlLookup xml) {
        Map<Integer, String> order = new TreeMap<>();
        for (String kind : List.of("disk", "interface")) {
            for (Element device : xml.elements(kind)) {
                XmlLookup.attribute(device, "boot", "order")
                        .ifPresent(position -> order.put(Integer.valueOf(position), bootName(device)));
            }
        }
        return List.copyOf(order.values());
    }

    /** As {@link #boots} has it. */
    static String bootName(Element device) {
        if (device.getTagName().equals("interface")) {
            return XmlLookup.attribute(device, "mac", "address").orElse("");
        }
        return device.getAttribute("device").equals("cdrom") ? target(device) : serial(device);
    }

    static String target(Element disk) {
        return XmlLookup.attribute(disk, "target", "dev").orElse("");
    }

    /** What we know a disk by: the serial that we gave it, or that of the volume as which it was taken over. */
    static String serial(Element disk) {
        return AdoptionNote.of(disk)
                .map(taken -> DiskName.serial(taken.volumeId()))
                .or(() -> XmlLookup.children(disk, "serial").stream()
                        .map(Element::getTextContent)
                        .findFirst())
                .orElseGet(() -> target(disk));
    }

    private static Map<String, Disk> disks(XmlLookup xml) {
        return xml.elements("disk").stream()
                .filter(disk -> !disk.getAttribute("device").equals("cdrom"))
                .collect(Collectors.toMap(DefinedMachine::serial, DefinedMachine::disk, (first, second) -> first));
    }

    private static Disk disk(Element disk) {
        String cache = XmlLookup.attribute(disk, "driver", "cache").orElse("default");
        return new Disk(
                target(disk),
                XmlLookup.attribute(disk, "target", "bus").orElse(""),
                // QEMU's own defaults; whatever we define says both.
                cache.equals("default") ? DiskElement.word(Cache.WRITEBACK) : cache,
                XmlLookup.attribute(disk, "driver", "discard").orElse(DiskElement.word(Discard.IGNORE)),
                AdoptionNote.of(disk)
                        .flatMap(_ -> XmlLookup.attribute(disk, "source", "file"))
                        .orElse(""));
    }
}
