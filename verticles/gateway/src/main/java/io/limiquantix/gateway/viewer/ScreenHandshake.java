package io.limiquantix.gateway.viewer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The gateway's part towards QEMU: RFB 3.8 without security, as far as QEMU's agreement. */
final class ScreenHandshake {
    private ScreenHandshake() {}

    /** @throws PeerGoneException when QEMU is not as LimiQuantix starts it */
    static void perform(Peer qemu) {
        byte[] version = qemu.read(Rfb.VERSION.length);
        if (!Arrays.equals(version, Rfb.VERSION)) {
            throw new PeerGoneException("QEMU does not speak RFB 3.8");
        }
        qemu.write(Rfb.VERSION);
        int count = Byte.toUnsignedInt(qemu.read(1)[0]);
        byte[] types = qemu.read(count);
        if (!contains(types, Rfb.NONE)) {
            throw new PeerGoneException("the VM's screen has a password that LimiQuantix was not given");
        }
        qemu.write(new byte[] {Rfb.NONE});
        if (ByteBuffer.wrap(qemu.read(Integer.BYTES)).getInt() != 0) {
            throw new PeerGoneException("QEMU refuses to show the VM's screen");
        }
    }

    private static boolean contains(byte[] types, byte wanted) {
        for (byte type : types) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }
}
