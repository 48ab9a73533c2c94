package io.limiquantix.storage.driver.staging;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The checksums that files are published with. */
enum Sum {
    SHA256("SHA-256", "sha256"),
    SHA512("SHA-512", "sha512"),
    MD5("MD5", "md5");

    private static final int BLOCK = 1 << 20;

    private final String spoken;
    /** What requests call it. */
    private final String field;

    Sum(String spoken, String field) {
        this.spoken = spoken;
        this.field = field;
    }

    private @Nullable String of(ExpectedSums expected) {
        return switch (this) {
            case SHA256 -> expected.sha256();
            case SHA512 -> expected.sha512();
            case MD5 -> expected.md5();
        };
    }

    /**
     * Compares the file with what its publisher says of it.
     *
     * @param sha256 that of the file
     * @throws StorageException {@code INVALID} when another one was announced
     */
    static void require(ExpectedSums expected, String sha256, Path file) throws IOException {
        for (Sum sum : values()) {
            String wanted = sum.of(expected);
            String actual = wanted == null || sum == SHA256 ? sha256 : sum.read(file);
            if (wanted != null && !wanted.equals(actual)) {
                throw StorageException.invalid(
                        sum.field,
                        "The " + sum.spoken + " of the bytes that arrived is " + actual
                                + ", not the one announced: the file was changed or damaged on the way.");
            }
        }
    }

    MessageDigest begin() {
        try {
            return MessageDigest.getInstance(spoken);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + spoken, e);
        }
    }

    /** That of a whole file, hexadecimal. */
    String read(Path file) throws IOException {
        MessageDigest digest = begin();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (in.read(block.clear()) >= 0) {
                digest.update(block.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
