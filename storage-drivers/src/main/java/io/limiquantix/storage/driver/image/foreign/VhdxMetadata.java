package io.limiquantix.storage.driver.image.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What a VHDX file says of itself, see Microsoft's [MS-VHDX], sections 2.2 and 2.6. */
final class VhdxMetadata {
    private static final ByteBuffer FILE = StandardCharsets.US_ASCII.encode("vhdxfile");
    private static final ByteBuffer REGIONS = StandardCharsets.US_ASCII.encode("regi");
    private static final ByteBuffer METADATA = StandardCharsets.US_ASCII.encode("metadata");
    private static final long[] REGIONS_AT = {192 << 10, 256 << 10};
    private static final int TABLE_BYTES = 64 << 10;
    private static final int MOST_ENTRIES = 2047;
    private static final int REGION_COUNT_AT = 8;
    private static final int FIRST_REGION = 16;
    private static final int ITEM_COUNT_AT = 10;
    private static final int FIRST_ITEM = 32;
    private static final int ENTRY_BYTES = 32;
    private static final int OFFSET_IN_ENTRY = 16;

    private static final UUID METADATA_REGION = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
    private static final UUID FILE_PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static final UUID DISK_SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
    private static final UUID PARENT_LOCATOR = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");
    private static final int HAS_PARENT = 1 << 1;

    private final HeaderFile file;
    private long diskBytes = -1;

    private VhdxMetadata(HeaderFile file) {
        this.file = file;
    }

    static long inspect(HeaderFile file) throws IOException {
        if (!file.upTo(0, FILE.limit(), ByteOrder.LITTLE_ENDIAN).equals(FILE)) {
            throw file.other();
        }
        VhdxMetadata metadata = new VhdxMetadata(file);
        // There are two tables, as one may be damaged; both are looked at, whichever is the one that a reader believes.
        for (long at : REGIONS_AT) {
            metadata.readRegions(at);
        }
        if (metadata.diskBytes < 0) {
            throw file.refused("does not say how large its disk is; it is damaged.");
        }
        return metadata.diskBytes;
    }

    private void readRegions(long at) throws IOException {
        ByteBuffer table = file.read(at, TABLE_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!begins(table, REGIONS)) {
            return;
        }
        int count = count(table.getInt(REGION_COUNT_AT));
        for (int i = 0; i < count; i++) {
            int entry = FIRST_REGION + i * ENTRY_BYTES;
            if (id(table, entry).equals(METADATA_REGION)) {
                readItems(table.getLong(entry + OFFSET_IN_ENTRY));
            }
        }
    }

    private void readItems(long at) throws IOException {
        ByteBuffer table = file.read(at, TABLE_BYTES, ByteOrder.LITTLE_ENDIAN);
        if (!begins(table, METADATA)) {
            throw file.refused("has no metadata where it says so; it is damaged.");
        }
        int count = count(Short.toUnsignedInt(table.getShort(ITEM_COUNT_AT)));
        for (int i = 0; i < count; i++) {
            int entry = FIRST_ITEM + i * ENTRY_BYTES;
            readItem(id(table, entry), at + Integer.toUnsignedLong(table.getInt(entry + OFFSET_IN_ENTRY)));
        }
    }

    private void readItem(UUID id, long at) throws IOException {
        if (id.equals(PARENT_LOCATOR)) {
            refuseParent();
        } else if (id.equals(FILE_PARAMETERS)) {
            ByteBuffer parameters = file.read(at, 2 * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
            if ((parameters.getInt(Integer.BYTES) & HAS_PARENT) != 0) {
                refuseParent();
            }
        } else if (id.equals(DISK_SIZE)) {
            long bytes = file.read(at, Long.BYTES, ByteOrder.LITTLE_ENDIAN).getLong(0);
            if (diskBytes >= 0 && bytes != diskBytes) {
                throw file.refused("says two sizes of its disk; it is damaged.");
            }
            diskBytes = bytes;
        }
    }

    private void refuseParent() {
        throw file.refused("holds only the differences to another disk; merge it into that first, with Hyper-V's Edit"
                + " Virtual Hard Disk.");
    }

    private int count(int stated) {
        if (stated < 0 || stated > MOST_ENTRIES - 1) {
            throw file.refused("has a table with too many entries; it is damaged.");
        }
        return stated;
    }

    private static boolean begins(ByteBuffer bytes, ByteBuffer with) {
        return bytes.slice(0, with.limit()).equals(with);
    }

    /** A GUID's first three parts are numbers in little endian. */
    private static UUID id(ByteBuffer table, int at) {
        long high = Integer.toUnsignedLong(table.getInt(at)) << Integer.SIZE
                | Short.toUnsignedLong(table.getShort(at + Integer.BYTES)) << Short.SIZE
                | Short.toUnsignedLong(table.getShort(at + Integer.BYTES + Short.BYTES));
        return new UUID(high, Long.reverseBytes(table.getLong(at + Long.BYTES)));
    }
}
