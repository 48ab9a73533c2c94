package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A body of a gigabyte is refused at once, without being gathered and without a connection that hangs. */
class HugeBodyIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final long GIB = 1L << 30;
    private static final int CHUNK = 1 << 16;

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static SSLSocket begin(String framing) throws IOException {
        SSLSocket socket = (SSLSocket) CLIENT.tls().getSocketFactory().createSocket("localhost", GATEWAY.port());
        socket.setSoTimeout(30_000);
        String head = "POST /api/v1/vms HTTP/1.1\r\nHost: localhost:" + GATEWAY.port()
                + "\r\nContent-Type: application/json\r\nCookie: " + CLIENT.cookie() + "\r\nX-CSRF-Token: "
                + CLIENT.csrf() + "\r\n" + framing + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(SSLSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4096];
        int read = in.read(buffer);
        return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.US_ASCII);
    }

    /** Sends until the server has had enough, and says how much that was. */
    private static long pour(SSLSocket socket, boolean chunked) {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) ' ');
        long sent = 0;
        try {
            OutputStream out = socket.getOutputStream();
            while (sent < GIB) {
                if (chunked) {
                    out.write((Integer.toHexString(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(chunk);
                if (chunked) {
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                sent += CHUNK;
            }
        } catch (SocketException e) {
            return sent;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sent;
    }

    @Test
    void anAnnouncedGigabyteIsRefusedBeforeItIsSent() throws IOException {
        try (SSLSocket socket = begin("Content-Length: " + GIB)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
            Eventually.holds(() -> isClosed(socket));
        }
    }

    @Test
    void whoAsksFirstIsToldNotToSend() throws IOException {
        try (SSLSocket socket = begin("Content-Length: " + GIB + "\r\nExpect: 100-continue")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void anUnannouncedGigabyteIsCutOffAndNotGathered() throws IOException {
        System.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        try (SSLSocket socket = begin("Transfer-Encoding: chunked")) {
            assertThat(pour(socket, true)).isLessThan(GIB);
        }
        System.gc();
        long after = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        assertThat(after - before).isLessThan(64L << 20);
        assertThat(CLIENT.get("/session").status()).isEqualTo(200);
    }

    private static boolean isClosed(SSLSocket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
