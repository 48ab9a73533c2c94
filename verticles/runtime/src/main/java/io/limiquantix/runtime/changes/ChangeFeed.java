package io.limiquantix.runtime.changes;

import io.limiquantix.runtime.database.Database;
import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the change log live: one reader in each process, any number of listeners. A notification is only a hint; the
 * log is also read every second, so a lost one costs a second.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final int BATCH = 500;
    private static final long RECONNECT_MILLIS = 1_000;
    private static final long UNSETTLED_MILLIS = 20;
    private static final long QUIET_MILLIS = 1_000;
    private static final Duration ALARM = Duration.ofSeconds(5);

    private final ChangeLog log;
    private final PgSubscriber subscriber;
    private final LinkedBlockingQueue<Boolean> hints = new LinkedBlockingQueue<>(1);
    private final List<Consumer<ChangeEntry>> listeners = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile long lastReadNanos = System.nanoTime();

    private ChangeFeed(Vertx vertx, Database database) {
        this.log = new ChangeLog(database);
        this.subscriber = database.subscriber(vertx);
        this.reader = Thread.ofVirtual().name("change-feed").unstarted(this::follow);
    }

    /** Begins to follow the log from its present end. */
    public static ChangeFeed start(Vertx vertx, Database database) {
        ChangeFeed feed = new ChangeFeed(vertx, database);
        feed.subscriber.reconnectPolicy(attempts -> RECONNECT_MILLIS);
        feed.subscriber.channel("changes").handler(payload -> feed.hint());
        feed.subscriber.connect().onFailure(e -> LOG.warn("change notifications are late until reconnected", e));
        feed.reader.start();
        return feed;
    }

    public ChangeLog log() {
        return log;
    }

    /** The listener runs on the reader's thread and must be quick; closing what is returned ends it. */
    public AutoCloseable listen(Consumer<ChangeEntry> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What is wrong while the database does not answer. */
    public Optional<String> problem() {
        Duration silent = Duration.ofNanos(System.nanoTime() - lastReadNanos);
        return silent.compareTo(ALARM) < 0
                ? Optional.empty()
                : Optional.of("The database has not answered for " + silent.toSeconds() + " s.");
    }

    private void hint() {
        boolean alreadyHinted = !hints.offer(true);
        LOG.trace("changes announced, hinted before: {}", alreadyHinted);
    }

    private void follow() {
        @Nullable ChangeCursor cursor = null;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Position now = readOn(cursor == null ? log.end() : cursor);
                cursor = now.cursor();
                long wait = now.unsettled() ? UNSETTLED_MILLIS : QUIET_MILLIS;
                lastReadNanos = System.nanoTime();
                hints.poll(wait, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                LOG.warn("the change log cannot be read now; trying again", e);
                pause();
            }
        }
    }

    /** Where it has read to, and whether there is more that cannot be read yet. */
    private record Position(ChangeCursor cursor, boolean unsettled) {}

    private Position readOn(ChangeCursor from) {
        ChangeCursor cursor = from;
        ChangeLog.Reading reading;
        do {
            reading = log.after(cursor, BATCH);
            for (ChangeEntry entry : reading.entries()) {
                listeners.forEach(listener -> listener.accept(entry));
                cursor = entry.cursor();
            }
        } while (reading.entries().size() == BATCH);
        return new Position(cursor, reading.unsettled());
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        subscriber.close();
    }
}
