package io.limiquantix.storage.driver.image.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The footer of a VHD file, see Microsoft's "Virtual Hard Disk Image Format Specification". One that grows has a copy of it at its
 * beginning.
 */
final class VhdFooter {
    private static final int LENGTH = 512;
    private static final int DYNAMIC_LENGTH = 1024;
    private static final int DYNAMIC_AT = 16;
    private static final int CURRENT_SIZE_AT = 48;
    private static final int TYPE_AT = 60;
    private static final int PARENT_ID_AT = 40;
    private static final ByteBuffer COOKIE = StandardCharsets.US_ASCII.encode("conectix");
    private static final ByteBuffer DYNAMIC_COOKIE = StandardCharsets.US_ASCII.encode("cxsparse");

    private static final int FIXED = 2;
    private static final int DYNAMIC = 3;
    private static final int DIFFERENCING = 4;

    private VhdFooter() {}

    static long inspect(HeaderFile file) throws IOException {
        ByteBuffer first = file.upTo(0, LENGTH, ByteOrder.BIG_ENDIAN);
        ByteBuffer last = file.upTo(Math.max(0, file.size() - LENGTH), LENGTH, ByteOrder.BIG_ENDIAN);
        refuseDifferences(file, first);
        refuseDifferences(file, last);
        if (isFooter(first, DYNAMIC)) {
            refuseParent(file, first.getLong(DYNAMIC_AT));
            return bytes(first);
        }
        if (isFooter(last, FIXED)) {
            return bytes(last);
        }
        throw file.other();
    }

    private static void refuseDifferences(HeaderFile file, ByteBuffer footer) {
        if (isFooter(footer, DIFFERENCING)) {
            throw file.refused("holds only the differences to another disk; merge it into that first, with Hyper-V's"
                    + " Edit Virtual Hard Disk.");
        }
    }

    private static void refuseParent(HeaderFile file, long at) throws IOException {
        ByteBuffer dynamic = file.read(at, DYNAMIC_LENGTH, ByteOrder.BIG_ENDIAN);
        if (!dynamic.slice(0, DYNAMIC_COOKIE.limit()).equals(DYNAMIC_COOKIE)) {
            throw file.refused("has no header where it says so; it is damaged.");
        }
        if (dynamic.getLong(PARENT_ID_AT) != 0 || dynamic.getLong(PARENT_ID_AT + Long.BYTES) != 0) {
            throw file.refused("has a parent, and holds only the differences to it; merge it into that first.");
        }
    }

    private static boolean isFooter(ByteBuffer bytes, int type) {
        return bytes.limit() == LENGTH
                && bytes.slice(0, COOKIE.limit()).equals(COOKIE)
                && bytes.getInt(TYPE_AT) == type;
    }

    /** Of programs that go by cylinders QEMU makes another size, which is looked at then. */
    private static long bytes(ByteBuffer footer) {
        return footer.getLong(CURRENT_SIZE_AT);
    }
}
