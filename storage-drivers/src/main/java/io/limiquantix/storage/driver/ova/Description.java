package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance.Firmware;
import io.limiquantix.storage.driver.Appliance.Nic;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the description of an appliance says, before anything of it was looked for in the archive, see DSP0243, "OVF Descriptor". Of
 * several configurations it is the one that is meant where nobody chooses.
 */
record Description(
        String name,
        @Nullable String product,
        @Nullable String operatingSystem,
        int vcpus,
        long memoryBytes,
        Firmware firmware,
        List<Nic> nics,
        List<DescribedDisk> disks) {

    private static final int MOST_TEXT = 200;

    static Description parse(byte[] bytes) {
        XmlElement envelope = DescriptorXml.parse(bytes);
        if (!envelope.name().equals("Envelope")) {
            throw Refusal.of("has a description that is no OVF envelope.");
        }
        XmlElement system = system(envelope);
        XmlElement section = system.child("VirtualHardwareSection")
                .orElseThrow(() -> Refusal.of("describes no hardware of its virtual machine."));
        Hardware hardware = new Hardware(section, configuration(envelope));
        return new Description(
                name(system),
                product(system),
                operatingSystem(system),
                hardware.vcpus(),
                hardware.memoryBytes(),
                firmware(system),
                hardware.nics(),
                requireOnce(hardware.disks(new DescribedDisks(envelope))));
    }

    private static XmlElement system(XmlElement envelope) {
        List<XmlElement> systems = envelope.all()
                .filter(element -> element.name().equals("VirtualSystem"))
                .toList();
        if (systems.size() != 1) {
            throw Refusal.of("describes " + systems.size()
                    + " virtual machines; one is admitted, so export each of them by itself.");
        }
        return systems.getFirst();
    }

    /** The name of the one that is meant where nobody chooses, see DSP0243, "DeploymentOptionSection"; empty where there is none. */
    private static String configuration(XmlElement envelope) {
        List<XmlElement> all = envelope.children("DeploymentOptionSection")
                .flatMap(s -> s.children("Configuration"))
                .toList();
        Optional<XmlElement> chosen = all.stream()
                .filter(each -> List.of("true", "1").contains(each.attribute("default")))
                .findFirst();
        return chosen.or(() -> all.stream().findFirst())
                .map(each -> each.attribute("id"))
                .orElse("");
    }

    private static String name(XmlElement system) {
        String said = plain(system.textOf("Name"));
        return said.isEmpty() ? plain(system.attribute("id")) : said;
    }

    private static @Nullable String product(XmlElement system) {
        Optional<XmlElement> section = system.child("ProductSection");
        return section.map(product -> absent(plain(String.join(
                        " ",
                        Stream.of("Vendor", "Product", "Version")
                                .map(product::textOf)
                                .filter(text -> !text.isEmpty())
                                .toList()))))
                .orElse(null);
    }

    private static @Nullable String operatingSystem(XmlElement system) {
        Optional<XmlElement> section = system.child("OperatingSystemSection");
        String said = plain(section.map(os -> os.textOf("Description")).orElse(""));
        return absent(
                said.isEmpty() ? plain(section.map(os -> os.attribute("osType")).orElse("")) : said);
    }

    /** VMware writes {@code <vmw:Config vmw:key="firmware" vmw:value="efi"/>}, VirtualBox {@code <Firmware type="EFI"/>}. */
    private static Firmware firmware(XmlElement system) {
        boolean uefi = system.all().anyMatch(each -> switch (each.name()) {
            case "Config" -> each.attribute("key").equals("firmware") && isEfi(each.attribute("value"));
            case "Firmware" -> isEfi(each.attribute("type"));
            default -> false;
        });
        return uefi ? Firmware.UEFI : Firmware.BIOS;
    }

    private static boolean isEfi(String word) {
        return word.toLowerCase(Locale.ROOT).startsWith("efi");
    }

    /** Two disks of one file would be made of it twice, and a hundred a hundred times. */
    private static List<DescribedDisk> requireOnce(List<DescribedDisk> disks) {
        Set<String> files = new HashSet<>();
        for (DescribedDisk disk : disks) {
            DescribedFile file = disk.file();
            if (file != null && !files.add(file.name())) {
                throw Refusal.of("describes two disks that are the same file, " + Refusal.shown(file.name()) + ".");
            }
        }
        return disks;
    }

    /** A text of somebody else, in one line and not longer than anybody reads. */
    static String plain(String text) {
        String line = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip()
                .replaceAll(" {2,}", " ");
        return line.codePoints()
                .limit(MOST_TEXT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static @Nullable String absent(String text) {
        return text.isEmpty() ? null : text;
    }
}
