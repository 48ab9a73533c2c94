package io.limiquantix.gateway.viewer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The beginning of a viewer's connection, as far as its answer to the challenge: RFB 3.8 with VeNCrypt's X509Vnc and
 * nothing else. Who has no TLS is refused.
 */
final class ViewerHandshake {
    private static final byte[] VENCRYPT_VERSION = {0, 2};
    private static final byte[] ONE_SECURITY_TYPE = {1, Rfb.VENCRYPT};
    private static final byte[] VERSION_ACCEPTED = {0};
    private static final byte[] VERSION_REFUSED = {(byte) 0xff};
    private static final byte[] SUBTYPE_REFUSED = {0};
    private static final byte[] SUBTYPE_ACCEPTED = {1};

    private final Peer viewer;

    ViewerHandshake(Peer viewer) {
        this.viewer = viewer;
    }

    /**
     * @param lockedFor how long the viewer's address is not listened to
     * @return what the viewer made of the challenge
     * @throws PeerGoneException when it does not come so far; the viewer was told why if it can be told
     */
    byte[] perform(byte[] challenge, Optional<Duration> lockedFor) {
        viewer.write(Rfb.VERSION);
        byte[] version = viewer.read(Rfb.VERSION.length);
        if (!Arrays.equals(version, Rfb.VERSION)) {
            throw refused("This server speaks RFB 3.8 only.");
        }
        if (lockedFor.isPresent()) {
            long minutes = lockedFor.get().toMinutes() + 1;
            throw refused("Too many wrong tickets. Try again in " + minutes + " minutes.");
        }
        agreeOnTls();
        viewer.write(challenge);
        return viewer.read(VncChallenge.BYTES);
    }

    private void agreeOnTls() {
        viewer.write(ONE_SECURITY_TYPE);
        byte[] chosen = viewer.read(1);
        if (chosen[0] != Rfb.VENCRYPT) {
            throw new PeerGoneException("it wants the security type " + chosen[0] + ", which was not offered");
        }
        viewer.write(VENCRYPT_VERSION);
        if (!Arrays.equals(viewer.read(VENCRYPT_VERSION.length), VENCRYPT_VERSION)) {
            viewer.write(VERSION_REFUSED);
            throw new PeerGoneException("it speaks another version of VeNCrypt");
        }
        viewer.write(VERSION_ACCEPTED);
        viewer.write(ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 1)
                .putInt(Rfb.X509_VNC)
                .array());
        int subtype = ByteBuffer.wrap(viewer.read(Integer.BYTES)).getInt();
        if (subtype != Rfb.X509_VNC) {
            viewer.write(SUBTYPE_REFUSED);
            throw new PeerGoneException("it wants VeNCrypt's type " + subtype + ", which was not offered");
        }
        viewer.startTls(SUBTYPE_ACCEPTED);
    }

    private PeerGoneException refused(String reason) {
        viewer.write(Rfb.noSecurity(reason));
        return new PeerGoneException(reason);
    }
}
