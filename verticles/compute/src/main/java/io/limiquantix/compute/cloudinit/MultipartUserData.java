package io.limiquantix.compute.cloudinit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** A cloud-config and a script in one document, as MIME (RFC 2046), which cloud-init takes apart by its parts' types. */
final class MultipartUserData {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private MultipartUserData() {}

    /** As a guest reads it. */
    static String of(String cloudConfig, String script) {
        return document(cloudConfig, script, false);
    }

    /** The same with its parts as people read them, whatever letters they have. */
    static String readable(String cloudConfig, String script) {
        return document(cloudConfig, script, true);
    }

    private static String document(String cloudConfig, String script, boolean isReadable) {
        // Made of what is between: none of the parts can hold it.
        String boundary =
                "limiquantix-" + UUID.nameUUIDFromBytes((cloudConfig + script).getBytes(StandardCharsets.UTF_8));
        return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\nMIME-Version: 1.0\n\n"
                + part(boundary, "cloud-config", "cloud-config.txt", cloudConfig, isReadable)
                + part(boundary, "x-shellscript", "user-script.sh", script, isReadable)
                + "--" + boundary + "--\n";
    }

    private static String part(String boundary, String type, String fileName, String text, boolean isReadable) {
        // cloud-init 22.4 takes the bytes of a plain part for ISO 8859-1.
        boolean isPlain = isReadable || text.chars().allMatch(c -> c < 0x80);
        return "--" + boundary + "\nContent-Type: text/" + type + "; charset=\"utf-8\"\nMIME-Version: 1.0\n"
                + "Content-Transfer-Encoding: " + (isPlain ? "7bit" : "base64")
                + "\nContent-Disposition: attachment; filename=\"" + fileName + "\"\n\n"
                + (isPlain ? text : LINES.encodeToString(text.getBytes(StandardCharsets.UTF_8))) + "\n";
    }
}
