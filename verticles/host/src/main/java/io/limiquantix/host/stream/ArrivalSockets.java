package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where this host's hypervisor listens for machines that arrive, and the connections that other hosts have to it. All of those end
 * with the arrival. Safe for any thread.
 */
public final class ArrivalSockets {
    private final Map<UUID, Arrival> arrivals = new ConcurrentHashMap<>();

    /** Lets connections through to these sockets, which need not be there yet; the same again is the first time's success. */
    public void open(UUID migrationId, Map<Channel, Path> sockets) {
        arrivals.putIfAbsent(migrationId, new Arrival(Map.copyOf(sockets)));
    }

    /** Ends all connections and lets no more through; success when it is closed already. */
    public void close(UUID migrationId) {
        Arrival arrival = arrivals.remove(migrationId);
        if (arrival != null) {
            arrival.close();
        }
    }

    public boolean isOpen(UUID migrationId) {
        return arrivals.containsKey(migrationId);
    }

    /** @throws FailureException {@code NOT_FOUND} when this host does not wait for it */
    public void require(UUID migrationId) {
        arrival(migrationId);
    }

    Path socket(UUID migrationId, Channel channel) {
        Path socket = arrival(migrationId).sockets.get(channel);
        if (socket == null) {
            throw FailureException.notFound("This host has no such socket for the migration " + migrationId + ".");
        }
        return socket;
    }

    /**
     * Notes a connection.
     *
     * @param end ends it, from any thread; called at once when the arrival is over by now
     * @return to be run when the connection has ended by itself
     */
    Runnable joined(UUID migrationId, Runnable end) {
        Arrival arrival = arrivals.get(migrationId);
        if (arrival == null || !arrival.add(end)) {
            end.run();
            return () -> {};
        }
        return () -> arrival.remove(end);
    }

    private Arrival arrival(UUID migrationId) {
        Arrival arrival = arrivals.get(migrationId);
        if (arrival == null) {
            throw FailureException.notFound("This host does not wait for the migration " + migrationId
                    + "; it was ended, or the host restarted.");
        }
        return arrival;
    }

    private static final class Arrival {
        private final Map<Channel, Path> sockets;
        private final Set<Runnable> connections = new HashSet<>();
        private boolean closed;

        Arrival(Map<Channel, Path> sockets) {
            this.sockets = sockets;
        }

        synchronized boolean add(Runnable end) {
            return !closed && connections.add(end);
        }

        synchronized void remove(Runnable end) {
            connections.remove(end);
        }

        void close() {
            Set<Runnable> ending;
            synchronized (this) {
                closed = true;
                ending = Set.copyOf(connections);
                connections.clear();
            }
            ending.forEach(Runnable::run);
        }
    }
}
