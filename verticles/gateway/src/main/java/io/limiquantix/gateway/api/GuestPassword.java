package io.limiquantix.gateway.api;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.commons.codec.digest.Sha2Crypt;

/** Turns a guest's password into what its {@code /etc/shadow} holds, so that nothing behind the gateway ever sees it. */
final class GuestPassword {
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SALT_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GuestPassword() {}

    static String hash(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        StringBuilder salt = new StringBuilder("$6$");
        RANDOM.ints(SALT_LENGTH, 0, ALPHABET.length()).forEach(i -> salt.append(ALPHABET.charAt(i)));
        try {
            return Sha2Crypt.sha512Crypt(bytes, salt.toString());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
