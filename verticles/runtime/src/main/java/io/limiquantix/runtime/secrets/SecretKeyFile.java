package io.limiquantix.runtime.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** 32 random bytes in base64 on one line, for their owner alone. */
final class SecretKeyFile {
    private static final int KEY_BYTES = 32;

    private SecretKeyFile() {}

    /** Reads the key, or makes it where there is no file yet. */
    static SecretKey readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length != KEY_BYTES) {
                throw new IllegalStateException(
                        file + " holds " + key.length + " bytes and not a key of " + KEY_BYTES + ".");
            }
            return new SecretKeySpec(key, "AES");
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " holds no key in base64.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The key " + file + " cannot be used", e);
        }
    }

    /** Whole or not at all: a key that was half written would make what it sealed unreadable for ever. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path aside = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                ".secrets",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(aside, Base64.getEncoder().encodeToString(key) + "\n");
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.READ)) {
                channel.force(true);
            }
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException _) {
            // Another process was faster; its key is the key.
        } finally {
            Files.delete(aside);
        }
    }
}
