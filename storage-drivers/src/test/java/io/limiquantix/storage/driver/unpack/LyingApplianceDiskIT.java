package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appliances that can be read, with a disk that would have QEMU read other bytes, or is not what it says. */
class LyingApplianceDiskIT {
    private static final int BLOCK = 512;

    private final ApplianceBed bed;

    LyingApplianceDiskIT(@TempDir Path scratch) throws IOException {
        this.bed = new ApplianceBed(scratch);
    }

    @ParameterizedTest
    @CsvSource({"raw, is no VMDK", "qcow2, it is a qcow2 image", "vdi, it is a VDI image"})
    void refusesADiskOfAnotherKind(String format, String why) throws IOException {
        Path disk = format.equals("raw") ? bed.unpack.raw() : bed.unpack.as(format, "", bed.unpack.raw());
        diskRefused(disk, why.equals("is no VMDK") ? "said to be VMDK" : why);
    }

    @ParameterizedTest
    @CsvSource({"'SPARSE \"/etc/passwd\"', refers to another file", "'FLAT \"passwd\" 0', refers to another file"})
    void refusesADiskThatReadsAnotherFile(String extent, String why) throws IOException {
        Path file = bed.unpack.as("vmdk", "", bed.unpack.raw());
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] text = new byte[20 * BLOCK];
            disk.seek(BLOCK);
            disk.readFully(text);
            String described = new String(text, StandardCharsets.ISO_8859_1);
            byte[] other =
                    described.replaceFirst("SPARSE \"disk.vmdk\"", extent).getBytes(StandardCharsets.ISO_8859_1);
            disk.seek(BLOCK);
            disk.write(other, 0, Math.min(other.length, text.length));
        }
        diskRefused(file, why);
    }

    /** A header that announces eight exbibytes, and one that reaches behind its member into the rest of the archive. */
    @Test
    void refusesADiskThatIsTooLargeOrEndsTooEarly() throws IOException {
        Path file = bed.unpack.as("vmdk", "subformat=monolithicSparse", bed.unpack.raw());
        bed.unpack.sh("printf '\\377\\377\\377\\377\\377\\377\\077\\000' | dd of=" + file
                + " bs=1 seek=12 conv=notrunc status=none");
        diskRefused(file, "this host admits up to");
        Path cut = bed.unpack.as("vmdk", "subformat=monolithicSparse", bed.unpack.raw());
        bed.unpack.sh("truncate -s -100000 " + cut);
        diskRefused(cut, "cut off or is damaged");
    }

    @Test
    void refusesADiskOfNothingButZeroesCompressedAgainAndAgain() throws IOException {
        Path bomb = bed.unpack.scratch.resolve("bomb");
        bed.unpack.sh("head -c 3G /dev/zero | gzip -1 > " + bomb);
        bed.describe(ApplianceBed.description().replace("disk1.vmdk\"", "disk1.vmdk\" ovf:compression=\"gzip\""));
        diskRefusedAsDescribed(bomb, "unpacks to more than");
        bed.refused(bed.unpack.packed("gzip -1", bomb), "is no tar archive");
    }

    private void diskRefused(Path disk, String why) throws IOException {
        bed.describe(ApplianceBed.description());
        diskRefusedAsDescribed(disk, why);
    }

    private void diskRefusedAsDescribed(Path disk, String why) throws IOException {
        Files.copy(disk, bed.folder.resolve("disk1.vmdk"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(bed.folder.resolve("more"), new byte[200_000]);
        UUID id = bed.unpack.arrived(bed.tar("box.ovf disk1.vmdk more"));
        bed.read(id);
        UUID image = UUID.randomUUID();
        assertThatThrownBy(() -> bed.take(id, 0, image))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.INVALID))
                .hasMessageContaining(why)
                .hasMessageNotContaining(bed.unpack.root.toString());
        assertThat(bed.unpack.incoming()).noneMatch(name -> name.contains(image.toString()));
        bed.unpack.pool.images().delete(id);
        bed.unpack.assertNothingLeft();
    }
}
