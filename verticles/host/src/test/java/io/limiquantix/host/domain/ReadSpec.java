package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What a domain's XML says of each field of a specification, read without any of the code that wrote it. */
public record ReadSpec(
        String id,
        String description,
        String digest,
        int vcpus,
        int vcpusAtMost,
        long memoryBytes,
        MemoryRoom memoryRoom,
        MachineSpec machine,
        List<Disk> disks,
        List<DomainSpec.Nic> nics,
        List<String> cdroms,
        List<String> bootOrder) {

    /** @param cell the processors and KiB of the only NUMA node; empty where there is none */
    public record MemoryRoom(long mostMib, String slots, String cell) {
        static final MemoryRoom NONE = new MemoryRoom(0, "", "");

        private static MemoryRoom expected(DomainSpec spec, long hostMib) {
            long start = spec.memoryBytes() >> 20;
            long most = Math.min(Math.min(hostMib, 512 << 10), start + Math.max(4096, start * 3));
            most -= most % 128;
            if (start < 2048 || most < start + 128) {
                return NONE;
            }
            int vcpus = spec.machine().vcpusAtMost(spec.vcpus());
            return new MemoryRoom(most, "16", "0-" + (vcpus - 1) + " " + start * 1024);
        }

        private static MemoryRoom of(XmlLookup xml) {
            List<Element> most = xml.elements("maxMemory");
            List<Element> cells = xml.elements("cell");
            if (most.isEmpty() && cells.isEmpty()) {
                return NONE;
            }
            assertThat(cells).hasSameSizeAs(most).hasSize(1);
            String cpus = cells.getFirst().getAttribute("cpus");
            return new MemoryRoom(
                    Long.parseLong(most.getFirst().getTextContent()) >> 10,
                    most.getFirst().getAttribute("slots"),
                    // libvirt writes a range of one as one.
                    (cpus.equals("0") ? "0-0" : cpus) + " " + cells.getFirst().getAttribute("memory"));
        }
    }

    /** @param cache as libvirt writes it */
    public record Disk(
            String serial, String source, String format, boolean shareable, DiskHardware hardware, String cache) {}

    /** What is to be found where this was asked for; the model is what the host makes of none. */
    public static ReadSpec expected(DomainSpec spec, DomainPlace place, String usualModel) {
        MachineSpec machine = spec.machine();
        String model = machine.cpuModel() == null ? usualModel : machine.cpuModel();
        return new ReadSpec(
                spec.vmId().toString(),
                spec.description(),
                spec.digest(),
                spec.vcpus(),
                machine.vcpusAtMost(spec.vcpus()),
                spec.memoryBytes(),
                MemoryRoom.expected(spec, place.memoryBytes() >> 20),
                new MachineSpec(
                        machine.topology(),
                        model,
                        machine.firmware(),
                        machine.secureBoot(),
                        machine.tpm(),
                        machine.watchdog(),
                        null,
                        machine.clipboard()),
                spec.disks().stream().map(disk -> expected(disk, place)).toList(),
                spec.nics(),
                spec.cdroms().stream().map(cdrom -> file(cdrom, place)).toList(),
                spec.bootOrder().isEmpty() ? List.of("disk0") : spec.bootOrder());
    }

    private static Disk expected(DomainSpec.Disk disk, DomainPlace place) {
        PlacedDisk placed = place.disk(disk.volumeId());
        DiskHardware hardware = disk.hardware();
        boolean auto = hardware.cache() == Cache.AUTO;
        String cache = auto
                ? placed.direct() ? "none" : "writeback"
                : hardware.cache().name().toLowerCase(Locale.ROOT);
        return new Disk(
                disk.volumeId().toString().replace("-", "").substring(0, 20),
                placed.source().label(),
                disk.format(),
                disk.shareable(),
                withoutCache(hardware.bus(), hardware.discard(), hardware.ioThread(), hardware.limits()),
                cache);
    }

    private static String file(DomainSpec.Cdrom cdrom, DomainPlace place) {
        UUID image = cdrom.imageId();
        return image == null ? "" : place.iso(image).toString();
    }

    /** Which of the ways to say it was asked for cannot be read back from what came of it. */
    private static DiskHardware withoutCache(DiskBus bus, Discard discard, boolean ioThread, @Nullable Limits limits) {
        return new DiskHardware(bus, Cache.AUTO, discard, ioThread, limits);
    }

    /** @param order in which the disks and interfaces are to be named, as libvirt sorts them by itself */
    public static ReadSpec of(String text, DomainSpec order) {
        XmlLookup xml = XmlLookup.parse(text);
        Element memory = xml.elements("memory").getFirst();
        Element vcpu = xml.elements("vcpu").getFirst();
        int most = Integer.parseInt(vcpu.getTextContent());
        long unit = memory.getAttribute("unit").equals("MiB") ? 1 << 20 : 1 << 10;
        Map<String, Element> bySerial = new TreeMap<>();
        Map<String, Element> drives = new TreeMap<>();
        for (Element disk : xml.elements("disk")) {
            if (disk.getAttribute("device").equals("cdrom")) {
                drives.put(XmlLookup.attribute(disk, "target", "dev").orElseThrow(), disk);
            } else {
                bySerial.put(text(disk, "serial"), disk);
            }
        }
        List<Element> disks = order.disks().stream()
                .map(d -> bySerial.get(d.volumeId().toString().replace("-", "").substring(0, 20)))
                .toList();
        List<Element> cdroms = List.copyOf(drives.values());
        List<Element> nics = order.nics().stream()
                .map(n -> xml.elements("interface").stream()
                        .filter(e -> XmlLookup.attribute(e, "mac", "address")
                                .orElse("")
                                .equals(n.mac()))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new ReadSpec(
                xml.elements("uuid").getFirst().getTextContent(),
                xml.elements("description").getFirst().getTextContent(),
                xml.elements(DomainDocument.NAMESPACE, "vm").getFirst().getAttribute("digest"),
                vcpu.getAttribute("current").isEmpty() ? most : Integer.parseInt(vcpu.getAttribute("current")),
                most,
                Long.parseLong(memory.getTextContent()) * unit,
                MemoryRoom.of(xml),
                machine(xml),
                disks.stream().map(ReadSpec::disk).toList(),
                nics.stream().map(ReadSpec::nic).toList(),
                cdroms.stream()
                        .map(c -> XmlLookup.attribute(c, "source", "file").orElse(""))
                        .toList(),
                bootOrder(disks, cdroms, nics));
    }

    private static List<String> bootOrder(List<Element> disks, List<Element> cdroms, List<Element> nics) {
        Map<Integer, String> order = new TreeMap<>();
        Map.of("disk", disks, "cdrom", cdroms, "nic", nics).forEach((kind, elements) -> {
            for (int i = 0; i < elements.size(); i++) {
                String name = kind + i;
                XmlLookup.attribute(elements.get(i), "boot", "order")
                        .ifPresent(position -> order.put(Integer.parseInt(position), name));
            }
        });
        return List.copyOf(order.values());
    }

    private static MachineSpec machine(XmlLookup xml) {
        Element os = xml.elements("os").getFirst();
        // While it runs, libvirt says which firmware it found in place of what kind it looked for.
        boolean uefi = os.getAttribute("firmware").equals("efi")
                || XmlLookup.attribute(os, "loader", "type").orElse("").equals("pflash");
        boolean secure = XmlLookup.attribute(os, "loader", "secure").orElse("").equals("yes");
        boolean tpm = xml.elements("tpm").stream()
                .anyMatch(t -> t.getAttribute("model").equals("tpm-crb")
                        && XmlLookup.attribute(t, "backend", "version")
                                .orElse("")
                                .equals("2.0"));
        Watchdog watchdog = xml.elements("watchdog").stream()
                .map(w -> new Watchdog(
                        WatchdogModel.valueOf(w.getAttribute("model").toUpperCase(Locale.ROOT)),
                        WatchdogAction.valueOf(w.getAttribute("action").toUpperCase(Locale.ROOT))))
                .findFirst()
                .orElse(null);
        Element cpu = xml.elements("cpu").getFirst();
        CpuTopology topology = XmlLookup.children(cpu, "topology").stream()
                .map(t -> new CpuTopology(number(t, "sockets"), number(t, "cores"), number(t, "threads")))
                .findFirst()
                .orElse(null);
        return new MachineSpec(
                topology,
                model(cpu),
                uefi ? Firmware.UEFI : Firmware.BIOS,
                secure,
                tpm,
                watchdog,
                null,
                clipboard(xml));
    }

    private static boolean clipboard(XmlLookup xml) {
        return xml.elements("channel").stream()
                .filter(c -> c.getAttribute("type").equals("qemu-vdagent"))
                .filter(c -> XmlLookup.attribute(c, "target", "name").orElse("").equals("com.redhat.spice.0"))
                .flatMap(c -> XmlLookup.children(c, "source").stream())
                .anyMatch(s -> XmlLookup.attribute(s, "clipboard", "copypaste")
                        .orElse("")
                        .equals("yes"));
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static String model(Element cpu) {
        if (!cpu.getAttribute("mode").equals("custom")) {
            return cpu.getAttribute("mode");
        }
        List<String> required = XmlLookup.children(cpu, "feature").stream()
                .filter(f -> f.getAttribute("policy").equals("require"))
                .map(f -> f.getAttribute("name"))
                .toList();
        String model = text(cpu, "model");
        if (!model.equals("qemu64") || !required.contains("sse4.2")) {
            return model;
        }
        return required.contains("avx2") ? "x86-64-v3" : "x86-64-v2";
    }

    private static Disk disk(Element disk) {
        Element driver = XmlLookup.children(disk, "driver").getFirst();
        Element source = XmlLookup.children(disk, "source").getFirst();
        List<String> sources = new ArrayList<>();
        for (String attribute : List.of("file", "dev", "name")) {
            if (!source.getAttribute(attribute).isEmpty()) {
                sources.add((attribute.equals("name") ? "rbd:" : "") + source.getAttribute(attribute));
            }
        }
        DiskHardware hardware = withoutCache(
                DiskBus.valueOf(
                        XmlLookup.attribute(disk, "target", "bus").orElseThrow().toUpperCase(Locale.ROOT)),
                Discard.valueOf(driver.getAttribute("discard").toUpperCase(Locale.ROOT)),
                !driver.getAttribute("iothread").isEmpty(),
                limits(disk));
        return new Disk(
                text(disk, "serial"),
                sources.getFirst(),
                driver.getAttribute("type"),
                !XmlLookup.children(disk, "shareable").isEmpty(),
                hardware,
                driver.getAttribute("cache"));
    }

    private static @Nullable Limits limits(Element disk) {
        return XmlLookup.children(disk, "iotune").stream()
                .map(tune -> new Limits(
                        limit(tune, "read_iops_sec"),
                        limit(tune, "write_iops_sec"),
                        limit(tune, "read_bytes_sec"),
                        limit(tune, "write_bytes_sec")))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long limit(Element tune, String name) {
        return XmlLookup.children(tune, name).stream()
                .map(e -> Long.valueOf(e.getTextContent()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static DomainSpec.Nic nic(Element nic) {
        boolean down = XmlLookup.attribute(nic, "link", "state").orElse("up").equals("down");
        String model = XmlLookup.attribute(nic, "model", "type").orElseThrow().toUpperCase(Locale.ROOT);
        return new DomainSpec.Nic(
                XmlLookup.attribute(nic, "source", "network").orElseThrow(),
                XmlLookup.attribute(nic, "mac", "address").orElseThrow(),
                new NicHardware(NicHardware.Model.valueOf(model), !down, bandwidth(nic), null),
                protection(nic));
    }

    private static @Nullable Bandwidth bandwidth(Element nic) {
        return XmlLookup.children(nic, "bandwidth").stream()
                .map(limits -> new Bandwidth(average(limits, "inbound"), average(limits, "outbound")))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Long average(Element limits, String direction) {
        return XmlLookup.attribute(limits, direction, "average")
                .map(kib -> Long.parseLong(kib) * 1024)
                .orElse(null);
    }

    private static @Nullable SpoofProtection protection(Element nic) {
        List<Element> filters = XmlLookup.children(nic, "filterref");
        if (filters.isEmpty()) {
            return null;
        }
        List<String> addresses = new ArrayList<>();
        Learning learning = filters.getFirst().getAttribute("filter").equals("no-mac-spoofing") ? Learning.NONE : null;
        for (Element parameter : XmlLookup.children(filters.getFirst(), "parameter")) {
            String value = parameter.getAttribute("value");
            if (parameter.getAttribute("name").equals("IP")) {
                addresses.add(value);
            } else {
                learning = Learning.valueOf(value.toUpperCase(Locale.ROOT));
            }
        }
        return new SpoofProtection(addresses, learning);
    }

    private static String text(Element element, String child) {
        return XmlLookup.children(element, child).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
