package io.limiquantix.storage.driver;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** One operation at a time for each id; a fixed number of locks, so that a few ids share one. */
public final class IdLocks {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Closing it lets the next one in. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until nobody else holds the id. */
    public Held hold(UUID id) {
        ReentrantLock lock = locks[index(id)];
        lock.lock();
        return lock::unlock;
    }

    /** Holds both, in an order that everybody keeps to. */
    public Held hold(UUID one, UUID other) {
        boolean inOrder = index(one) <= index(other);
        Held first = hold(inOrder ? one : other);
        Held second = hold(inOrder ? other : one);
        return () -> {
            second.close();
            first.close();
        };
    }

    private static int index(UUID id) {
        return Math.floorMod(id.hashCode(), LOCKS);
    }
}
