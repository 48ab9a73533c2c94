package io.limiquantix.host.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Room for memory that a domain gets while it runs, as modules that are plugged in (libvirt's formatdomain.html, "Memory Allocation" and
 * "Memory devices").
 *
 * @param mostKib what it can have with all of them; 0 where it has no room
 * @param free how many more modules fit in
 * @param plugged how many there are
 */
public record MemoryPlaces(long mostKib, int free, int plugged) {
    /** A Linux guest takes memory into use in blocks of so much (its admin-guide/mm/memory-hotplug.rst). */
    public static final long MODULE_KIB = 128 << 10;

    /** QEMU begins the room above 4 GiB, and Linux keeps 64 MiB for devices that reach less, which a smaller guest would miss. */
    private static final long LEAST_START_KIB = 2L << 20;

    private static final int SLOTS = 16;
    private static final int GROWTH = 4;
    private static final long GROWTH_KIB = 4L << 20;
    /** An emulated processor names at most 1 TiB, in which QEMU keeps room beside it. */
    private static final long MOST_KIB = 512L << 20;

    private static final String ELEMENT = "maxMemory";
    private static final String NODES = "numa";

    /**
     * The most that a domain is defined with: four times what it starts with, at least 4 GiB more, at most 512 GiB and what the host has;
     * 0 for none, as less than 2 GiB get none.
     */
    static long most(long startKib, long hostKib) {
        if (startKib < LEAST_START_KIB) {
            return 0;
        }
        long wanted = Math.max(startKib * GROWTH, startKib + GROWTH_KIB);
        long most = Math.min(Math.min(wanted, MOST_KIB), hostKib) / MODULE_KIB * MODULE_KIB;
        return most - startKib < MODULE_KIB ? 0 : most;
    }

    static MemoryPlaces of(XmlLookup xml) {
        Element domain = xml.document().getDocumentElement();
        int plugged = modules(xml).size();
        Optional<Element> most = XmlLookup.children(domain, ELEMENT).stream().findFirst();
        int slots = most.map(element -> Integer.parseInt(element.getAttribute("slots")))
                .orElse(0);
        return new MemoryPlaces(most.map(DefinedMachine::kib).orElse(0L), slots - plugged, plugged);
    }

    static List<Element> modules(XmlLookup xml) {
        Element devices = XmlLookup.children(xml.document().getDocumentElement(), "devices")
                .getFirst();
        return XmlLookup.children(devices, "memory");
    }

    /** Whether so much can be plugged into a domain that has this by now. */
    public boolean take(long presentKib, long wantedKib) {
        return free > 0 && wantedKib <= mostKib && (wantedKib - presentKib) % MODULE_KIB == 0;
    }

    /** A module as libvirt wants it. */
    public static String module(long kib) {
        XmlText xml = new XmlText();
        xml.element(
                "memory",
                Map.of("model", "dimm"),
                () -> xml.element("target", Map.of(), () -> {
                    xml.text("size", Map.of("unit", "KiB"), Long.toString(kib));
                    xml.text("node", Map.of(), "0");
                }));
        return xml.finished();
    }

    static void write(XmlText xml, long mostKib) {
        xml.text(ELEMENT, XmlText.ordered("slots", Integer.toString(SLOTS), "unit", "KiB"), Long.toString(mostKib));
    }

    /** What is plugged in belongs to a node, so there has to be one, with all that the domain starts with. */
    static void node(XmlText xml, int vcpusAtMost, long startKib) {
        xml.element(
                NODES,
                Map.of(),
                () -> xml.empty(
                        "cell",
                        XmlText.ordered(
                                "id",
                                "0",
                                "cpus",
                                "0-" + (vcpusAtMost - 1),
                                "memory",
                                Long.toString(startKib),
                                "unit",
                                "KiB")));
    }
}
