package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files that are damaged, or more than they seem. */
class BrokenArchiveIT {
    private final UnpackBed bed;

    BrokenArchiveIT(@TempDir Path scratch) throws IOException {
        this.bed = new UnpackBed(scratch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd -q", "bzip2"})
    void refusesWhatWasCutOff(String by) throws IOException {
        Path packed = bed.packed(by, bed.raw());
        cut(packed, Files.size(packed) - 9);
        bed.refused(packed, ArrivalFormat.RAW, "it was cut off on its way");
        cut(packed, Files.size(packed) / 2);
        bed.refused(packed, ArrivalFormat.RAW, "it was cut off on its way");
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.setLength(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd -q", "bzip2"})
    void refusesWhatFollowsBehindTheEnd(String by) throws IOException {
        Path packed = bed.packed(by, bed.raw());
        bed.sh("echo something else >> " + packed);
        bed.refused(packed, ArrivalFormat.RAW, "something else follows behind its end");
    }

    /** Which xz takes for damage. */
    @Test
    void refusesWhatFollowsBehindTheEndOfXz() throws IOException {
        Path packed = bed.packed("xz", bed.raw());
        bed.sh("echo something else >> " + packed);
        bed.refused(packed, ArrivalFormat.RAW, "The file is compressed with xz, and");
    }

    /** The last bytes are or belong to a checksum. */
    @ParameterizedTest
    @CsvSource({"gzip, 6", "xz, 40", "zstd -q, 2", "bzip2, 3"})
    void refusesAWrongChecksum(String by, int fromEnd) throws IOException {
        Path packed = bed.packed(by, bed.raw());
        flip(packed, Files.size(packed) - fromEnd);
        bed.refused(packed, ArrivalFormat.RAW, "its bytes are damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd -q", "bzip2"})
    void refusesDamageInTheMiddle(String by) throws IOException {
        Path packed = bed.packed(by, bed.raw());
        flip(packed, Files.size(packed) / 2);
        bed.refused(packed, ArrivalFormat.RAW, "The file is compressed with " + by.replace(" -q", ""));
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
            f.seek(at);
            int was = f.read();
            f.seek(at);
            f.write(was ^ 0xff);
        }
    }

    @Test
    void refusesWhatIsCompressedTwice() throws IOException {
        Path once = bed.packed("xz", bed.raw());
        bed.refused(
                bed.packed("gzip", once), ArrivalFormat.RAW, "compressed twice, with gzip and inside of that with xz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz -0", "zstd -q", "bzip2"})
    void refusesMoreThanTheLargestDiskNeeds(String by) throws IOException {
        Path bomb = bed.scratch.resolve("bomb");
        bed.sh("head -c 1200M /dev/zero | " + by + " -c > " + bomb);
        bed.refused(bomb, ArrivalFormat.RAW, "unpacks to more than");
    }

    /** Within the largest disk, and each of its blocks takes room. */
    @Test
    void refusesWhatIsAThousandTimesItsSize() throws IOException {
        Path bomb = bed.scratch.resolve("bomb");
        bed.sh("yes | head -c 1040M | zstd -q -c > " + bomb);
        bed.refused(bomb, ArrivalFormat.RAW, "a thousand times its size");
    }

    /** A disk that is nearly empty is no bomb: cloud images look so. */
    @Test
    void admitsADiskOfZeroes() throws IOException {
        Path empty = bed.scratch.resolve("empty");
        bed.sh("head -c 1G /dev/zero | zstd -q -c > " + empty);
        bed.taken(empty, ArrivalFormat.RAW);
    }

    @Test
    void refusesWhatNeedsTooMuchMemory() throws IOException {
        Path packed = bed.scratch.resolve("wide");
        bed.sh("head -c 3M /dev/zero | zstd -q --long=31 -c > " + packed);
        bed.refused(packed, ArrivalFormat.RAW, "needs more memory");
    }

    @Test
    void refusesAnAbsurdVirtualSizeBehindCompression() throws IOException {
        Path huge = bed.scratch.resolve("huge.qcow2");
        bed.tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2", huge.toString(), "2T"));
        bed.refused(bed.packed("gzip", huge), ArrivalFormat.QCOW2, Reason.INVALID, "admits up to");
    }
}
