package io.limiquantix.host.stream;

import io.vertx.core.buffer.Buffer;

/** The last bytes of a serial port. Used by one thread. */
final class Scrollback {
    static final int BYTES = 64 << 10;

    private final byte[] ring = new byte[BYTES];
    private long written;

    void add(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        for (int from = Math.max(0, bytes.length - BYTES); from < bytes.length; ) {
            int at = (int) ((written + from) % BYTES);
            int count = Math.min(bytes.length - from, BYTES - at);
            System.arraycopy(bytes, from, ring, at, count);
            from += count;
        }
        written += bytes.length;
    }

    /** Oldest first. */
    Buffer contents() {
        int end = (int) (written % BYTES);
        Buffer all = Buffer.buffer();
        if (written >= BYTES) {
            all.appendBytes(ring, end, BYTES - end);
        }
        return all.appendBytes(ring, 0, end);
    }
}
