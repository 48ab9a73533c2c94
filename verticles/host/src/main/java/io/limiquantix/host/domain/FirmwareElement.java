package io.limiquantix.host.domain;

import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.Map;

/** What a domain starts with, and the chips that belong to that (formatdomain.html, "BIOS bootloader", "TPM device"). */
final class FirmwareElement {
    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    private final XmlText xml;
    private final MachineSpec machine;

    FirmwareElement(XmlText xml, MachineSpec machine) {
        this.xml = xml;
        this.machine = machine;
    }

    /** libvirt itself finds the firmware's files, and gives the domain a copy of the variables that goes with its definition. */
    void os() {
        if (machine.firmware() == Firmware.BIOS) {
            xml.element("os", NO_ATTRIBUTES, this::type);
            return;
        }
        xml.element("os", Map.of("firmware", "efi"), () -> {
            type();
            xml.element("firmware", NO_ATTRIBUTES, () -> {
                if (machine.secureBoot()) {
                    feature("enrolled-keys", true);
                }
                feature("secure-boot", machine.secureBoot());
            });
            if (machine.secureBoot()) {
                xml.empty("loader", Map.of("secure", "yes"));
            }
        });
    }

    private void type() {
        xml.text("type", XmlText.ordered("arch", "x86_64", "machine", "q35"), "hvm");
    }

    private void feature(String name, boolean enabled) {
        xml.empty("feature", XmlText.ordered("enabled", enabled ? "yes" : "no", "name", name));
    }

    void features() {
        xml.element("features", NO_ATTRIBUTES, () -> {
            xml.empty("acpi", NO_ATTRIBUTES);
            xml.empty("apic", NO_ATTRIBUTES);
            if (machine.secureBoot()) {
                // Only in this mode of the processor can the variables be written to.
                xml.empty("smm", Map.of("state", "on"));
            }
        });
    }

    void tpm() {
        if (machine.tpm()) {
            xml.element(
                    "tpm",
                    Map.of("model", "tpm-crb"),
                    () -> xml.empty("backend", XmlText.ordered("type", "emulator", "version", "2.0")));
        }
    }
}
