package io.limiquantix.host.osinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.storage.driver.IsoLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsinfoDatabaseTest {
    private final Path folder;
    private final OsinfoDatabase database;

    OsinfoDatabaseTest(@TempDir Path folder) {
        this.folder = folder;
        this.database = new OsinfoDatabase(folder);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("os").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String system(String name, String version, String family, String iso, String more) {
        return """
                <libosinfo version="0.0.1"><os id="http://example.org/1">
                  <short-id>x</short-id>
                  <name>%s</name><name xml:lang="de">Anders</name>
                  <version>%s</version><family>%s</family>
                  <media arch="x86_64"><iso>%s</iso></media>%s
                </os></libosinfo>
                """.formatted(name, version, family, iso, more);
    }

    private static IsoLabel label(String volume, String publisher) {
        return new IsoLabel(volume, "LINUX", publisher, "", null, null);
    }

    @Test
    void recognisesWhatALabelFits() throws IOException {
        write(
                "mageia.org/mageia-9.xml",
                system(
                        "Mageia 9",
                        "9",
                        "linux",
                        "<volume-id>Mageia-9-(x86_64|i586)</volume-id>",
                        "<resources arch='all'><minimum><ram>1073741824</ram></minimum></resources>"
                                + "<firmware arch='x86_64' type='efi'/>"));
        assertThat(database.recognise(label("Mageia-9-x86_64", "")))
                .contains(new SystemFacts(Family.LINUX, "Mageia", "9", 1L << 30, Firmware.UEFI, null));
        assertThat(database.recognise(label("Mageia-8-x86_64", ""))).isEmpty();
    }

    @Test
    void allThatTheMediumSaysHasToFit() throws IOException {
        write(
                "a/a.xml",
                system(
                        "Wind 7",
                        "7",
                        "winnt",
                        "<volume-id>^W7$</volume-id><publisher-id>WIND INC</publisher-id>",
                        "<firmware type='efi'/><firmware type='bios'/>"));
        assertThat(database.recognise(label("W7", "SOMEBODY"))).isEmpty();
        assertThat(database.recognise(label("W7", "WIND INC, STREET 1")))
                .contains(SystemFacts.of(Family.WINDOWS, "Wind", "7"));
    }

    @Test
    void aMediumWithoutALabelFitsNothing() throws IOException {
        write("a/a.xml", system("Any 1", "1", "linux", "<system-id>LINUX</system-id>", ""));
        assertThat(database.recognise(label("ANY", ""))).isEmpty();
        assertThat(database.recognise(label("", ""))).isEmpty();
    }

    /** With an entity of a file of the host, a pattern that is none, and something that is no XML. */
    @Test
    void aFileThatCannotBeReadHidesNoOther() throws IOException {
        write(
                "a/a.xml",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                        + system("&e; 1", "1", "linux", "<volume-id>GOOD</volume-id>", ""));
        write("a/b.xml", "<os>");
        write("a/c.xml", system("Bad 1", "1", "linux", "<volume-id>(</volume-id>", ""));
        write("a/d.xml", system("Good 1", "1", "linux", "<volume-id>GOOD</volume-id>", ""));
        assertThat(database.recognise(label("GOOD", "")).orElseThrow().distribution())
                .isEqualTo("Good");
    }

    @Test
    void absentIsNormal() {
        assertThat(new OsinfoDatabase(folder.resolve("nowhere")).recognise(label("Debian 12", "")))
                .isEmpty();
    }
}
