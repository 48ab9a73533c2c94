package io.limiquantix.host.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** What of a domain that somebody else defined no VM's spec can say, in sentences. */
final class UnsayableParts {
    /**
     * Parts that stay as they are when the rest is edited, and that change nothing of what a spec says: a domain that has them can be
     * adopted with them.
     */
    private static final Set<String> HARMLESS = Set.of(
            "title",
            "genid",
            "perf",
            "cputune",
            "memtune",
            "blkiotune",
            "devices/sound",
            "devices/panic",
            "devices/hub");
    /** The obstacles name these in their own words. */
    private static final Set<String> TOLD =
            Set.of("devices/hostdev", "devices/filesystem", "devices/shmem", "devices/redirdev", "devices/nvram");

    private final XmlLookup xml;
    private final Element domain;
    private final List<String> found = new ArrayList<>();

    private UnsayableParts(XmlLookup xml) {
        this.xml = xml;
        this.domain = xml.document().getDocumentElement();
    }

    static List<String> of(XmlLookup xml) {
        UnsayableParts parts = new UnsayableParts(xml);
        parts.unknown();
        parts.start();
        parts.machine();
        parts.memory();
        parts.screen();
        ForeignDisk.in(xml).forEach(disk -> parts.found.addAll(disk.obstacles()));
        ForeignNic.in(xml).forEach(nic -> parts.found.addAll(nic.obstacles()));
        return parts.found;
    }

    /** Those that it keeps. */
    static List<String> harmless(XmlLookup xml) {
        return UnknownElements.in(xml.document().getDocumentElement()).stream()
                .filter(HARMLESS::contains)
                .toList();
    }

    private void unknown() {
        UnknownElements.in(domain).stream()
                .filter(name -> !HARMLESS.contains(name) && !TOLD.contains(name) && !name.startsWith("qemu:"))
                .forEach(name -> found.add("Its definition has <" + name.substring(name.indexOf('/') + 1)
                        + ">, which LimiQuantix cannot represent."));
    }

    private void start() {
        for (Element os : XmlLookup.children(domain, "os")) {
            Stream.of("kernel", "initrd", "cmdline", "dtb", "init")
                    .filter(name -> !XmlLookup.children(os, name).isEmpty())
                    .findFirst()
                    .ifPresent(name -> found.add("It is started from files of its host (<" + name
                            + ">), and virtual machines start from their disks."));
        }
        require("on_poweroff", "destroy", "when its guest powers off");
        require("on_reboot", "restart", "when its guest reboots");
    }

    private void require(String element, String usual, String when) {
        XmlLookup.children(domain, element).stream()
                .map(each -> each.getTextContent().strip())
                .filter(text -> !text.equals(usual))
                .forEach(text -> found.add("libvirt is told to do \"" + text + "\" with it " + when
                        + ", and with virtual machines it does \"" + usual + "\"."));
    }

    private void machine() {
        Optional<Element> cpu = XmlLookup.children(domain, "cpu").stream().findFirst();
        boolean exact = cpu.filter(each -> each.getAttribute("mode").equals("custom"))
                .filter(each -> !XmlLookup.children(each, "feature").isEmpty())
                .isPresent();
        String model = cpu.isEmpty() ? "" : DefinedMachine.cpuModel(cpu.get());
        if (cpu.isEmpty() || model.isEmpty()) {
            found.add("Its definition does not say what processor it has.");
        } else if (exact && !model.startsWith("x86-64-v")) {
            found.add(
                    "Its processor is a " + model + " with single features added or taken away, which cannot be said.");
        }
        if (cpu.stream().anyMatch(each -> has(each, "topology", "dies") || has(each, "topology", "clusters"))) {
            found.add("Its processors have several dies or clusters, which cannot be said.");
        }
        List<Element> watchdogs = xml.elements("watchdog");
        if (watchdogs.size() > 1 || (watchdogs.size() == 1 && DefinedMachine.watchdog(xml) == null)) {
            found.add("It has a watchdog that virtual machines cannot have, or several.");
        }
        xml.elements("tpm").stream()
                .filter(tpm -> XmlLookup.attribute(tpm, "backend", "type")
                        .filter("emulator"::equals)
                        .isEmpty())
                .forEach(_ -> found.add("Its TPM is one of its host's or elsewhere, and no emulated one."));
    }

    private static boolean has(Element cpu, String child, String attribute) {
        return XmlLookup.attribute(cpu, child, attribute)
                .filter(number -> !number.equals("1"))
                .isPresent();
    }

    private void memory() {
        boolean modules = XmlLookup.children(domain, "devices").stream()
                .anyMatch(devices -> !XmlLookup.children(devices, "memory").isEmpty());
        if (modules) {
            found.add("It has modules of memory, which virtual machines have only while they run.");
            return;
        }
        long now = kib("currentMemory");
        long most = kib("memory");
        if (now > 0 && most > 0 && now != most) {
            found.add("Its definition gives it less memory than it could have. Make both the same first (virsh setmem"
                    + " --config, virsh setmaxmem --config).");
        }
    }

    private long kib(String name) {
        return XmlLookup.children(domain, name).stream()
                .mapToLong(DefinedMachine::kib)
                .findFirst()
                .orElse(0);
    }

    private void screen() {
        boolean accelerated = xml.elements("gl").stream()
                        .anyMatch(gl -> gl.getAttribute("enable").equals("yes"))
                || xml.elements("acceleration").stream()
                        .anyMatch(part -> part.getAttribute("accel3d").equals("yes"));
        if (accelerated) {
            found.add("Its screen is drawn by a graphics card of its host, and virtual machines have none.");
        }
    }
}
