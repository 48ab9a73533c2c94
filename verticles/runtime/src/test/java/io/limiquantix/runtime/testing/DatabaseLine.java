package io.limiquantix.runtime.testing;

import io.limiquantix.runtime.database.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between one process and the database, which a test can cut. */
public final class DatabaseLine implements AutoCloseable {
    private final DatabaseAddress database;
    private final ServerSocket door;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    private DatabaseLine(DatabaseAddress database, ServerSocket door) {
        this.database = database;
        this.door = door;
    }

    public static DatabaseLine to(DatabaseAddress database) {
        try {
            DatabaseLine line = new DatabaseLine(database, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(line::connectAll);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database as it is seen through this line. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                door.getInetAddress().getHostAddress(),
                door.getLocalPort(),
                database.database(),
                database.user(),
                database.password());
    }

    /** Ends all connections, and lets no new one through. */
    public void cut() {
        isCut = true;
        connections.forEach(DatabaseLine::end);
    }

    public void mend() {
        isCut = false;
    }

    private void connectAll() {
        while (!door.isClosed()) {
            try {
                Socket here = door.accept();
                Socket there = new Socket(database.host(), database.port());
                connections.add(here);
                connections.add(there);
                if (isCut) {
                    cut();
                }
                Thread.ofVirtual().start(() -> copy(here, there));
                Thread.ofVirtual().start(() -> copy(there, here));
            } catch (IOException e) {
                // The door was closed, or the server is gone: whoever asked is told by the end of its connection.
            }
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Cut, or closed by one of the two.
        } finally {
            connections.remove(from);
            connections.remove(to);
        }
    }

    private static void end(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
