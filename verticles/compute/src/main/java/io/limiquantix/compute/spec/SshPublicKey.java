package io.limiquantix.compute.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line as {@code ssh-keygen} writes it to a {@code .pub} file: type, base64 and a comment; no options. */
final class SshPublicKey {
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final Pattern LINE = Pattern.compile("(\\S+) ([A-Za-z0-9+/]+={0,2})( [^\\p{Cntrl}]*)?");
    private static final int LENGTH_BYTES = 4;
    private static final int LEAST_KEY_BYTES = 32;

    private SshPublicKey() {}

    static void check(String line, String field) {
        Check.that(
                !line.contains("PRIVATE KEY"),
                field,
                "This is a private key: keep it to yourself, and give the line from the .pub file.");
        Matcher parts = LINE.matcher(line);
        Check.that(
                parts.matches(),
                field,
                "An SSH key is one line: its type, a space, base64, and a comment if you like; " + Check.shown(line)
                        + " is not.");
        String type = parts.group(1);
        Check.that(
                TYPES.contains(type),
                field,
                "SSH keys of type " + Check.shown(type) + " are not accepted; ed25519, RSA and ECDSA keys are.");
        Optional<String> inside = typeInside(parts.group(2));
        Check.that(
                inside.isPresent() && inside.get().equals(type),
                field,
                "This SSH key is damaged: what its base64 says is not a key of type " + type + ".");
    }

    /** RFC 4253: the key begins with its type, and something follows. */
    private static Optional<String> typeInside(String base64) {
        ByteBuffer blob;
        try {
            blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (blob.remaining() < LENGTH_BYTES) {
            return Optional.empty();
        }
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining() - LEAST_KEY_BYTES) {
            return Optional.empty();
        }
        byte[] type = new byte[length];
        blob.get(type);
        return Optional.of(new String(type, StandardCharsets.US_ASCII));
    }
}
