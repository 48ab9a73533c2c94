package io.limiquantix.images.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueYamlTest {
    private static final String GOOD = """
            catalogue: 1
            name: Ours
            entries:
              - id: debian-13
                name: Debian 13
                family: linux
                distribution: Debian
                version: 13.10
                architecture: x86_64
                kind: cloud
                format: qcow2
                compression: xz
                url: https://mirror.test/debian.qcow2.xz
                checksums: https://mirror.test/SHA512SUMS
                sha256: %s
                defaultUser: debian
                leastMemoryMiB: 512
                firmware: uefi
                note: >
                  Two
                  lines.
            """.formatted("AB".repeat(32));

    private static CatalogueContent read(String text) {
        try {
            return CatalogueYaml.read("ours.yaml", text);
        } catch (UnreadableCatalogueException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertUnreadable(String text, String why) {
        assertThatThrownBy(() -> CatalogueYaml.read("ours.yaml", text))
                .isInstanceOf(UnreadableCatalogueException.class)
                .hasMessageContaining(why);
    }

    /** The good one with another entry behind it. */
    private static CatalogueContent withEntry(String entry) {
        return read(GOOD + entry.indent(2));
    }

    @Test
    void readsWhatAnEntrySays() {
        CatalogueContent content = read(GOOD);
        assertThat(content.name()).isEqualTo("Ours");
        assertThat(content.mistakes()).isEmpty();
        CatalogueEntry entry = content.entries().getFirst();
        assertThat(entry.version()).as("as it is written, which is no number").isEqualTo("13.10");
        assertThat(entry.system().distribution()).isEqualTo("Debian");
        assertThat(entry.system().version()).isEqualTo("13.10");
        assertThat(entry.compression()).isEqualTo("xz");
        assertThat(entry.checksumsUrl()).isEqualTo("https://mirror.test/SHA512SUMS");
        assertThat(entry.sums().sha256()).isEqualTo("ab".repeat(32));
        assertThat(entry.leastMemoryBytes()).isEqualTo(512L << 20);
        assertThat(entry.firmware()).isEqualTo("uefi");
        assertThat(entry.note()).isEqualTo("Two lines.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: debian-13|id: not a name|, id: A name has",
                "name: Debian 13|name: ''|, name: it is missing.",
                "family: linux|family: unix|, family: \"unix\" is none of linux,",
                "distribution: Debian|distribution: [a]|, distribution: it has to be one value.",
                "version: 13.10|version: ~|, version: it is missing.",
                "architecture: x86_64|architecture: amd64|, architecture: \"amd64\" is none of x86_64,",
                "kind: cloud|kind: iso|, format: a file of the kind iso is not of this format.",
                "format: qcow2|format: vmdk|, format: \"vmdk\" is none of",
                "compression: xz|compression: rar|, compression: \"rar\" is none of",
                "url: https://mirror.test/debian.qcow2.xz|url: file:///etc/passwd|, url: An address has to begin with",
                "url: https://mirror.test/debian.qcow2.xz|url: https://a:b@mirror.test/x|, url: An address must not hold",
                "checksums: https://mirror.test/SHA512SUMS|checksums: SHA512SUMS|, checksums: An address has to begin with",
                "sha256: |sha256: 1|, sha256: ",
                "defaultUser: debian|defaultUser: Root User|, defaultUser: \"Root User\" is not",
                "leastMemoryMiB: 512|leastMemoryMiB: much|, leastMemoryMiB: \"much\" is no number from 1",
                "leastMemoryMiB: 512|leastMemoryMiB: 99999999999999999999|is no number from 1",
                "firmware: uefi|firmware: both|, firmware: \"both\" is none of bios, uefi.",
                "firmware: uefi|firmwear: uefi|, \"firmwear\": there is no such field.",
                "kind: cloud|name: again|, name: it is there twice.",
            })
    void aMistakeNamesFileLineEntryAndFieldAndLeavesTheOthers(String right, String wrong, String said) {
        String entry = """
                - id: other
                  name: Other
                  family: other
                  distribution: Other
                  version: "1"
                  architecture: aarch64
                  kind: iso
                  format: iso
                  url: http://mirror.test/other.iso
                """;
        CatalogueContent content = read(GOOD.replace(right, wrong) + entry.indent(2));
        assertThat(content.entries()).extracting(CatalogueEntry::key).containsExactly("other");
        assertThat(content.mistakes()).isNotEmpty().allSatisfy(mistake -> assertThat(mistake)
                .startsWith("ours.yaml, line 4, entry 1 ("));
        assertThat(content.mistakes()).anySatisfy(mistake -> assertThat(mistake).contains(said));
    }

    @Test
    void allMistakesOfAnEntryAreSaidAtOnce() {
        assertThat(read("entries: [{id: x}]").mistakes()).hasSize(8);
    }

    @Test
    void whatIsNoEntryAndWhatIsThereTwiceAreLeftOut() {
        assertThat(withEntry("- just words").mistakes())
                .containsExactly("ours.yaml, line 22, entry 2: it has no fields.");
        CatalogueContent twice = read(GOOD + GOOD.substring(GOOD.indexOf("  - id")));
        assertThat(twice.entries()).hasSize(1);
        assertThat(twice.mistakes())
                .containsExactly("ours.yaml, line 22, entry 2 (debian-13), id: an entry before has the same.");
    }

    @Test
    void whatIsWrongAboutTheWholeLeavesTheEntries() {
        CatalogueContent content = read(GOOD.replace("catalogue: 1", "catalogue: 2\nauthor: me"));
        assertThat(content.entries()).hasSize(1);
        assertThat(content.mistakes())
                .containsExactly(
                        "ours.yaml, catalogue: \"2\" is no number from 1 to 1.",
                        "ours.yaml, \"author\": there is no such field.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "just words", "- a\n- b", "entries: none", "name: x", "<html><body>Hello</body></html>"})
    void whatIsNoCatalogueIsRefusedAsAWhole(String text) {
        assertUnreadable(text, "It is no catalogue");
    }

    @Test
    void brokenYamlIsRefusedWithItsLine() {
        assertUnreadable("entries:\n  - id: [a\n", "line 3");
        assertUnreadable("entries: []\n---\nentries: []\n", "It is no YAML");
        assertUnreadable("entries: *nobody", "line 1");
        assertUnreadable("entries: \"\u0000\"", "It is no YAML");
    }

    @Test
    void bombsAreRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))));
        }
        assertUnreadable(laughs + "entries: []\n", "aliases");
        assertUnreadable("entries: " + "[".repeat(10_000), "Depth");
        assertUnreadable("entries: [" + "x, ".repeat(400_000) + "]", "limit");
        assertUnreadable("entries: [" + "{}, ".repeat(501) + "]", "at most 500");
    }

    @Test
    void whatHoldsItselfIsAMistake() {
        CatalogueContent content = read("entries: &a [*a, {id: *a}]\n? *a\n: 1");
        assertThat(content.entries()).isEmpty();
        assertThat(content.mistakes())
                .contains("ours.yaml: the name of a field has to be a word.")
                .anyMatch(mistake -> mistake.endsWith("entry 1: it has no fields."));
    }

    @Test
    void tagsOfClassesMakeNothing() {
        assertUnreadable(
                "entries: [!!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1/']]]",
                "tag is not allowed");
    }

    @Test
    void whatComesWithThePlatformHasNoMistakes() {
        CatalogueContent official = BuiltInCatalogue.read();
        assertThat(official.mistakes()).isEmpty();
        Set<String> distributions = new HashSet<>();
        for (CatalogueEntry entry : official.entries()) {
            distributions.add(entry.distribution());
            assertThat(entry.url()).startsWith("https://");
            assertThat(entry.defaultUser() != null)
                    .as(entry.key())
                    .isEqualTo(entry.kind().equals("cloud"));
        }
        assertThat(distributions)
                .containsAll(List.of("Debian", "Ubuntu", "Fedora", "Rocky Linux", "AlmaLinux", "CentOS Stream"))
                .containsAll(List.of("openSUSE", "Arch Linux", "Alpine Linux", "FreeBSD"));
    }
}
