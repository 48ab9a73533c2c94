package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks of other programs that would have QEMU read another file, or are not what they say. */
class LyingForeignIT {
    private static final int SECTOR = 512;
    private static final int DESCRIPTOR_BYTES = 20 * SECTOR;

    private final UnpackBed bed;

    LyingForeignIT(@TempDir Path scratch) throws IOException {
        this.bed = new UnpackBed(scratch);
    }

    @ParameterizedTest
    @CsvSource({
        "SPARSE \"/etc/passwd\", refers to another file",
        "SPARSE \"../other.vmdk\", refers to another file",
        "SPARSE \"nbd:elsewhere\", refers to another file",
        "FLAT \"passwd\" 0, refers to another file",
        "VMFS \"disk-flat.vmdk\", refers to another file"
    })
    void refusesAVmdkWhoseExtentIsAnotherFile(String extent, String why) throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        describe(file, description(file).replaceFirst("SPARSE \"disk.vmdk\"", extent));
        bed.refused(file, ArrivalFormat.VMDK, why);
    }

    @Test
    void refusesAVmdkOfTwoExtents() throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        describe(file, description(file).replaceFirst("RW (.*)", "RW $1\nRW 2048 SPARSE \"second.vmdk\""));
        bed.refused(file, ArrivalFormat.VMDK, "consists of 2 parts");
    }

    @ParameterizedTest
    @CsvSource({"parentCID=ffffffff, parentCID=12345678", "# The Disk Data Base, parentFileNameHint=\"/etc/passwd\""})
    void refusesAVmdkWithAParent(String text, String other) throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        describe(file, description(file).replace(text, other));
        bed.refused(file, ArrivalFormat.VMDK, "has a parent");
    }

    /** Which QEMU would find, though the text has ended before. */
    @Test
    void refusesAParentBehindTheDescriptionOfAVmdk() throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        write(file, SECTOR + 15 * SECTOR, "parentFileNameHint=\"/etc/passwd\"".getBytes(StandardCharsets.US_ASCII));
        bed.refused(file, ArrivalFormat.VMDK, "has a parent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"twoGbMaxExtentSparse", "vmfs", "fullDevice", ""})
    void refusesOtherKindsOfVmdk(String type) throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        describe(file, description(file).replace("monolithicSparse", type));
        bed.refused(file, ArrivalFormat.VMDK, "is of the type \"" + type.toLowerCase(Locale.ROOT) + "\"");
    }

    /** A capacity of none has QEMU take the extents of the description. */
    @Test
    void refusesAVmdkThatHoldsNothingItself() throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        describe(file, description(file).replaceFirst("SPARSE \"disk.vmdk\"", "FLAT \"/etc/passwd\" 0"));
        number(file, 12, 0);
        bed.refused(file, ArrivalFormat.VMDK, "is a list of other files");
        number(file, 12, -1);
        bed.refused(file, ArrivalFormat.VMDK, "is a list of other files");
    }

    @Test
    void refusesAVmdkWhoseDescriptionIsElsewhere() throws IOException {
        Path file = bed.as("vmdk", "", bed.raw());
        number(file, 28, 64);
        bed.refused(file, ArrivalFormat.VMDK, "no description of itself where it belongs");
    }

    /** As programs write it that cannot go back: the header at the beginning only says to look at the end. */
    @Test
    void readsAVmdkWhoseHeaderIsAtItsEnd() throws IOException {
        Path raw = bed.raw();
        Path file = bed.as("vmdk", "subformat=streamOptimized", raw);
        byte[] header = Arrays.copyOf(Files.readAllBytes(file), SECTOR);
        number(file, 56, -1);
        bed.refused(file, ArrivalFormat.VMDK, "ends otherwise than it begins");
        long end = Files.size(file);
        write(
                file,
                end,
                ByteBuffer.allocate(3 * SECTOR)
                        .put(0, (byte) 1)
                        .put(12, (byte) 3)
                        .array());
        write(file, end + SECTOR, header);
        bed.assertSame(raw, bed.taken(file, ArrivalFormat.VMDK));
        number(file, end + SECTOR + 12, 1 << 20);
        UUID id = bed.arrived(file);
        assertThatThrownBy(() -> bed.unpack(id, ArrivalFormat.VMDK))
                .hasMessageContaining("ends otherwise than it begins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monolithicFlat", "twoGbMaxExtentSparse", "twoGbMaxExtentFlat"})
    void refusesAVmdkThatIsOnlyAList(String subformat) throws IOException {
        bed.refused(
                bed.as("vmdk", "subformat=" + subformat, bed.raw()), ArrivalFormat.VMDK, "Export the disk as one file");
    }

    @Test
    void refusesAVmdkOfAnEsxHost() throws IOException {
        Path file = Files.writeString(bed.scratch.resolve("esx"), "COWD" + "\0".repeat(2048));
        bed.refused(file, ArrivalFormat.VMDK, "one of a VMware host's own");
    }

    @Test
    void refusesDifferencesAsVhd() throws IOException {
        Path file = bed.as("vpc", "subformat=dynamic", bed.raw());
        big(file, 60, 4);
        bed.refused(file, ArrivalFormat.VHD, "only the differences");
        Path parent = bed.as("vpc", "subformat=dynamic", bed.raw());
        big(parent, 512 + 40, 7);
        bed.refused(parent, ArrivalFormat.VHD, "has a parent");
        Path fixed = bed.as("vpc", "subformat=fixed", bed.raw());
        big(fixed, Files.size(fixed) - 512 + 60, 4);
        bed.refused(fixed, ArrivalFormat.VHD, "only the differences");
    }

    @Test
    void refusesAVhdOfAnotherChecksumAndOneWithoutEnd() throws IOException {
        Path file = bed.as("vpc", "subformat=dynamic", bed.raw());
        big(file, 24, 99);
        bed.refused(file, ArrivalFormat.VHD, "cannot be converted");
        Path fixed = bed.as("vpc", "subformat=fixed", bed.raw());
        try (RandomAccessFile f = new RandomAccessFile(fixed.toFile(), "rw")) {
            f.setLength(f.length() - 100);
        }
        bed.refused(fixed, ArrivalFormat.VHD, "something else, or damaged");
    }

    @Test
    void refusesDifferencesAsVhdx() throws IOException {
        Path file = bed.as("vhdx", "", bed.raw());
        // The file parameters lie where QEMU writes them: 64 KiB behind the beginning of the metadata.
        long parameters = indexOf(file, "metadata") + (64 << 10);
        number(file, parameters + 4, 2);
        bed.refused(file, ArrivalFormat.VHDX, "only the differences");
    }

    @Test
    void refusesAVhdxWithoutMetadata() throws IOException {
        Path file = bed.as("vhdx", "", bed.raw());
        write(file, indexOf(file, "metadata"), new byte[8]);
        bed.refused(file, ArrivalFormat.VHDX, "has no metadata where it says so");
        Path none = bed.as("vhdx", "", bed.raw());
        write(none, 192 << 10, new byte[4]);
        write(none, 256 << 10, new byte[4]);
        bed.refused(none, ArrivalFormat.VHDX, "does not say how large its disk is");
    }

    @Test
    void refusesAVdiThatDependsOnAnother() throws IOException {
        for (int at : new int[] {0x1a8, 0x1b8}) {
            Path file = bed.as("vdi", "", bed.raw());
            number(file, at, 7);
            bed.refused(file, ArrivalFormat.VDI, "depends on another disk");
        }
        for (int type : new int[] {0, 3, 4}) {
            Path file = bed.as("vdi", "", bed.raw());
            write(file, 0x4c, new byte[] {(byte) type, 0, 0, 0});
            bed.refused(file, ArrivalFormat.VDI, "depends on another disk");
        }
    }

    @Test
    void refusesAQedWithABackingFile() throws IOException {
        bed.raw();
        Path file = bed.scratch.resolve("leaf");
        bed.tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qed", "-u", "-F", "raw", "-b", "/etc/passwd")
                .with(file.toString(), "1M"));
        bed.refused(file, ArrivalFormat.QED, "needs a backing file");
        Path hidden = bed.as("qed", "", bed.raw());
        number(hidden, 56, 0x0000000b_00000040L);
        bed.refused(hidden, ArrivalFormat.QED, "needs a backing file");
    }

    @Test
    void refusesAQedThatWasNotClosedOrIsUnknown() throws IOException {
        Path file = bed.as("qed", "", bed.raw());
        number(file, 16, 2);
        bed.refused(file, ArrivalFormat.QED, "not closed cleanly");
        Path unknown = bed.as("qed", "", bed.raw());
        number(unknown, 16, 1L << 20);
        bed.refused(unknown, ArrivalFormat.QED, "features that are not known");
    }

    /** All of them say two sizes at most; what QEMU makes of it counts too. */
    @Test
    void refusesAbsurdSizes() throws IOException {
        Path vmdk = bed.as("vmdk", "", bed.raw());
        number(vmdk, 12, Long.MAX_VALUE);
        bed.refused(vmdk, ArrivalFormat.VMDK, "admits up to");
        Path vdi = bed.as("vdi", "", bed.raw());
        number(vdi, 0x170, Long.MAX_VALUE);
        bed.refused(vdi, ArrivalFormat.VDI, "admits up to");
        Path qed = bed.as("qed", "", bed.raw());
        number(qed, 48, 1L << 62);
        bed.refused(qed, ArrivalFormat.QED, "admits up to");
        for (String format : new String[] {"vpc", "vhdx"}) {
            Path huge = bed.scratch.resolve("huge");
            bed.tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", format, huge.toString(), "1500G"));
            bed.refused(huge, format.equals("vpc") ? ArrivalFormat.VHD : ArrivalFormat.VHDX, "admits up to");
        }
    }

    @ParameterizedTest
    @CsvSource({"VMDK, vmdk", "VHDX, vhdx", "VDI, vdi", "QED, qed", "VHD, vpc"})
    void refusesWhatWasCutOff(ArrivalFormat format, String name) throws IOException {
        for (int bytes : new int[] {100, 4096, 200_000}) {
            Path file = bed.as(name, "", bed.raw());
            try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
                f.setLength(bytes);
            }
            bed.refused(file, format, "image");
        }
    }

    /** Of which QEMU would read zeroes in place of what is missing; behind a streamOptimized one's data nothing is for 60 KiB. */
    @ParameterizedTest
    @CsvSource({
        "VMDK, vmdk, subformat=monolithicSparse, 2048",
        "VMDK, vmdk, subformat=streamOptimized, 64000",
        "VHDX, vhdx, '', 2048",
        "VDI, vdi, '', 2048",
        "QED, qed, '', 2048",
        "VHD, vpc, subformat=dynamic, 2048"
    })
    void refusesWhatLacksALittleOfItsData(ArrivalFormat format, String name, String options, int bytes)
            throws IOException {
        Path file = bed.as(name, options, bed.raw());
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.setLength(f.length() - bytes);
        }
        bed.refused(file, format, "image");
    }

    private static String description(Path vmdk) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(vmdk.toFile(), "r")) {
            byte[] text = new byte[DESCRIPTOR_BYTES];
            f.seek(SECTOR);
            f.readFully(text);
            String all = new String(text, StandardCharsets.ISO_8859_1);
            return all.substring(0, all.indexOf('\0'));
        }
    }

    private static void describe(Path vmdk, String text) throws IOException {
        write(
                vmdk,
                SECTOR,
                ByteBuffer.allocate(DESCRIPTOR_BYTES)
                        .put(text.getBytes(StandardCharsets.ISO_8859_1))
                        .array());
    }

    private static long indexOf(Path file, String text) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
    }

    /** In little endian. */
    private static void number(Path file, long at, long value) throws IOException {
        write(
                file,
                at,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    /** In big endian. */
    private static void big(Path file, long at, int value) throws IOException {
        write(file, at, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.seek(at);
            f.write(bytes);
        }
    }
}
