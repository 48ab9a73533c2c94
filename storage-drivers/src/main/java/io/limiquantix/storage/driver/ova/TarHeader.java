package io.limiquantix.storage.driver.ova;

import java.nio.charset.StandardCharsets;

/**
 * One block that announces a member, see POSIX.1-2017, pax, "ustar Interchange Format", and GNU tar's manual, "Basic Tar Format" with
 * its sizes in base 256.
 *
 * @param size of the member as the block says it
 */
record TarHeader(String name, char type, long size) {
    static final int BLOCK = 512;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final String MAGIC = "ustar\0";
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int BASE_256 = 0x80;

    /** @param block one that is not all zeroes */
    static TarHeader read(byte[] block) {
        requireChecksum(block);
        String name = text(block, 0, NAME_BYTES);
        boolean posix = new String(block, MAGIC_AT, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC);
        String prefix = posix ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
        return new TarHeader(
                prefix.isEmpty() ? name : prefix + "/" + name,
                (char) (block[TYPE_AT] & 0xff),
                number(block, SIZE_AT, SIZE_BYTES));
    }

    private static void requireChecksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : block[i] & 0xff;
        }
        if (sum != number(block, CHECKSUM_AT, CHECKSUM_BYTES)) {
            throw Refusal.of("is no tar archive, or it is damaged.");
        }
    }

    private static String text(byte[] block, int at, int most) {
        int end = at;
        while (end < at + most && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private static long number(byte[] block, int at, int length) {
        if ((block[at] & BASE_256) != 0) {
            return base256(block, at, length);
        }
        String digits = text(block, at, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw Refusal.of("is no tar archive, or it is damaged.");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    /** Of what is no plain positive number nobody knows what it should be. */
    private static long base256(byte[] block, int at, int length) {
        int first = at + length - Long.BYTES;
        long number = 0;
        for (int i = at; i < at + length; i++) {
            int value = i == at ? block[i] & 0x7f : block[i] & 0xff;
            if (i < first && value != 0) {
                throw Refusal.of("has a member of impossible size.");
            }
            number = number << Byte.SIZE | value;
        }
        if (number < 0) {
            throw Refusal.of("has a member of impossible size.");
        }
        return number;
    }
}
