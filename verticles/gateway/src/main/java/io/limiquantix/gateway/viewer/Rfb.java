package io.limiquantix.gateway.viewer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What RFB 3.8 says at its beginning (RFC 6143, 7.1) and VeNCrypt adds (the RFB protocol's registry, type 19). */
final class Rfb {
    static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    static final byte NONE = 1;
    static final byte VENCRYPT = 19;
    /** TLS with the server's certificate, then VNC's challenge. */
    static final int X509_VNC = 261;

    /** A security result that is good. */
    static final byte[] OK = new byte[Integer.BYTES];

    /** A viewer's wish to leave others connected. */
    static final byte[] SHARED = {1};

    private static final int FAILED = 1;

    private Rfb() {}

    /** A list of no security types, and why. */
    static byte[] noSecurity(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + text.length)
                .put((byte) 0)
                .putInt(text.length)
                .put(text)
                .array();
    }

    /** A security result that is bad, and why. */
    static byte[] failed(String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Integer.BYTES + text.length)
                .putInt(FAILED)
                .putInt(text.length)
                .put(text)
                .array();
    }
}
