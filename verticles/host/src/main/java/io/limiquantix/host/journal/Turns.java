package io.limiquantix.host.journal;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each id, as long as anybody works or waits. */
public final class Turns {
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int interested;
    }

    private final Map<UUID, Turn> turns = new HashMap<>();

    /** Ends the turn. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws FailureException {@code TIMEOUT} when it was not this one's turn by the deadline: who has it may be doing
     *     just what this one asks for
     */
    public Held take(UUID id, Instant deadline) {
        Turn turn = join(id);
        boolean taken = false;
        try {
            long patience = Duration.between(Instant.now(), deadline).toMillis();
            taken = turn.lock.tryLock(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!taken) {
                leave(id, turn);
            }
        }
        if (!taken) {
            throw FailureException.of(
                    FailureCode.TIMEOUT, "An earlier try of this goes on and has not ended in time; ask again.");
        }
        return () -> {
            turn.lock.unlock();
            leave(id, turn);
        };
    }

    private synchronized Turn join(UUID id) {
        Turn turn = turns.computeIfAbsent(id, key -> new Turn());
        turn.interested++;
        return turn;
    }

    private synchronized void leave(UUID id, Turn turn) {
        turn.interested--;
        if (turn.interested == 0) {
            turns.remove(id);
        }
    }
}
