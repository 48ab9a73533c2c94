package io.limiquantix.gateway.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A line of {@code authorized_keys} without options (sshd(8)). */
final class SshKey {
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private SshKey() {}

    /** What is wrong with the line, absent when nothing is. */
    static Optional<String> problem(String line) {
        if (line.chars().anyMatch(c -> c < ' ' || c == 127)) {
            return Optional.of("must be one line without control characters.");
        }
        String[] parts = line.strip().split(" +", 3);
        if (!TYPES.contains(parts[0])) {
            return Optional.of("must begin with a key type such as ssh-ed25519; options are not accepted.");
        }
        if (parts.length < 2) {
            return Optional.of("has no key after its type.");
        }
        return blobProblem(parts[0], parts[1]);
    }

    private static Optional<String> blobProblem(String type, String base64) {
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            Optional<String> inner = string(blob).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
            if (!inner.equals(Optional.of(type))) {
                return Optional.of("does not hold a key of the type that it names.");
            }
            int fields = 0;
            while (blob.hasRemaining()) {
                if (string(blob).isEmpty()) {
                    return Optional.of("holds a key that is cut off.");
                }
                fields++;
            }
            return fields == 0 ? Optional.of("holds no key.") : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("does not hold valid base64.");
        }
    }

    /** The next length-prefixed string (RFC 4251), empty when the bytes end before it does. */
    private static Optional<byte[]> string(ByteBuffer blob) {
        if (blob.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = blob.getInt();
        if (length < 0 || length > blob.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        blob.get(bytes);
        return Optional.of(bytes);
    }
}
