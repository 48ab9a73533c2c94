package io.limiquantix.storage.driver.image.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a QED file, see QEMU's docs/interop/qed_spec.txt. */
final class QedHeader {
    private static final int LENGTH = 64;
    private static final int MAGIC = 0x00444551;
    private static final int FEATURES_AT = 16;
    private static final int IMAGE_SIZE_AT = 48;
    private static final int BACKING_NAME_AT = 56;

    private static final long BACKING_FILE = 1;
    private static final long NEEDS_CHECK = 1 << 1;

    private QedHeader() {}

    static long inspect(HeaderFile file) throws IOException {
        ByteBuffer header = file.upTo(0, LENGTH, ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < LENGTH || header.getInt(0) != MAGIC) {
            throw file.other();
        }
        long features = header.getLong(FEATURES_AT);
        if ((features & BACKING_FILE) != 0 || header.getLong(BACKING_NAME_AT) != 0) {
            throw file.refused("needs a backing file; flatten it with qemu-img convert.");
        }
        if ((features & NEEDS_CHECK) != 0) {
            throw file.refused("was not closed cleanly; repair it with qemu-img check -r all.");
        }
        if (features != 0) {
            throw file.refused("uses features that are not known here: 0x" + Long.toHexString(features) + ".");
        }
        return header.getLong(IMAGE_SIZE_AT);
    }
}
