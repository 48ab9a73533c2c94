package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;

/**
 * The secret key of a cephx user. Its text shows nothing of it.
 *
 * @param base64 of the type, the time of making, the length and the bytes (Ceph's {@code CryptoKey::encode})
 */
record CephxKey(String base64) {
    private static final int HEADER = 12;
    private static final int LENGTH_AT = 10;
    private static final String HOW =
            "The key is no key of a cephx user. It is the one line that \"ceph auth get-key client.USER\" prints.";

    /** @throws StorageException {@code INVALID} without showing what was given */
    static CephxKey of(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new StorageException(
                    StorageException.Reason.INVALID,
                    HOW,
                    Map.of("field", "settings." + ClusterAddress.KEY),
                    // The decoder's message shows a character of the key.
                    new IllegalArgumentException("not base64", e.getCause()));
        }
        if (!isKey(bytes)) {
            throw StorageException.invalid("settings." + ClusterAddress.KEY, HOW);
        }
        return new CephxKey(text);
    }

    private static boolean isKey(byte[] bytes) {
        if (bytes.length <= HEADER) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.getShort(0) > 0 && Short.toUnsignedInt(buffer.getShort(LENGTH_AT)) == bytes.length - HEADER;
    }

    @Override
    public String toString() {
        return "CephxKey[…]";
    }
}
