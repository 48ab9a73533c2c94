package io.limiquantix.host.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between a client and this machine's libvirtd, and cuts the line in the middle of a request when it is told to. */
public final class CuttingProxy implements AutoCloseable {
    private static final Path LIBVIRTD = Path.of("/run/libvirt/libvirt-sock");
    private static final int BLOCK = 1 << 16;

    private final Path socket;
    private final ServerSocketChannel server;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final List<SocketChannel> lines = new CopyOnWriteArrayList<>();

    private CuttingProxy(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    public static CuttingProxy at(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        CuttingProxy proxy = new CuttingProxy(socket, server);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public String uri() {
        return "qemu+unix:///system?socket=" + socket;
    }

    /** The next request is the last that the client sends on its connection; it gets no answer. */
    public void cutAtNextRequest() {
        cut.set(true);
    }

    /** Whether it cuts all lines and takes no new ones, as a libvirtd that is not there. */
    public void refuse(boolean whether) throws IOException {
        refusing.set(whether);
        if (whether) {
            for (SocketChannel line : lines) {
                line.close();
            }
            lines.clear();
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                if (refusing.get()) {
                    client.close();
                    continue;
                }
                lines.add(client);
                SocketChannel daemon = SocketChannel.open(UnixDomainSocketAddress.of(LIBVIRTD));
                Thread.ofVirtual().start(() -> pass(client, daemon, cut));
                Thread.ofVirtual().start(() -> pass(daemon, client, new AtomicBoolean()));
            }
        } catch (AsynchronousCloseException _) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(SocketChannel from, SocketChannel to, AtomicBoolean cut) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (from;
                to) {
            while (from.read(block.clear()) >= 0 && !cut.getAndSet(false)) {
                block.flip();
                while (block.hasRemaining()) {
                    to.write(block);
                }
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
