package io.limiquantix.images.catalogue;

import io.limiquantix.bus.images.ImagesApi.Sums;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an entry of a catalogue says, field by field. */
final class EntryFields {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_NOTE = 500;
    private static final long MOST_MEMORY_MIB = 1 << 20;
    private static final long MIB = 1 << 20;
    private static final String ISO = "iso";
    private static final List<String> FAMILIES = List.of("linux", "bsd", "windows", "other");
    private static final List<String> ARCHITECTURES = List.of("x86_64", "aarch64", "riscv64", "ppc64le", "s390x");
    private static final List<String> KINDS = List.of("cloud", ISO);
    private static final List<String> FORMATS = List.of("qcow2", "raw", ISO);
    private static final List<String> COMPRESSIONS = List.of("gz", "xz", "zst", "bz2");
    private static final List<String> FIRMWARES = List.of("bios", "uefi");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SHA512 = Pattern.compile("[0-9a-fA-F]{128}");

    private EntryFields() {}

    /** What the fields are told to be wrong about has no meaning in the result. */
    static CatalogueEntry read(YamlFields fields) {
        CatalogueEntry entry = new CatalogueEntry(
                fields.thingName("id"),
                fields.text("name", LONGEST_NAME),
                fields.word("family", FAMILIES),
                fields.text("distribution", LONGEST_WORD),
                fields.text("version", LONGEST_WORD),
                fields.word("architecture", ARCHITECTURES),
                fields.word("kind", KINDS),
                fields.word("format", FORMATS),
                fields.optionalWord("compression", COMPRESSIONS),
                fields.address("url"),
                fields.optionalAddress("checksums"),
                sums(fields),
                fields.optionalMatch("defaultUser", USER, "the name of an account"),
                bytes(fields.number("leastMemoryMiB", 1, MOST_MEMORY_MIB)),
                fields.optionalWord("firmware", FIRMWARES),
                fields.optionalText("note", LONGEST_NOTE));
        if (entry.kind().equals(ISO) != entry.format().equals(ISO)
                && !entry.format().isEmpty()) {
            fields.wrong("format", "a file of the kind " + entry.kind() + " is not of this format");
        }
        fields.refuseOthers();
        return entry;
    }

    private static Sums sums(YamlFields fields) {
        return new Sums(
                lower(fields.optionalMatch("sha256", SHA256, "64 hexadecimal digits")),
                lower(fields.optionalMatch("sha512", SHA512, "128 hexadecimal digits")),
                null);
    }

    private static @Nullable String lower(@Nullable String sum) {
        return sum == null ? null : sum.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long bytes(@Nullable Long mebibytes) {
        return mebibytes == null ? null : mebibytes * MIB;
    }
}
