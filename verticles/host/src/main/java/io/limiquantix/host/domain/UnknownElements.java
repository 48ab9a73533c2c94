package io.limiquantix.host.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The parts of a domain's definition that nothing of ours makes, and that libvirt does not add by itself. */
final class UnknownElements {
    private static final Set<String> OF_DOMAIN = Set.of(
            "name",
            "uuid",
            "description",
            "metadata",
            "maxMemory",
            "memory",
            "currentMemory",
            "vcpu",
            "vcpus",
            "iothreads",
            "iothreadids",
            "resource",
            "sysinfo",
            "os",
            "features",
            "cpu",
            "clock",
            "on_poweroff",
            "on_reboot",
            "on_crash",
            "pm",
            "seclabel",
            "devices");

    private static final Set<String> DEVICES = Set.of(
            "emulator",
            "disk",
            "controller",
            "interface",
            "serial",
            "console",
            "channel",
            "input",
            "tpm",
            "graphics",
            "audio",
            "video",
            "watchdog",
            "rng",
            "memballoon",
            "memory");

    private UnknownElements() {}

    /** Their names as libvirt writes them, each once, in the order of the alphabet; devices as {@code devices/hostdev}. */
    static List<String> in(Element domain) {
        return elementsIn(domain).stream()
                .map(element -> name(domain, element))
                .distinct()
                .sorted()
                .toList();
    }

    /** Without those that a domain had when it was adopted. */
    static List<Element> elementsIn(Element domain) {
        List<Element> unknown = new ArrayList<>(others(domain, OF_DOMAIN));
        XmlLookup.children(domain, "devices").forEach(devices -> unknown.addAll(others(devices, DEVICES)));
        Set<String> kept = AdoptionNote.in(domain.getOwnerDocument()).kept();
        unknown.removeIf(element -> kept.contains(name(domain, element)));
        return unknown;
    }

    private static String name(Element domain, Element element) {
        return element.getParentNode() == domain ? element.getTagName() : "devices/" + element.getTagName();
    }

    private static List<Element> others(Element parent, Set<String> known) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && !known.contains(element.getTagName())) {
                children.add(element);
            }
        }
        return children;
    }
}
