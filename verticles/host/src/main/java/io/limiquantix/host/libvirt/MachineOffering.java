package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.host.domain.CpuLevels;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.libvirt.MissingCalls;
import org.w3c.dom.Element;

/** What machines libvirt can make here, as it says itself (formatdomaincaps.html). */
public final class MachineOffering {
    /** Of libvirt, from which on it knows the watchdog of q35. */
    private static final long WITH_ITCO = 9_001_000;

    private final LibvirtConnection connection;

    public MachineOffering(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** @param flags of the machine's processors, as Linux writes them */
    public MachineOffers read(Accelerator accelerator, Set<String> flags, Instant deadline) {
        String type = accelerator == Accelerator.KVM ? "kvm" : "qemu";
        return connection.call("What domains can have could not be read", deadline, connect -> {
            XmlLookup xml = XmlLookup.parse(MissingCalls.domainCapabilities(connect, "x86_64", "q35", type));
            List<String> watchdogs =
                    connect.getLibVersion() >= WITH_ITCO ? List.of("i6300esb", "itco") : List.of("i6300esb");
            return offers(xml, accelerator, flags, watchdogs);
        });
    }

    static MachineOffers offers(XmlLookup xml, Accelerator accelerator, Set<String> flags, List<String> watchdogs) {
        return new MachineOffers(
                values(xml, "os", "firmware").contains("efi"),
                values(xml, "loader", "secure").contains("yes"),
                values(xml, "tpm", "backendModel").contains("emulator"),
                cpuModels(xml, accelerator, flags),
                watchdogs);
    }

    /** What the enumeration of this name in this element has. */
    private static List<String> values(XmlLookup xml, String element, String name) {
        return xml.elements(element).stream()
                .flatMap(e -> XmlLookup.children(e, "enum").stream())
                .filter(e -> e.getAttribute("name").equals(name))
                .flatMap(e -> XmlLookup.children(e, "value").stream())
                .map(Element::getTextContent)
                .toList();
    }

    private static List<String> cpuModels(XmlLookup xml, Accelerator accelerator, Set<String> flags) {
        Set<String> models = new TreeSet<>();
        for (Element mode : xml.elements("mode")) {
            String name = mode.getAttribute("name");
            if (!mode.getAttribute("supported").equals("yes")) {
                continue;
            }
            switch (name) {
                case MachineSpec.HOST_PASSTHROUGH, MachineSpec.HOST_MODEL -> models.add(name);
                case "custom" ->
                    XmlLookup.children(mode, "model").stream()
                            .filter(model -> model.getAttribute("usable").equals("yes"))
                            .map(Element::getTextContent)
                            .forEach(models::add);
                default -> {}
            }
        }
        boolean emulated = accelerator == Accelerator.TCG;
        if (emulated || CpuLevels.isLevel2(flags)) {
            models.add(MachineSpec.LEVEL_2);
        }
        // QEMU 7.2 says that TCG has AVX2, and Linux hangs on it before its first line.
        if (!emulated && CpuLevels.isLevel3(flags)) {
            models.add(MachineSpec.LEVEL_3);
        }
        return List.copyOf(models);
    }
}
