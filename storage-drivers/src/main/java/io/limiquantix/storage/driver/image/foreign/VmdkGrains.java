package io.limiquantix.storage.driver.image.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the data of a VMDK file lie, see VMware's "Virtual Disk Format 5.0", "Grain Directories and Grain Tables". QEMU reads zeroes
 * where the file has ended, so that one that was cut off would become a disk with holes.
 */
final class VmdkGrains {
    private static final int SECTOR = 512;
    private static final int FLAGS_AT = 8;
    private static final int CAPACITY_AT = 12;
    private static final int GRAIN_AT = 20;
    private static final int ENTRIES_AT = 44;
    private static final int COMPRESSED = 1 << 16;
    private static final int LEAST_GRAIN = 8;
    private static final int MOST_GRAIN = 1 << 21;
    private static final int ENTRIES = 512;
    /** A sector that is none: the grain is zeroes. */
    private static final long ZEROES = 1;

    private static final int MARKER_BYTES = 12;
    private static final int COUNT_AT = 8;
    private static final int DIRECTORY_PIECE = 1 << 14;

    private final HeaderFile file;
    private final ByteBuffer header;
    private final long grain;
    /** The sector of the grain that lies last in the file, and which one of the disk it is. */
    private long last;

    private long lastNumber;

    private VmdkGrains(HeaderFile file, ByteBuffer header) {
        this.file = file;
        this.header = header;
        this.grain = header.getLong(GRAIN_AT);
    }

    /**
     * @param header the valid one of the file, whose capacity was looked at
     * @param directory the sector where the tables' sectors are
     */
    static void require(HeaderFile file, ByteBuffer header, long directory) throws IOException {
        VmdkGrains grains = new VmdkGrains(file, header);
        if (grains.grain < LEAST_GRAIN
                || grains.grain > MOST_GRAIN
                || header.getInt(ENTRIES_AT) != ENTRIES
                || directory <= 0
                || directory > file.size() / SECTOR) {
            throw file.refused("has tables of a kind that cannot be; it is damaged.");
        }
        grains.readDirectory(directory * SECTOR);
        grains.requireLast();
    }

    private void readDirectory(long at) throws IOException {
        long covered = grain * ENTRIES;
        long tables = (header.getLong(CAPACITY_AT) + covered - 1) / covered;
        for (long done = 0; done < tables; done += DIRECTORY_PIECE) {
            int count = (int) Math.min(DIRECTORY_PIECE, tables - done);
            ByteBuffer piece = file.read(at + done * Integer.BYTES, count * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                long table = Integer.toUnsignedLong(piece.getInt(i * Integer.BYTES));
                if (table != 0) {
                    readTable(table * SECTOR, (done + i) * ENTRIES);
                }
            }
        }
    }

    private void readTable(long at, long firstNumber) throws IOException {
        ByteBuffer table = file.read(at, ENTRIES * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ENTRIES; i++) {
            long sector = Integer.toUnsignedLong(table.getInt(i * Integer.BYTES));
            if (sector > last) {
                last = sector;
                lastNumber = firstNumber + i;
            }
        }
    }

    private void requireLast() throws IOException {
        if (last <= ZEROES) {
            return;
        }
        long begin = last * SECTOR;
        // The disk may end within its last grain, and the file with it.
        long end = begin + Math.min(grain, header.getLong(CAPACITY_AT) - lastNumber * grain) * SECTOR;
        if ((header.getInt(FLAGS_AT) & COMPRESSED) != 0) {
            ByteBuffer marker = file.read(begin, MARKER_BYTES, ByteOrder.LITTLE_ENDIAN);
            end = begin + MARKER_BYTES + Integer.toUnsignedLong(marker.getInt(COUNT_AT));
        }
        if (end > file.size()) {
            throw file.refused("ends before its data do; it was cut off or is damaged.");
        }
    }
}
