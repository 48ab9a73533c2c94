package io.limiquantix.runtime.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line as {@code ssh-keygen} writes it to a {@code .pub} file: type, base64 and a comment; no options (sshd(8)).
 *
 * @param base64 the key as RFC 4253, section 6.6, has it
 * @param comment empty when there is none
 */
public record SshPublicKey(String type, String base64, String comment) {
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final Pattern LINE = Pattern.compile("(\\S+) +([A-Za-z0-9+/]+={0,2})(?: +([^\\p{Cntrl}]*))?");
    private static final int LEAST_KEY_BYTES = 32;
    private static final int LEAST_RSA_BYTES = 128;
    private static final String RSA = "ssh-rsa";

    /** What is wrong with the line, as a sentence without a subject; absent when nothing is. */
    public static Optional<String> problem(String line) {
        if (line.contains("PRIVATE KEY")) {
            return Optional.of("is a private key: keep it to yourself, and give the line from the .pub file.");
        }
        if (line.chars().anyMatch(c -> c < ' ' || c == '\u007f')) {
            return Optional.of("must be one line without control characters.");
        }
        String type = line.split(" ", 2)[0];
        if (!TYPES.contains(type)) {
            return Optional.of("must begin with a key type such as ssh-ed25519; options are not accepted.");
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.of("has no base64 after its type.");
        }
        return blobProblem(type, parts.group(2));
    }

    /** @throws IllegalArgumentException for a line with a {@link #problem} */
    public static SshPublicKey parse(String line) {
        Optional<String> problem = problem(line);
        Matcher parts = LINE.matcher(line);
        if (problem.isPresent() || !parts.matches()) {
            throw new IllegalArgumentException("the line " + problem.orElse("is no key."));
        }
        String comment = parts.group(3);
        return new SshPublicKey(parts.group(1), parts.group(2), comment == null ? "" : comment.strip());
    }

    /** As {@code ssh-keygen -l} shows it: {@code SHA256:} and base64 without padding. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Optional<String> blobProblem(String type, String base64) {
        ByteBuffer blob;
        try {
            blob = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.of("does not hold valid base64.");
        }
        Optional<String> inner = string(blob).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        if (!inner.equals(Optional.of(type))) {
            return Optional.of("does not hold a key of the type that it names.");
        }
        int longest = 0;
        while (blob.hasRemaining()) {
            Optional<byte[]> field = string(blob);
            if (field.isEmpty()) {
                return Optional.of("holds a key that is cut off.");
            }
            longest = Math.max(longest, field.get().length);
        }
        if (longest < LEAST_KEY_BYTES) {
            return Optional.of("holds no key, or one that is too short to be one.");
        }
        return type.equals(RSA) && longest < LEAST_RSA_BYTES
                ? Optional.of("holds an RSA key of less than 1,024 bits, which no sshd accepts.")
                : Optional.empty();
    }

    /** The next length-prefixed string (RFC 4251, section 5), empty when the bytes end before it does. */
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
