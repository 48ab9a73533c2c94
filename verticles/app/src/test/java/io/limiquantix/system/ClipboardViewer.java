package io.limiquantix.system;

import io.limiquantix.runtime.testing.RfbViewer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A viewer's half of the pseudo-encoding Extended Clipboard (the community's rfbproto, "Extended Clipboard Pseudo-Encoding"), of texts
 * only, as noVNC speaks it; for a viewer whose handshake is over, and which asks for no pictures.
 */
final class ClipboardViewer {
    private static final int ENCODING = 0xC0A1E5CE;
    private static final int TEXT = 1;
    private static final int CAPABILITIES = 1 << 24;
    private static final int REQUEST = 1 << 25;
    private static final int NOTIFY = 1 << 27;
    private static final int PROVIDE = 1 << 28;

    private final RfbViewer viewer;

    private ClipboardViewer(RfbViewer viewer) {
        this.viewer = viewer;
    }

    /** Says that it has one, and hears what the server can do. */
    static ClipboardViewer on(RfbViewer viewer) {
        viewer.write(ByteBuffer.allocate(8)
                .put((byte) 2)
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(ENCODING)
                .array());
        ClipboardViewer clipboard = new ClipboardViewer(viewer);
        clipboard.expect(CAPABILITIES | TEXT);
        return clipboard;
    }

    /** Waits until something is copied at the other side; returns it. */
    String copiedThere() {
        expect(NOTIFY | TEXT);
        send(REQUEST | TEXT, new byte[0]);
        byte[] packed = expect(PROVIDE | TEXT);
        try (var inflated = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            int length = ByteBuffer.wrap(inflated.readNBytes(Integer.BYTES)).getInt();
            return new String(inflated.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that something was copied here. */
    void copyHere() {
        send(NOTIFY | TEXT, new byte[0]);
    }

    /** Waits until the other side wants what was copied here, and gives it. */
    void give(String text) {
        expect(REQUEST | TEXT);
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(packed)) {
            deflated.write(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            deflated.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(PROVIDE | TEXT, packed.toByteArray());
    }

    private void send(int flags, byte[] data) {
        viewer.write(ByteBuffer.allocate(12 + data.length)
                .putInt(6 << 24)
                .putInt(-(Integer.BYTES + data.length))
                .putInt(flags)
                .put(data)
                .array());
    }

    /** What follows the flags of the next message, which has at least these. */
    private byte[] expect(int flags) {
        ByteBuffer head = ByteBuffer.wrap(viewer.read(12));
        int said = head.getInt(8);
        if (head.get(0) != 3 || (said & flags) != flags) {
            throw new AssertionError("the server says " + Arrays.toString(head.array()));
        }
        return viewer.read(-head.getInt(4) - Integer.BYTES);
    }
}
