package io.limiquantix.runtime.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is done again and again, with a pause between the rounds, until it is closed. */
public final class Chore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

    private final Duration pause;
    private final Runnable round;
    private final Thread thread;

    private Chore(String name, Duration pause, Runnable round) {
        this.pause = pause;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
    }

    /** The first round begins after a pause. A round that fails is logged, and the next one comes all the same. */
    public static Chore every(Duration pause, String name, Runnable round) {
        Chore chore = new Chore(name, pause, round);
        chore.thread.start();
        return chore;
    }

    private void repeat() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                round.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("a round of {} failed; the next one follows", thread.getName(), e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
