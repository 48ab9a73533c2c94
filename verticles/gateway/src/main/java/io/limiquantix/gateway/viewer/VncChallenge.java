package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * VNC Authentication (RFC 6143, 7.2.2): 16 random bytes that a viewer encrypts by DES with its password, of which eight
 * characters count. Weak by itself, so it is only spoken inside TLS and with passwords that work once.
 */
public final class VncChallenge {
    static final int BYTES = 16;
    private static final int KEY_BYTES = 8;

    private VncChallenge() {}

    static byte[] make(SecureRandom random) {
        byte[] challenge = new byte[BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    /** Whether this is what somebody with the password answers; takes as long for a wrong answer as for a right one. */
    public static boolean fits(Secret password, byte[] challenge, byte[] answer) {
        return MessageDigest.isEqual(answer(password, challenge), answer);
    }

    /** What a viewer with the password answers. */
    // The protocol wants this cipher.
    @SuppressWarnings("InsecureCryptoUsage")
    public static byte[] answer(Secret password, byte[] challenge) {
        byte[] key = Arrays.copyOf(password.reveal().getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
        for (int i = 0; i < KEY_BYTES; i++) {
            // VNC takes each byte's lowest bit for its first one (RFC 6143, errata 4951).
            key[i] = (byte) (Integer.reverse(key[i]) >>> 24);
        }
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has DES", e);
        }
    }
}
