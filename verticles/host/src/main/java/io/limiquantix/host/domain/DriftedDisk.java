package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** How a domain reaches one of its disks, beside how it is expected to. */
final class DriftedDisk {
    /** What {@code AUTO} becomes, and what QEMU does where nothing is said. */
    private static final Set<String> AUTOMATIC = Set.of("none", "writeback", "default", "");

    private final Element disk;
    private final DomainSpec.Disk wanted;
    private final List<Difference> differences = new ArrayList<>();

    DriftedDisk(Element disk, DomainSpec.Disk wanted) {
        this.disk = disk;
        this.wanted = wanted;
    }

    /** Without what it is on, and without the thread that serves it, which no edit changes. */
    List<Difference> differences() {
        differences.clear();
        DiskHardware hardware = wanted.hardware();
        compare("bus", DiskElement.word(hardware.bus()), attribute("target", "bus"));
        compare("format", wanted.format(), attribute("driver", "type"));
        String cache = attribute("driver", "cache");
        if (hardware.cache() != Cache.AUTO || !AUTOMATIC.contains(cache)) {
            compare("cache", DiskElement.word(hardware.cache()), cache);
        }
        compare("discard", DiskElement.word(hardware.discard()), attribute("driver", "discard"));
        limits(hardware.limits());
        return List.copyOf(differences);
    }

    private void limits(@Nullable Limits expected) {
        ForeignDisk there = new ForeignDisk(disk);
        Limits none = new Limits(null, null, null, null);
        Limits most = expected == null ? none : expected;
        Limits found = there.limits() == null ? none : there.limits();
        compare("readIops", said(most.readIops()), said(found.readIops()));
        compare("writeIops", said(most.writeIops()), said(found.writeIops()));
        compare("readBytesPerSecond", said(most.readBytesPerSecond()), said(found.readBytesPerSecond()));
        compare("writeBytesPerSecond", said(most.writeBytesPerSecond()), said(found.writeBytesPerSecond()));
        there.otherLimits().forEach(name -> compare("limits", "", name));
    }

    private static String said(@Nullable Long most) {
        return most == null ? "" : Long.toString(most);
    }

    private String attribute(String child, String name) {
        return XmlLookup.attribute(disk, child, name).orElse("");
    }

    private void compare(String part, String wished, String found) {
        if (!wished.equals(found)) {
            String field = "disks." + DefinedMachine.target(disk) + "." + part;
            differences.add(new Difference(field, wished, found, wanted.volumeId()));
        }
    }
}
