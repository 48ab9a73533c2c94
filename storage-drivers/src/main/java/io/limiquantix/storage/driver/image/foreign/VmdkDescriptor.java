package io.limiquantix.storage.driver.image.foreign;

import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text inside of a VMDK file, see VMware's "Virtual Disk Format 5.0", "The Descriptor File". */
final class VmdkDescriptor {
    static final String EXPORT =
            "Export the disk as one file (monolithicSparse or streamOptimized), or as an OVA and take"
                    + " the VMDK out of it.";

    private static final Set<String> TYPES = Set.of("monolithicsparse", "streamoptimized");
    private static final String NO_PARENT = "ffffffff";
    private static final String PARENT_NAME = "parentFileNameHint";
    private static final Pattern EXTENT = Pattern.compile("(?:RW|RDONLY|NOACCESS)\\s+(.*)");
    private static final Pattern OWN_EXTENT = Pattern.compile("\\d+\\s+SPARSE\\s+\"[^\"/\\\\:]*\"");

    private VmdkDescriptor() {}

    /**
     * @param text what may be the descriptor, and whatever lies behind its end
     * @throws StorageException {@code INVALID} unless the disk has no parent and is all in this file
     */
    static void require(HeaderFile file, String text) {
        int end = text.indexOf('\0');
        List<String> lines = text.substring(0, end < 0 ? text.length() : end)
                .lines()
                .map(String::strip)
                .toList();
        if (text.contains(PARENT_NAME) || !value(lines, "parentCID", NO_PARENT).equals(NO_PARENT)) {
            throw file.refused(
                    "has a parent, and holds only the differences to it. Consolidate its snapshots first. " + EXPORT);
        }
        String type = value(lines, "createType", "");
        if (!TYPES.contains(type)) {
            throw file.refused("is of the type \"" + shown(type) + "\". " + EXPORT);
        }
        requireOwnExtent(file, lines);
    }

    private static void requireOwnExtent(HeaderFile file, List<String> lines) {
        List<String> extents = lines.stream()
                .map(EXTENT::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
        if (extents.size() != 1) {
            throw file.refused("consists of " + extents.size() + " parts. " + EXPORT);
        }
        if (!OWN_EXTENT.matcher(extents.getFirst()).matches()) {
            throw file.refused("refers to another file. " + EXPORT);
        }
    }

    /** In lower case. */
    private static String value(List<String> lines, String key, String absent) {
        Pattern line = Pattern.compile(key + "\\s*=\\s*\"?([^\"]*)\"?", Pattern.CASE_INSENSITIVE);
        List<String> values = lines.stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1).strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        return switch (values.size()) {
            case 0 -> absent;
            case 1 -> values.getFirst();
            default -> String.join(" and ", values);
        };
    }

    /** Of what somebody else wrote. */
    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}
