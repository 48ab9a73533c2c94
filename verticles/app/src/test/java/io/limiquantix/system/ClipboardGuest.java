package io.limiquantix.system;

import io.limiquantix.runtime.testing.Eventually;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Does in a guest without a desktop what spice-vdagent does in one that has it: copies a text, and pastes what was copied elsewhere. Speaks
 * as spice-protocol's vd_agent.h has it, by the shell, at the port that the agent would open.
 */
final class ClipboardGuest {
    private static final int TEXT = 1;
    private static final int CLIPBOARD = 4;
    private static final int CAPABILITIES = 6;
    private static final int GRAB = 7;
    private static final int REQUEST = 8;
    /** That a clipboard is given when it is asked for, and that there are several; this one is the first. */
    private static final int BY_DEMAND_AND_SELECTION = 1 << 5 | 1 << 6;

    private final GuestShell shell;

    ClipboardGuest(String vmId) {
        this.shell = new GuestShell(vmId);
    }

    /** Begins to listen, and copies a text. */
    void copy(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String copied = said(CAPABILITIES, words(0, BY_DEMAND_AND_SELECTION))
                + said(GRAB, words(0, TEXT))
                + said(
                        CLIPBOARD,
                        ByteBuffer.allocate(8 + bytes.length)
                                .put(words(0, TEXT))
                                .put(bytes)
                                .array());
        // The port has one opener at a time, and what was copied is forgotten when it is closed.
        shell.run("mkfifo /tmp/paste; (exec 3<>/dev/virtio-ports/com.redhat.spice.0; printf '" + copied
                + "' >&3; cat <&3 >/tmp/heard & read line </tmp/paste; printf '" + said(REQUEST, words(0, TEXT))
                + "' >&3; wait) </dev/null >/dev/null 2>&1 &");
    }

    /** Waits until it is said that something was copied elsewhere, and asks for it. */
    void paste() {
        String grab = new String(words(GRAB), StandardCharsets.ISO_8859_1);
        Eventually.get(this::heard, heard -> heard.contains(grab));
        shell.run("echo >/tmp/paste");
    }

    void awaitPasted(String text) {
        Eventually.get(
                this::heard, heard -> new String(heard.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .contains(text));
    }

    /** All that came so far, a character for each byte. */
    private String heard() {
        return new String(Base64.getMimeDecoder().decode(shell.run("base64 /tmp/heard")), StandardCharsets.ISO_8859_1);
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    /** A message in one chunk, as printf takes it. */
    private static String said(int type, byte[] data) {
        byte[] message = ByteBuffer.allocate(28 + data.length)
                .put(words(1, 20 + data.length, 1, type, 0, 0, data.length))
                .put(data)
                .array();
        StringBuilder escaped = new StringBuilder();
        for (byte one : message) {
            escaped.append("\\%03o".formatted(one & 0xff));
        }
        return escaped.toString();
    }
}
