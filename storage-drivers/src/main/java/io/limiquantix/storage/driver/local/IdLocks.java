package io.limiquantix.storage.driver.local;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** One operation at a time for each id; a fixed number of locks, so that a few ids share one. */
final class IdLocks {
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Closing it lets the next one in. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    Held hold(UUID id) {
        ReentrantLock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
        lock.lock();
        return lock::unlock;
    }
}
