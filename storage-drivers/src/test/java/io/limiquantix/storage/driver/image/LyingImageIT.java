package io.limiquantix.storage.driver.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are not what they say, made by the real tools where those make them. */
class LyingImageIT {
    private static final long FEATURES_OFFSET = 72;
    private static final long SIZE_OFFSET = 24;
    private static final long CRYPT_METHOD_OFFSET = 32;
    private static final long L1_SIZE_OFFSET = 36;
    private static final long LUKS = 2;
    private static final long L1_ENTRIES = 1;

    private final ProcessTool tool = new ProcessTool();
    private final ImageInspection inspection = new ImageInspection(tool, ImageLimits.upTo(1L << 40));

    private final Path scratch;

    LyingImageIT(@TempDir Path scratch) {
        this.scratch = scratch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "vmdk", "vdi", "vhdx", "vpc", "qed", "parallels", "qcow"})
    void refusesADiskContainerThatClaimsToBeRaw(String format) {
        Path file = create(format, "8M");
        refused(file, ImageFormat.RAW, "said to be raw");
        refused(file, ImageFormat.ISO, "no ISO 9660");
        if (!format.startsWith("qcow")) {
            refused(file, ImageFormat.QCOW2, "said to be qcow2");
        }
    }

    @Test
    void refusesAFixedVhdThatClaimsToBeRaw() {
        Path file = scratch.resolve("fixed");
        tool.run(CommandLine.of(
                "qemu-img", "create", "-q", "-f", "vpc", "-o", "subformat=fixed", file.toString(), "8M"));
        refused(file, ImageFormat.RAW, "VHD");
    }

    @Test
    void refusesALuksDiskThatClaimsToBeRaw() throws IOException {
        Path file = scratch.resolve("luks");
        Files.write(file, new byte[] {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe, 0, 1});
        refused(file, ImageFormat.RAW, "LUKS");
    }

    @Test
    void refusesABackingFile() {
        Path file = scratch.resolve("leaf");
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", "/etc/passwd")
                .with(file.toString(), "1M"));
        refused(file, ImageFormat.QCOW2, "backing file");
    }

    @Test
    void refusesAnExternalDataFile() {
        Path file = scratch.resolve("outside");
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2")
                .with("-o", "data_file=" + scratch.resolve("data") + ",data_file_raw=on", file.toString(), "1M"));
        refused(file, ImageFormat.QCOW2, "another file");
    }

    /** AES, as making a LUKS header measures the processor first, which qemu-img gives up on a busy machine. */
    @Test
    void refusesAnEncryptedImage() {
        Path file = scratch.resolve("secret");
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2", "--object", "secret,id=s,data=abc")
                .with("-o", "encrypt.format=aes,encrypt.key-secret=s", file.toString(), "1M"));
        refused(file, ImageFormat.QCOW2, "encrypted");
    }

    @Test
    void refusesAnImageThatSaysItIsEncryptedByLuks() throws IOException {
        Path file = create("qcow2", "8M");
        patch(file, CRYPT_METHOD_OFFSET, LUKS << Integer.SIZE | L1_ENTRIES);
        refused(file, ImageFormat.QCOW2, "encrypted");
    }

    @Test
    void refusesFeaturesThatNobodyKnows() throws IOException {
        Path file = create("qcow2", "8M");
        patch(file, FEATURES_OFFSET, 1L << 40);
        refused(file, ImageFormat.QCOW2, "features");
    }

    @Test
    void refusesAnImageThatWasNotClosed() throws IOException {
        Path file = create("qcow2", "8M");
        patch(file, FEATURES_OFFSET, 1);
        refused(file, ImageFormat.QCOW2, "not closed cleanly");
    }

    @Test
    void refusesEightExbibytes() throws IOException {
        Path file = create("qcow2", "8M");
        patch(file, SIZE_OFFSET, Long.MAX_VALUE);
        refused(file, ImageFormat.QCOW2, "admits up to");
        patch(file, SIZE_OFFSET, -1);
        refused(file, ImageFormat.QCOW2, "admits up to");
    }

    @Test
    void refusesSparseFilesBeyondTheLimit() throws IOException {
        Path file = scratch.resolve("huge");
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.setLength((1L << 40) + 1);
        }
        refused(file, ImageFormat.RAW, "admits up to");
    }

    @Test
    void refusesAHeaderThatQemuCannotRead() throws IOException {
        Path file = create("qcow2", "8M");
        patch(file, L1_SIZE_OFFSET, -1);
        refused(file, ImageFormat.QCOW2, "qemu-img cannot read");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        refused(Files.createFile(scratch.resolve("empty")), ImageFormat.RAW, "empty");
    }

    @Test
    void refusesCompressedFiles() throws IOException {
        Path file = scratch.resolve("disk.raw");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        refused(file, ImageFormat.RAW, "gzip");
    }

    @Test
    void admitsHonestImages() throws IOException {
        assertThat(inspection.inspect(create("qcow2", "8M"), ImageFormat.QCOW2)).isEqualTo(8 << 20);
        assertThat(inspection.inspect(create("raw", "3M"), ImageFormat.RAW)).isEqualTo(3 << 20);
        Path iso = scratch.resolve("cd.iso");
        Files.createFile(scratch.resolve("readme"));
        tool.run(CommandLine.of(
                "genisoimage",
                "-quiet",
                "-o",
                iso.toString(),
                scratch.resolve("readme").toString()));
        assertThat(inspection.inspect(iso, ImageFormat.ISO)).isEqualTo(Files.size(iso));
    }

    @Test
    void admitsZstdCompressionAndSubclusters() {
        Path file = scratch.resolve("modern");
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2")
                .with("-o", "compression_type=zstd,extended_l2=on", file.toString(), "8M"));
        assertThat(inspection.inspect(file, ImageFormat.QCOW2)).isEqualTo(8 << 20);
    }

    private Path create(String format, String size) {
        Path file = scratch.resolve("image-" + format);
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", format, file.toString(), size));
        return file;
    }

    private static void patch(Path file, long offset, long value) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.seek(offset);
            f.writeLong(value);
        }
    }

    private void refused(Path file, ImageFormat stated, String why) {
        assertThatThrownBy(() -> inspection.inspect(file, stated))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining(why)
                .hasMessageNotContaining(scratch.toString());
    }
}
