package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A disk that somebody else defined, as a VM's disk would be said to be. */
record ForeignDisk(Element disk) {
    /** What makes of a disk another one than any of ours. */
    private static final Set<String> UNSAYABLE = Set.of("shareable", "readonly", "transient", "encryption", "mirror");

    private static final Set<String> OF_SOURCE = Set.of("encryption", "slices", "reservations", "cookies");
    private static final Set<String> LIMITS =
            Set.of("read_bytes_sec", "write_bytes_sec", "read_iops_sec", "write_iops_sec");

    /** Those that hold what a guest is set up by are none. */
    static List<ForeignDisk> in(XmlLookup xml) {
        return xml.elements("disk").stream()
                .filter(ForeignDisk::isDisk)
                .map(ForeignDisk::new)
                .toList();
    }

    private static boolean isDisk(Element disk) {
        String device = disk.getAttribute("device");
        return (device.isEmpty() || device.equals("disk")) && !isSeed(disk);
    }

    /** A domain that was ours before may have it still. */
    static boolean isSeed(Element disk) {
        return Set.of("cidata", DiskElement.SEED_DRIVE).contains(DefinedMachine.serial(disk))
                && !XmlLookup.children(disk, "readonly").isEmpty();
    }

    String target() {
        return DefinedMachine.target(disk);
    }

    Optional<String> file() {
        return XmlLookup.attribute(disk, "source", "file");
    }

    String format() {
        return XmlLookup.attribute(disk, "driver", "type").orElse("");
    }

    /** What cannot be said is as by default, and among the obstacles. */
    DiskHardware hardware() {
        return new DiskHardware(
                constant(
                                DiskBus.values(),
                                XmlLookup.attribute(disk, "target", "bus").orElse(""))
                        .orElse(DiskBus.VIRTIO),
                cache().orElse(Cache.WRITEBACK),
                XmlLookup.attribute(disk, "driver", "discard")
                                .filter("unmap"::equals)
                                .isPresent()
                        ? Discard.UNMAP
                        : Discard.IGNORE,
                XmlLookup.attribute(disk, "driver", "iothread").isPresent(),
                limits());
    }

    private Optional<Cache> cache() {
        String cache = XmlLookup.attribute(disk, "driver", "cache").orElse("default");
        return cache.equals("default") ? Optional.of(Cache.WRITEBACK) : constant(Cache.values(), cache);
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] all, String word) {
        return Stream.of(all)
                .filter(constant -> DiskElement.word(constant).equals(word))
                .findFirst();
    }

    /** Those of the kinds that we have; null for none. */
    @Nullable
    Limits limits() {
        Map<String, Long> limits = new HashMap<>();
        for (Element iotune : XmlLookup.children(disk, "iotune")) {
            for (String name : LIMITS) {
                XmlLookup.children(iotune, name).stream()
                        .map(limit -> limit.getTextContent().strip())
                        .filter(text -> text.matches("\\d{1,18}") && !text.equals("0"))
                        .forEach(text -> limits.put(name, Long.valueOf(text)));
            }
        }
        Limits all = new Limits(
                limits.get("read_iops_sec"),
                limits.get("write_iops_sec"),
                limits.get("read_bytes_sec"),
                limits.get("write_bytes_sec"));
        return all.none() ? null : all;
    }

    /** By libvirt's names of them, those that we have not. */
    List<String> otherLimits() {
        return XmlLookup.children(disk, "iotune").stream()
                .flatMap(iotune -> XmlLookup.children(iotune).stream())
                .map(Element::getTagName)
                .filter(name -> !LIMITS.contains(name))
                .toList();
    }

    List<String> obstacles() {
        List<String> found = new ArrayList<>();
        String name = "Its disk " + target();
        for (Element part : XmlLookup.children(disk)) {
            if (UNSAYABLE.contains(part.getTagName())) {
                found.add(name + " is \"" + part.getTagName() + "\", which a virtual machine's disk cannot be.");
            }
        }
        XmlLookup.children(disk, "source").stream()
                .flatMap(source -> XmlLookup.children(source).stream())
                .map(Element::getTagName)
                .filter(OF_SOURCE::contains)
                .forEach(part -> found.add(name + " is reached with \"" + part + "\", which cannot be kept."));
        if (!otherLimits().isEmpty()) {
            found.add(name
                    + " has limits of another kind than bytes and operations per second, of reading and of writing.");
        }
        if (cache().isEmpty() || cache().get() == Cache.AUTO) {
            found.add(name + " has a cache that is neither none nor writeback nor writethrough.");
        }
        if (format().isEmpty()) {
            found.add("The definition of its disk " + target() + " does not say which format its file has.");
        }
        return found;
    }
}
