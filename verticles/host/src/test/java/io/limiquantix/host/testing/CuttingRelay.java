package io.limiquantix.host.testing;

import io.limiquantix.bus.host.StreamTicket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a host's stream endpoint, and cuts or holds the line after so many bytes when it is told to. */
public final class CuttingRelay implements AutoCloseable {
    private static final int BLOCK = 1 << 16;
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong cutAt = new AtomicLong(NEVER);
    private volatile long holdAt = NEVER;
    private volatile int port;

    private CuttingRelay(ServerSocket server) {
        this.server = server;
    }

    public static CuttingRelay start() {
        try {
            CuttingRelay relay = new CuttingRelay(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same ticket for a client that is on another machine, through here. */
    public StreamTicket through(StreamTicket ticket) {
        port = ticket.port();
        return new StreamTicket(
                server.getInetAddress().getHostAddress(),
                server.getLocalPort(),
                ticket.token(),
                ticket.certificateSha256(),
                ticket.expiresAt(),
                null);
    }

    /** The connection that passes this byte, counted over all, is cut there. */
    public void cutAt(long bytes) {
        cutAt.set(bytes);
    }

    /** Nothing passes from this byte on, and no connection is closed. */
    public void holdAt(long bytes) {
        holdAt = bytes;
    }

    public int connections() {
        return connections.get();
    }

    /** What clients were sent, over all connections. */
    public long passed() {
        return passed.get();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                connections.incrementAndGet();
                Socket host = new Socket(server.getInetAddress(), port);
                Thread.ofVirtual().start(() -> ask(client, host));
                Thread.ofVirtual().start(() -> answer(host, client));
            }
        } catch (SocketException _) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(Socket client, Socket host) {
        try (client;
                host) {
            client.getInputStream().transferTo(host.getOutputStream());
        } catch (IOException _) {
            // The other direction has ended, and so does this one.
        }
    }

    private void answer(Socket host, Socket client) {
        try (host;
                client) {
            InputStream from = host.getInputStream();
            OutputStream to = client.getOutputStream();
            byte[] block = new byte[BLOCK];
            for (int read = from.read(block); read >= 0; read = from.read(block)) {
                long before = passed.getAndAdd(read);
                if (before >= holdAt) {
                    // Until the client gives up.
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return;
                }
                if (before >= cutAt.get()) {
                    cutAt.set(NEVER);
                    return;
                }
                to.write(block, 0, read);
            }
        } catch (IOException _) {
            // The other direction has ended, and so does this one.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
