package io.limiquantix.storage.driver.image.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a VirtualBox disk, as QEMU's block/vdi.c describes it. */
final class VdiHeader {
    private static final int LENGTH = 512;
    private static final int SIGNATURE_AT = 0x40;
    private static final int SIGNATURE = 0xbeda107f;
    private static final int TYPE_AT = 0x4c;
    private static final int DATA_AT = 0x158;
    private static final int DISK_SIZE_AT = 0x170;
    private static final int BLOCK_SIZE_AT = 0x178;
    private static final int EXTRA_AT = 0x17c;
    private static final int ALLOCATED_AT = 0x184;
    private static final int LINK_AT = 0x1a8;
    private static final int PARENT_AT = 0x1b8;

    private static final int DYNAMIC = 1;
    private static final int FIXED = 2;
    private static final int SECTOR = 512;

    private VdiHeader() {}

    static long inspect(HeaderFile file) throws IOException {
        ByteBuffer header = file.upTo(0, LENGTH, ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < LENGTH || header.getInt(SIGNATURE_AT) != SIGNATURE) {
            throw file.other();
        }
        int type = header.getInt(TYPE_AT);
        if ((type != DYNAMIC && type != FIXED) || hasId(header, LINK_AT) || hasId(header, PARENT_AT)) {
            throw file.refused(
                    "depends on another disk, as those with snapshots do; clone it with VBoxManage clonemedium,"
                            + " which makes one that stands alone.");
        }
        long size = header.getLong(DISK_SIZE_AT);
        // As QEMU does; more than can be stays more than can be.
        return size > Long.MAX_VALUE - SECTOR ? size : (size + SECTOR - 1) / SECTOR * SECTOR;
    }

    /** Where the last block ends; QEMU reads zeroes where the file does before. */
    static void requireWhole(HeaderFile file) throws IOException {
        ByteBuffer header = file.read(0, LENGTH, ByteOrder.LITTLE_ENDIAN);
        long blocks = Integer.toUnsignedLong(header.getInt(ALLOCATED_AT));
        long block =
                Integer.toUnsignedLong(header.getInt(BLOCK_SIZE_AT)) + Integer.toUnsignedLong(header.getInt(EXTRA_AT));
        long data = Integer.toUnsignedLong(header.getInt(DATA_AT));
        if (blocks > 0 && (file.size() - data) / blocks < block) {
            throw file.refused("ends before its data do; it was cut off or is damaged.");
        }
    }

    private static boolean hasId(ByteBuffer header, int at) {
        return header.getLong(at) != 0 || header.getLong(at + Long.BYTES) != 0;
    }
}
