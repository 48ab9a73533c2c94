package io.limiquantix.runtime.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** A viewer of RFB 3.8 that speaks VeNCrypt's X509Vnc, step by step, so that a test can do each of them wrongly. */
public final class RfbViewer implements AutoCloseable {
    public static final String VERSION = "RFB 003.008\n";

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int X509_VNC = 261;

    private final int port;
    private Socket socket;
    private DataInputStream in;

    private RfbViewer(int port) {
        try {
            this.port = port;
            this.socket = new Socket("localhost", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            this.in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only connects. */
    public static RfbViewer connect(int port) {
        return new RfbViewer(port);
    }

    /** As a viewer does it as far as the security result; empty when it is good, else the server's reason. */
    public String open(SSLContext tls, String ticket) {
        agree(VERSION);
        chooseVenCrypt();
        startTls(tls);
        return answerChallenge(ticket);
    }

    /** Hears the server's version and says another; returns the security types, or throws what the server refuses with. */
    public List<Integer> agree(String version) {
        String server = new String(read(VERSION.length()), StandardCharsets.US_ASCII);
        if (!server.equals(VERSION)) {
            throw new AssertionError("the server speaks " + server);
        }
        write(version.getBytes(StandardCharsets.US_ASCII));
        int count = read(1)[0];
        if (count == 0) {
            throw new IllegalStateException(reason());
        }
        byte[] types = read(count);
        return new String(types, StandardCharsets.ISO_8859_1).chars().boxed().toList();
    }

    /** As far as the last byte before TLS. */
    public void chooseVenCrypt() {
        write(new byte[] {19});
        expect(new byte[] {0, 2});
        write(new byte[] {0, 2});
        expect(new byte[] {0, 1, 0, 0, 1, 5});
        write(ByteBuffer.allocate(Integer.BYTES).putInt(X509_VNC).array());
        expect(new byte[] {1});
    }

    public void startTls(SSLContext context) {
        try {
            socket = context.getSocketFactory().createSocket(socket, "localhost", port, true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String answerChallenge(String ticket) {
        write(encrypted(ticket, read(16)));
        return ByteBuffer.wrap(read(Integer.BYTES)).getInt() == 0 ? "" : reason();
    }

    private static byte[] encrypted(String ticket, byte[] challenge) {
        byte[] key = ticket.getBytes(StandardCharsets.US_ASCII);
        byte[] mirrored = new byte[8];
        for (int i = 0; i < Math.min(key.length, 8); i++) {
            for (int bit = 0; bit < 8; bit++) {
                mirrored[i] |= (byte) (((key[i] >> bit) & 1) << (7 - bit));
            }
        }
        try {
            Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(mirrored, "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public record Size(int width, int height) {}

    /** The end of the handshake; others may look, too. */
    public Size begin() {
        write(new byte[] {1});
        ByteBuffer init = ByteBuffer.wrap(read(24));
        read(init.getInt(20));
        return new Size(init.getShort(0), init.getShort(2));
    }

    /** The whole picture in raw encoding, with 32 bits for each point as QEMU has them: blue, green, red, nothing. */
    public byte[] picture(Size size) {
        write(new byte[] {2, 0, 0, 1, 0, 0, 0, 0});
        write(ByteBuffer.allocate(10)
                .put((byte) 3)
                .put((byte) 0)
                .putInt(0)
                .putShort((short) size.width())
                .putShort((short) size.height())
                .array());
        byte[] picture = new byte[4 * size.width() * size.height()];
        int rectangles = ByteBuffer.wrap(read(4)).getShort(2);
        for (int i = 0; i < rectangles; i++) {
            ByteBuffer place = ByteBuffer.wrap(read(12));
            int line = 4 * place.getShort(4);
            for (int y = 0; y < place.getShort(6); y++) {
                int at = 4 * ((place.getShort(2) + y) * size.width() + place.getShort(0));
                System.arraycopy(read(line), 0, picture, at, line);
            }
        }
        return picture;
    }

    private String reason() {
        return new String(read(ByteBuffer.wrap(read(Integer.BYTES)).getInt()), StandardCharsets.UTF_8);
    }

    private void expect(byte[] expected) {
        byte[] said = read(expected.length);
        if (!Arrays.equals(said, expected)) {
            throw new AssertionError("the server says " + Arrays.toString(said));
        }
    }

    public byte[] read(int count) {
        try {
            byte[] bytes = new byte[count];
            in.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server has closed the connection; whatever it says before is dropped. */
    public void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // Dropped.
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server does not close the connection", e);
        } catch (IOException e) {
            // Broken off is ended too.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
