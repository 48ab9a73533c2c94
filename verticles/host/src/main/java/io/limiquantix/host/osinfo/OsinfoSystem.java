package io.limiquantix.host.osinfo;

import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.host.domain.XmlLookup;
import io.limiquantix.storage.driver.IsoLabel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** An element {@code os} of libosinfo's database, as its {@code libosinfo.rng} describes it. */
final class OsinfoSystem {
    private static final Set<String> BSD = Set.of("freebsd", "netbsd", "openbsd", "dragonflybsd");
    private static final Set<String> WINDOWS = Set.of("winnt", "win9x", "win16");

    private OsinfoSystem() {}

    /** Whether one of its media has such a label. */
    static boolean isOn(IsoLabel label, Element system) {
        return XmlLookup.children(system, "media").stream()
                .flatMap(media -> XmlLookup.children(media, "iso").stream())
                .anyMatch(iso -> isLike(label, iso));
    }

    /** All that the medium says has to fit, the volume's label among it. */
    private static boolean isLike(IsoLabel label, Element iso) {
        return text(iso, "volume-id").isPresent()
                && fits(label.volume(), iso, "volume-id")
                && fits(label.system(), iso, "system-id")
                && fits(label.publisher(), iso, "publisher-id")
                && fits(label.application(), iso, "application-id");
    }

    private static boolean fits(String said, Element iso, String name) {
        return text(iso, name).map(pattern -> finds(pattern, said)).orElse(true);
    }

    private static boolean finds(String pattern, String said) {
        try {
            return Pattern.compile(pattern).matcher(said).find();
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    static SystemFacts facts(Element system) {
        String version = text(system, "version").orElse(null);
        String name = text(system, "name").orElse("");
        return new SystemFacts(
                family(text(system, "family").orElse("")),
                withoutVersion(name, version),
                version,
                leastMemory(system),
                onlyFirmware(system),
                null);
    }

    private static String withoutVersion(String name, @Nullable String version) {
        return version != null && name.endsWith(" " + version)
                ? name.substring(0, name.length() - version.length() - 1)
                : name;
    }

    private static Family family(String name) {
        if (BSD.contains(name)) {
            return Family.BSD;
        }
        if (WINDOWS.contains(name)) {
            return Family.WINDOWS;
        }
        return name.equals("linux") ? Family.LINUX : Family.OTHER;
    }

    private static @Nullable Long leastMemory(Element system) {
        return XmlLookup.children(system, "resources").stream()
                .flatMap(resources -> XmlLookup.children(resources, "minimum").stream())
                .flatMap(minimum -> text(minimum, "ram").stream())
                .filter(ram -> ram.matches("[1-9]\\d{0,14}"))
                .map(Long::valueOf)
                .findFirst()
                .orElse(null);
    }

    /** Where it names one kind only; {@code supported="false"} is a kind that it does not boot with. */
    private static @Nullable Firmware onlyFirmware(Element system) {
        List<String> kinds = XmlLookup.children(system, "firmware").stream()
                .filter(each -> !each.getAttribute("supported").equals("false"))
                .filter(each -> Set.of("", "x86_64", "all").contains(each.getAttribute("arch")))
                .map(each -> each.getAttribute("type"))
                .distinct()
                .toList();
        if (kinds.size() != 1) {
            return null;
        }
        return switch (kinds.getFirst()) {
            case "efi" -> Firmware.UEFI;
            case "bios" -> Firmware.BIOS;
            default -> null;
        };
    }

    private static Optional<String> text(Element parent, String child) {
        Stream<Element> plain = XmlLookup.children(parent, child).stream()
                .filter(each -> each.getAttribute("xml:lang").isEmpty());
        return plain.findFirst().map(each -> each.getTextContent().strip()).filter(text -> !text.isEmpty());
    }
}
