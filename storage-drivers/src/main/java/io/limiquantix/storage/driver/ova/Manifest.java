package io.limiquantix.storage.driver.ova;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksums that an appliance comes with, see DSP0243, "Distribution": lines like {@code SHA256(disk1.vmdk)= 0a1b…}. They find
 * damage; whoever changes a member on purpose changes them too.
 */
record Manifest(Map<String, Entry> entries) {
    private static final Pattern LINE =
            Pattern.compile("(SHA1|SHA224|SHA256|SHA384|SHA512)\\s*\\((.*)\\)\\s*=\\s*([0-9a-fA-F]{40,128})");

    /** @param sum lower case hexadecimal */
    record Entry(MemberSum by, String sum) {}

    static Manifest parse(byte[] bytes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        for (String line : lines) {
            Matcher found = LINE.matcher(line);
            if (!found.matches()) {
                throw Refusal.of("has a manifest with a line that is no checksum of a kind that is known: "
                        + Refusal.shown(line) + ".");
            }
            Entry entry =
                    new Entry(MemberSum.valueOf(found.group(1)), found.group(3).toLowerCase(Locale.ROOT));
            Entry other = entries.put(found.group(2).strip(), entry);
            if (other != null && !other.equals(entry)) {
                throw Refusal.of("has a manifest with two checksums of " + Refusal.shown(found.group(2)) + ".");
            }
        }
        return new Manifest(Map.copyOf(entries));
    }

    Optional<Entry> of(TarMember member) {
        return Optional.ofNullable(entries.get(member.name()));
    }

    /** Nobody would notice a disk that was exchanged and left out of the manifest. */
    void requireEntry(TarMember member) {
        if (of(member).isEmpty()) {
            throw Refusal.of("has a manifest, which says nothing of " + Refusal.shown(member.name()) + ".");
        }
    }
}
