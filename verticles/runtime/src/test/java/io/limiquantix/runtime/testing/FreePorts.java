package io.limiquantix.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Ports for what a test starts as a process that is told its port. They lie below the range that the kernel gives to
 * clients (ip(7), ip_local_port_range): one of those may be some connection's by the time the process listens.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private FreePorts() {}

    /** So many different ports at which nobody listens. */
    public static List<Integer> find(int count) {
        SplittableRandom random = new SplittableRandom();
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int port = random.nextInt(FIRST, END);
            if (isFree(port)) {
                found.add(port);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
