package io.limiquantix.storage.driver.ova;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The number of an operating system, see DMTF's {@code CIM_OperatingSystem.OSType}; all are meant to have 64 bits. */
final class SystemType {
    private static final int OTHER = 102;
    private static final Map<String, Integer> NUMBERS = numbers();

    private SystemType() {}

    /** The first one whose word is in the text; another system's name stands beside the number, where importers look for it too. */
    static int of(@Nullable String system) {
        String words = system == null ? "" : system.toLowerCase(Locale.ROOT);
        return NUMBERS.entrySet().stream()
                .filter(each -> words.contains(each.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(OTHER);
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("debian", 96);
        numbers.put("ubuntu", 94);
        numbers.put("red hat", 80);
        numbers.put("rhel", 80);
        numbers.put("centos", 107);
        numbers.put("oracle", 109);
        numbers.put("suse linux enterprise", 85);
        numbers.put("suse", 83);
        numbers.put("freebsd", 78);
        numbers.put("linux", 101);
        numbers.put("fedora", 101);
        numbers.put("alpine", 101);
        return numbers;
    }
}
