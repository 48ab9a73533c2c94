package io.limiquantix.storage.driver.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ISOs made by xorriso, honest ones and others. */
class IsoReadingIT {
    private static final int LABEL_OFFSET = 32_768 + 40;
    private static final int LABEL_BYTES = 32;
    private static final int DESCRIPTORS = 32_768;

    private final ProcessTool tool = new ProcessTool();
    private final IsoReading reading = new IsoReading(tool);
    private final Path scratch;
    private final Path tree;

    IsoReadingIT(@TempDir Path scratch) throws IOException {
        this.scratch = scratch;
        this.tree = Files.createDirectories(scratch.resolve("tree"));
        Files.writeString(Files.createDirectories(tree.resolve("docs")).resolve("readme"), "nothing of interest");
    }

    private Path iso(String label, String... more) {
        Path file = scratch.resolve("cd.iso");
        tool.run(CommandLine.of("xorriso", "-as", "mkisofs", "-quiet", "-V", label)
                .with(more)
                .with("-o", file.toString(), tree.toString()));
        return file;
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private IsoLabel read(Path file) throws IOException {
        return reading.read(file).orElseThrow();
    }

    @Test
    void readsTheLabelAndBothFiles() throws IOException {
        write(".disk/info", "Debian GNU/Linux 12.4.0 \"Bookworm\" - Official amd64 NETINST\nsecond line\n");
        write(".treeinfo", "[release]\nname = Fedora\nversion = 39\n");
        IsoLabel label = read(iso("Debian 12.4.0 amd64 n", "-R", "-J", "-publisher", "SOMEBODY", "-A", "AN APP"));
        assertThat(label.volume()).isEqualTo("Debian 12.4.0 amd64 n");
        assertThat(label.publisher()).isEqualTo("SOMEBODY");
        assertThat(label.application()).isEqualTo("AN APP");
        assertThat(label.diskInfo()).isEqualTo("Debian GNU/Linux 12.4.0 \"Bookworm\" - Official amd64 NETINST");
        assertThat(label.treeInfo()).isEqualTo("[release]\nname = Fedora\nversion = 39\n");
    }

    @Test
    void anIsoWithoutThemHasALabelOnly() throws IOException {
        IsoLabel label = read(iso("CDROM"));
        assertThat(label.volume()).isEqualTo("CDROM");
        assertThat(label.diskInfo()).isNull();
        assertThat(label.treeInfo()).isNull();
    }

    @Test
    void somethingElseIsNoIso() throws IOException {
        Path file = scratch.resolve("noise");
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(file, noise);
        assertThat(reading.read(file)).isEmpty();
        assertThat(reading.read(Files.createFile(scratch.resolve("empty")))).isEmpty();
    }

    @Test
    void controlCharactersOfALabelAreNotPassedOn() throws IOException {
        Path file = iso("PLACE");
        patch(file, LABEL_OFFSET, "\u001b[2J<script>x</script>\n\u0000\u009b31m");
        String volume = read(file).volume();
        assertThat(volume).startsWith("[2J<script>x</script>").doesNotContain("\u001b", "\u0000", "\u009b");
        assertThat(volume.length()).isLessThanOrEqualTo(LABEL_BYTES);
    }

    @Test
    void controlCharactersOfAFileAreNotPassedOn() throws IOException {
        write(".disk/info", "Debian\u001b]0;x\u0007 \u202eGNU/Linux\u2028 12\r\n");
        assertThat(read(iso("X", "-R")).diskInfo()).isEqualTo("Debian ]0;x   GNU/Linux  12");
    }

    @Test
    void aLinkInPlaceOfAFileLeadsNowhere() throws IOException {
        Files.createDirectories(tree.resolve(".disk"));
        Files.createSymbolicLink(tree.resolve(".disk/info"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(tree.resolve(".treeinfo"), Path.of("docs/readme"));
        IsoLabel label = read(iso("X", "-R"));
        assertThat(label.diskInfo()).isNull();
        assertThat(label.treeInfo()).isNull();
    }

    @Test
    void aFileThatIsTooLongIsLeftOut() throws IOException {
        write(".disk/info", "Debian GNU/Linux 12 ".repeat(1 << 19));
        write(".treeinfo", "[release]\nname = Fedora\n".repeat(1000));
        IsoLabel label = read(iso("X", "-R"));
        assertThat(label.diskInfo()).isNull();
        assertThat(label.treeInfo()).isNull();
        assertThat(label.volume()).isEqualTo("X");
    }

    /** Each breaks the tables that lead to the files in another way; what is asserted is that it ends, and that nothing grows. */
    @Test
    void brokenTablesAreNoHarm() throws IOException {
        write(".disk/info", "Debian GNU/Linux 12\n");
        byte[] whole = Files.readAllBytes(iso("X", "-R"));
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i < 200; i++) {
                int at = DESCRIPTORS + 8 + random.nextInt(40_000);
                broken[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            Path file = scratch.resolve("broken");
            Files.write(file, broken);
            reading.read(file)
                    .ifPresent(label -> assertThat(label.volume().length()).isLessThanOrEqualTo(LABEL_BYTES));
        }
    }

    @Test
    void oneThatIsCutOffIsReadAsFarAsItGoes() throws IOException {
        byte[] whole = Files.readAllBytes(iso("CUT"));
        Path file = scratch.resolve("cut");
        Files.write(file, Arrays.copyOf(whole, DESCRIPTORS + 100));
        assertThat(read(file).volume()).isEqualTo("CUT");
    }

    private static void patch(Path file, long offset, String text) throws IOException {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), LABEL_BYTES);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(bytes);
        }
    }
}
