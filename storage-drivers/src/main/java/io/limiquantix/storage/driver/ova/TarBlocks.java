package io.limiquantix.storage.driver.ova;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Blocks of an archive that is written, see POSIX.1-2017, pax, "ustar Interchange Format". A size that has no room there in octal
 * digits, from 8 GiB on, is written in base 256, as GNU tar's manual has it in "Basic Tar Format".
 */
final class TarBlocks {
    static final int BLOCK = TarHeader.BLOCK;

    private static final int NAME_BYTES = 100;
    private static final int MODE_AT = 100;
    private static final int USER_AT = 108;
    private static final int GROUP_AT = 116;
    private static final int SIZE_AT = 124;
    private static final int TIME_AT = 136;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int SHORT_DIGITS = 7;
    private static final int LONG_DIGITS = 11;
    private static final int LONG_BYTES = 12;
    private static final long MOST_OCTAL = (1L << (3 * LONG_DIGITS)) - 1;
    private static final int READABLE = 0644;

    private TarBlocks() {}

    /**
     * The block that announces a file.
     *
     * @param name at most 100 characters of ASCII
     * @param bytes how many it has
     */
    static ByteBuffer header(String name, long bytes, Instant changed) {
        byte[] block = new byte[BLOCK];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        if (text.length > NAME_BYTES) {
            throw new IllegalArgumentException("a name of " + text.length + " bytes");
        }
        put(block, 0, text);
        octal(block, MODE_AT, SHORT_DIGITS, READABLE);
        octal(block, USER_AT, SHORT_DIGITS, 0);
        octal(block, GROUP_AT, SHORT_DIGITS, 0);
        if (bytes <= MOST_OCTAL) {
            octal(block, SIZE_AT, LONG_DIGITS, bytes);
        } else {
            ByteBuffer.wrap(block).putLong(SIZE_AT + LONG_BYTES - Long.BYTES, bytes);
            block[SIZE_AT] = (byte) 0x80;
        }
        octal(block, TIME_AT, LONG_DIGITS, changed.getEpochSecond());
        block[TYPE_AT] = '0';
        put(block, MAGIC_AT, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        putChecksum(block);
        return ByteBuffer.wrap(block);
    }

    private static void putChecksum(byte[] block) {
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII));
    }

    private static void octal(byte[] block, int at, int digits, long number) {
        String text = Long.toOctalString(number);
        put(block, at, ("0".repeat(digits - text.length()) + text).getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** How many bytes a file takes after its header, as members begin at whole blocks. */
    static long padded(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** What ends an archive. */
    static ByteBuffer end() {
        return ByteBuffer.allocate(2 * BLOCK);
    }
}
