package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that come compressed or as disks of other programs, made by the real tools. */
class UnpackingIT {
    private final UnpackBed bed;

    UnpackingIT(@TempDir Path scratch) throws IOException {
        this.bed = new UnpackBed(scratch);
    }

    @ParameterizedTest
    @CsvSource({
        "VMDK, vmdk, ''",
        "VMDK, vmdk, subformat=monolithicSparse",
        "VMDK, vmdk, subformat=streamOptimized",
        "VHD, vpc, 'subformat=fixed,force_size=on'",
        "VHD, vpc, 'subformat=dynamic,force_size=on'",
        "VHD, vpc, subformat=dynamic",
        "VHDX, vhdx, subformat=dynamic",
        "VHDX, vhdx, subformat=fixed",
        "VDI, vdi, ''",
        "VDI, vdi, static=on",
        "QED, qed, ''"
    })
    void convertsEveryFormatToQcow2(ArrivalFormat format, String name, String options) throws IOException {
        Path raw = bed.raw();
        Image image = bed.taken(bed.as(name, options, raw), format);
        assertThat(image.format()).isEqualTo(ImageFormat.QCOW2);
        bed.assertSame(raw, image);
        assertThat(image.fileBytes()).isEqualTo(Files.size(bed.file(image)));
        assertThat(image.sha256()).isEqualTo(sha256(bed.file(image)));
        assertThat(bed.incoming()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"gzip, GZIP", "xz -T1, XZ", "zstd -q, ZSTD", "bzip2, BZIP2", "zstd -q --long=28, ZSTD"})
    void unpacksEveryCompression(String by, Compression compression) throws IOException {
        Path raw = bed.raw();
        Path packed = bed.packed(by, raw);
        UUID id = bed.arrived(packed);
        assertThat(bed.pool.images().isPacked(id, ArrivalFormat.RAW)).isTrue();
        Came came = bed.unpack(id, ArrivalFormat.RAW);
        assertThat(came).isEqualTo(new Came(ArrivalFormat.RAW, compression, sha256(packed), Files.size(packed)));
        assertThat(bed.unpack(id, ArrivalFormat.RAW)).as("asked again").isEqualTo(came);
        Image image = bed.pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE);
        assertThat(bed.file(image)).hasSameBinaryContentAs(raw);
        assertThat(image.sha256()).isEqualTo(sha256(raw));
        long room = allocated(image);
        assertThat(room).as("zeroes are holes").isLessThan(4 << 20);
        assertThat(bed.incoming()).isEmpty();
    }

    private long allocated(Image image) {
        return 512
                * Long.parseLong(bed.tool
                        .run(CommandLine.of(
                                "stat", "--format=%b", bed.file(image).toString()))
                        .strip());
    }

    @ParameterizedTest
    @CsvSource({"VMDK, vmdk, subformat=streamOptimized, gzip", "VDI, vdi, '', xz", "QCOW2, qcow2, '', zstd -q"})
    void unpacksAndConverts(ArrivalFormat format, String name, String options, String by) throws IOException {
        Path raw = bed.raw();
        List<Double> progress = new CopyOnWriteArrayList<>();
        UUID id = bed.arrived(bed.packed(by, bed.as(name, options, raw)));
        bed.pool.images().unpack(id, format, ExpectedSums.NONE, progress::add);
        bed.assertSame(raw, bed.pool.images().admit(id, ImageFormat.QCOW2, ExpectedSums.NONE));
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0 && percent <= 100);
        assertThat(progress.getLast()).isEqualTo(100);
    }

    @Test
    void keepsAnIsoThatWasCompressedAnIso() throws IOException {
        Path iso = bed.scratch.resolve("cd.iso");
        bed.tool.run(CommandLine.of(
                "genisoimage",
                "-quiet",
                "-o",
                iso.toString(),
                Files.createFile(bed.scratch.resolve("readme")).toString()));
        Image image = bed.taken(bed.packed("gzip", iso), ArrivalFormat.ISO);
        assertThat(image.format()).isEqualTo(ImageFormat.ISO);
        assertThat(bed.file(image)).hasSameBinaryContentAs(iso);
    }

    @Test
    void leavesPlainFilesAsTheyAre() throws IOException {
        Path raw = bed.raw();
        assertThat(bed.pool.images().isPacked(bed.arrived(raw), ArrivalFormat.RAW))
                .isFalse();
        Path qcow2 = bed.as("qcow2", "", raw);
        assertThat(bed.pool.images().isPacked(bed.arrived(qcow2), ArrivalFormat.QCOW2))
                .isFalse();
    }

    /** As two parts that were appended to each other; the tools read them as one. */
    @ParameterizedTest
    @CsvSource({"gzip", "xz", "zstd -q", "bzip2"})
    void unpacksWhatConsistsOfSeveralStreams(String by) throws IOException {
        Path raw = bed.raw();
        Path packed = bed.scratch.resolve("streams");
        bed.sh("(head -c 6000000 " + raw + " | " + by + " -c; tail -c +6000001 " + raw + " | " + by + " -c) > "
                + packed);
        assertThat(bed.file(bed.taken(packed, ArrivalFormat.RAW))).hasSameBinaryContentAs(raw);
    }

    @Test
    void comparesTheChecksumsOfTheFileAsItCame() throws IOException {
        Path packed = bed.packed("gzip", bed.raw());
        ExpectedSums right = new ExpectedSums(sha256(packed), sum("sha512sum", packed), sum("md5sum", packed));
        UUID id = bed.arrived(packed);
        assertThat(bed.pool
                        .images()
                        .unpack(id, ArrivalFormat.RAW, right, percent -> {})
                        .sha256())
                .isEqualTo(sha256(packed));
        bed.pool.images().delete(id);
        for (ExpectedSums wrong : List.of(
                ExpectedSums.sha256("ab".repeat(32)),
                new ExpectedSums(null, "ab".repeat(64), null),
                new ExpectedSums(sha256(packed), null, "ab".repeat(16)))) {
            UUID other = bed.arrived(packed);
            assertThat(refusal(other, wrong)).contains("not the one announced");
            bed.assertNothingLeft();
        }
    }

    private String refusal(UUID id, ExpectedSums sums) {
        try {
            bed.pool.images().unpack(id, ArrivalFormat.RAW, sums, percent -> {});
            return "taken";
        } catch (StorageException e) {
            assertThat(e.reason()).isEqualTo(Reason.INVALID);
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void refusesWhatIsNotAsItIsSaid() throws IOException {
        Path raw = bed.raw();
        bed.refused(bed.packed("gzip", raw), ArrivalFormat.QCOW2, "said to be qcow2, but it is something else");
        bed.refused(bed.packed("xz", raw), ArrivalFormat.ISO, "no ISO 9660");
        bed.refused(bed.packed("gzip", bed.as("vdi", "", raw)), ArrivalFormat.RAW, "it is a VDI image");
        bed.refused(bed.as("qcow2", "", raw), ArrivalFormat.VMDK, "said to be VMDK, but it is a qcow2 image");
        bed.refused(bed.as("vdi", "", raw), ArrivalFormat.VHD, "said to be VHD, but it is a VDI image");
        bed.refused(bed.as("vmdk", "", raw), ArrivalFormat.VHDX, "said to be VHDX, but it is a VMDK image");
        bed.refused(bed.as("vmdk", "", raw), ArrivalFormat.QCOW2, "said to be qcow2, but it is a VMDK image");
        bed.refused(raw, ArrivalFormat.QED, "said to be QED, but it is something else");
        bed.refused(raw, ArrivalFormat.VDI, "said to be VDI, but it is something else");
    }

    private String sha256(Path file) {
        return sum("sha256sum", file);
    }

    private String sum(String by, Path file) {
        String line = bed.tool.run(CommandLine.of(by, file.toString()));
        return line.substring(0, line.indexOf(' '));
    }
}
