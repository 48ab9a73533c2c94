package io.limiquantix.identity;

import io.limiquantix.bus.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that nobody can guess: 256 bits from the system's generator, as URL-safe text. */
final class RandomTokens {
    private static final int TOKEN_BYTES = 32;
    private static final int PASSWORD_BYTES = 18;

    private final SecureRandom random = new SecureRandom();

    Secret token() {
        return text(TOKEN_BYTES);
    }

    /** 24 characters that a person can type. */
    Secret password() {
        return text(PASSWORD_BYTES);
    }

    private Secret text(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    }

    static byte[] sha256(Secret token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
