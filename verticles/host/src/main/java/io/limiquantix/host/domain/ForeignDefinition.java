package io.limiquantix.host.domain;

import io.limiquantix.bus.host.UnmanagedDomain.Disk;
import io.limiquantix.bus.host.UnmanagedDomain.Nic;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * libvirt's XML of a domain that somebody else defined: whatever is legal there is read without failing, and only what is where libvirt
 * puts it counts, as other programs keep elements of any name in a domain's metadata.
 */
public final class ForeignDefinition {
    /** The most of each kind of device that are told of. */
    public static final int MOST_DEVICES = 64;

    private static final int LONGEST = 1_024;
    /** What names the thing behind a disk, in this order. */
    private static final List<String> SOURCES = List.of("file", "dev", "name", "dir", "volume", "path");
    /** libvirt's units of memory, besides bytes (formatdomain.html). */
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L << 10),
            Map.entry("b", 1L),
            Map.entry("bytes", 1L),
            Map.entry("KB", 1_000L),
            Map.entry("k", 1L << 10),
            Map.entry("KiB", 1L << 10),
            Map.entry("MB", 1_000_000L),
            Map.entry("M", 1L << 20),
            Map.entry("MiB", 1L << 20),
            Map.entry("GB", 1_000_000_000L),
            Map.entry("G", 1L << 30),
            Map.entry("GiB", 1L << 30),
            Map.entry("TB", 1_000_000_000_000L),
            Map.entry("T", 1L << 40),
            Map.entry("TiB", 1L << 40));

    private final Element domain;

    private ForeignDefinition(Element domain) {
        this.domain = domain;
    }

    /** @throws IllegalArgumentException when it is not XML */
    public static ForeignDefinition parse(String xml) {
        return new ForeignDefinition(XmlLookup.parse(xml).document().getDocumentElement());
    }

    Element domain() {
        return domain;
    }

    /** 0 where the definition does not say. */
    public int vcpus() {
        return XmlLookup.children(domain, "vcpu").stream()
                .map(vcpu -> vcpu.getAttribute("current").isEmpty()
                        ? vcpu.getTextContent().strip()
                        : vcpu.getAttribute("current"))
                .map(ForeignDefinition::number)
                .filter(OptionalLong::isPresent)
                .mapToInt(vcpus -> (int) Math.min(Integer.MAX_VALUE, vcpus.getAsLong()))
                .findFirst()
                .orElse(0);
    }

    /** 0 where the definition does not say. */
    public long memoryBytes() {
        return Stream.of("currentMemory", "memory")
                .flatMap(name -> XmlLookup.children(domain, name).stream())
                .mapToLong(ForeignDefinition::bytes)
                .filter(bytes -> bytes > 0)
                .findFirst()
                .orElse(0);
    }

    private static long bytes(Element memory) {
        long unit = UNITS.getOrDefault(memory.getAttribute("unit"), 0L);
        OptionalLong amount = number(memory.getTextContent().strip());
        return amount.isPresent() && unit > 0 && amount.getAsLong() <= Long.MAX_VALUE / unit
                ? amount.getAsLong() * unit
                : 0;
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d+")
                ? OptionalLong.of(new BigInteger(text)
                        .min(BigInteger.valueOf(Long.MAX_VALUE))
                        .longValue())
                : OptionalLong.empty();
    }

    public String firmware() {
        return XmlLookup.children(domain, "os").stream()
                        .anyMatch(os -> os.getAttribute("firmware").equals("efi")
                                || XmlLookup.attribute(os, "loader", "type")
                                        .filter("pflash"::equals)
                                        .isPresent())
                ? "uefi"
                : "bios";
    }

    /**
     * At most {@link #MOST_DEVICES}.
     *
     * @param size of the disk with this name of libvirt, absent where libvirt does not say
     * @param pool of the file, absent where it lies in none
     */
    public List<Disk> disks(Function<String, @Nullable Long> size, Function<Path, @Nullable UUID> pool) {
        return devices("disk")
                .limit(MOST_DEVICES)
                .map(disk -> disk(disk, size, pool))
                .toList();
    }

    private static Disk disk(Element disk, Function<String, @Nullable Long> size, Function<Path, @Nullable UUID> pool) {
        String target = DefinedMachine.target(disk);
        String source = source(disk).orElse(null);
        String kind = or(disk.getAttribute("type"), "file");
        Path file = kind.equals("file") && source != null ? path(source) : null;
        return new Disk(
                cut(target),
                or(disk.getAttribute("device"), "disk"),
                cut(kind),
                source == null ? null : cut(source),
                XmlLookup.attribute(disk, "driver", "type")
                        .map(ForeignDefinition::cut)
                        .orElse(null),
                source == null ? null : size.apply(target),
                XmlLookup.attribute(disk, "target", "bus")
                        .map(ForeignDefinition::cut)
                        .orElse(""),
                file == null ? null : pool.apply(file));
    }

    private static Optional<String> source(Element disk) {
        return SOURCES.stream()
                .flatMap(name -> XmlLookup.attribute(disk, "source", name).stream())
                .findFirst();
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text).normalize();
        } catch (InvalidPathException _) {
            return null;
        }
    }

    /** At most {@link #MOST_DEVICES}. */
    public List<Nic> nics() {
        return devices("interface")
                .limit(MOST_DEVICES)
                .map(nic -> new Nic(
                        cut(XmlLookup.attribute(nic, "mac", "address").orElse("")),
                        cut(nic.getAttribute("type")),
                        Stream.of("network", "bridge", "dev", "path")
                                .flatMap(name -> XmlLookup.attribute(nic, "source", name).stream())
                                .map(ForeignDefinition::cut)
                                .findFirst()
                                .orElse(null),
                        cut(XmlLookup.attribute(nic, "model", "type").orElse(""))))
                .toList();
    }

    /** Of this kind, in their order. */
    Stream<Element> devices(String kind) {
        return XmlLookup.children(domain, "devices").stream()
                .flatMap(devices -> XmlLookup.children(devices, kind).stream());
    }

    private static String or(String text, String usual) {
        return text.isEmpty() ? usual : text;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
