package io.limiquantix.storage.driver.image.foreign;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of a VMDK file that holds its data itself, see VMware's "Virtual Disk Format 5.0", "Hosted Sparse Extent Header".
 * Those that are only a list of other files are refused.
 */
final class VmdkHeader {
    private static final String LIST = "# Disk DescriptorFile";
    private static final String OF_ESX = "COWD";
    private static final int SECTOR = 512;
    /** {@code KDMV}. */
    private static final int SPARSE = 0x564d444b;

    private static final int CAPACITY_AT = 12;
    private static final int DESCRIPTOR_AT = 28;
    private static final int DESCRIPTOR_SECTORS_AT = 36;
    private static final int TABLE_AT = 56;
    /** In place of the table's sector: what counts is the header at the end. */
    private static final long AT_END = -1;

    private static final int FROM_END = 2 * SECTOR;
    /** Where QEMU looks for a parent, wherever the header says that the descriptor is. */
    private static final int SEARCHED_SECTORS = 20;

    private static final int MOST_SECTORS = 2048;

    private VmdkHeader() {}

    static long inspect(HeaderFile file) throws IOException {
        ByteBuffer header = file.upTo(0, SECTOR, ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < SECTOR || header.getInt(0) != SPARSE) {
            throw notSparse(file, header);
        }
        long capacity = header.getLong(CAPACITY_AT);
        if (capacity <= 0) {
            throw file.refused("holds no data itself: it is a list of other files. " + VmdkDescriptor.EXPORT);
        }
        if (header.getLong(TABLE_AT) == AT_END && footer(file).getLong(CAPACITY_AT) != capacity) {
            throw file.refused("ends otherwise than it begins; it was cut off or is damaged.");
        }
        VmdkDescriptor.require(file, descriptor(file, header));
        return capacity > Long.MAX_VALUE / SECTOR ? Long.MAX_VALUE : capacity * SECTOR;
    }

    private static StorageException notSparse(HeaderFile file, ByteBuffer header) throws IOException {
        String begin = StandardCharsets.ISO_8859_1.decode(header).toString();
        if (begin.startsWith(LIST)) {
            return file.refused("is only the list of the files that hold its data. " + VmdkDescriptor.EXPORT);
        }
        return begin.startsWith(OF_ESX)
                ? file.refused("is one of a VMware host's own, which needs other files. " + VmdkDescriptor.EXPORT)
                : file.other();
    }

    /** All its data are there; for one that was inspected, and is no larger than a disk may be. */
    static void requireWhole(HeaderFile file) throws IOException {
        ByteBuffer first = file.read(0, SECTOR, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer header = first.getLong(TABLE_AT) == AT_END ? footer(file) : first;
        VmdkGrains.require(file, header, header.getLong(TABLE_AT));
    }

    private static ByteBuffer footer(HeaderFile file) throws IOException {
        long end = (file.size() + SECTOR - 1) / SECTOR * SECTOR;
        ByteBuffer footer = file.read(end - FROM_END, SECTOR, ByteOrder.LITTLE_ENDIAN);
        if (footer.getInt(0) != SPARSE) {
            throw file.refused("ends otherwise than it begins; it was cut off or is damaged.");
        }
        return footer;
    }

    /** All that QEMU could take for the descriptor. */
    private static String descriptor(HeaderFile file, ByteBuffer header) throws IOException {
        long sectors = header.getLong(DESCRIPTOR_SECTORS_AT);
        if (header.getLong(DESCRIPTOR_AT) != 1 || sectors < 1 || sectors > MOST_SECTORS) {
            throw file.refused("has no description of itself where it belongs. " + VmdkDescriptor.EXPORT);
        }
        int length = (int) Math.max(sectors, SEARCHED_SECTORS) * SECTOR;
        return StandardCharsets.ISO_8859_1
                .decode(file.upTo(SECTOR, length, ByteOrder.LITTLE_ENDIAN))
                .toString();
    }
}
