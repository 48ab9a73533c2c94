package io.limiquantix.gateway.events;

import io.limiquantix.runtime.changes.ChangeEntry;
import io.limiquantix.runtime.changes.ChangeFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all clients of this process of each change; a thing is loaded once, however many clients there are. */
public final class EventHub {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final int BATCH = 500;

    private final ChangeEvents events;
    private final LinkedBlockingQueue<ChangeEntry> changes = new LinkedBlockingQueue<>();
    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
    private final AutoCloseable listening;
    private final Thread worker;

    EventHub(ChangeFeed feed, ChangeEvents events) {
        this.events = events;
        this.listening = feed.listen(this::changed);
        this.worker = Thread.ofVirtual().name("events").start(this::tellAll);
    }

    /** How many there are now. */
    public int clients() {
        return clients.size();
    }

    void join(EventClient client) {
        clients.add(client);
    }

    void leave(EventClient client) {
        clients.remove(client);
    }

    private void changed(ChangeEntry entry) {
        // Without clients nobody needs to know, and whoever comes later reads the log.
        if (!clients.isEmpty()) {
            changes.add(entry);
        }
    }

    private void tellAll() {
        List<ChangeEntry> batch = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            batch.clear();
            try {
                batch.add(changes.take());
                changes.drainTo(batch, BATCH - 1);
                List<ChangeEvent> made = events.of(batch);
                clients.forEach(client -> client.offer(made));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // One thing that cannot be told must not end the stream of all others.
                LOG.error("changes could not be told: {}", batch, e);
            }
        }
    }

    /** Tells nobody anything any more. */
    public void stop() throws Exception {
        worker.interrupt();
        listening.close();
    }
}
