package io.limiquantix.gateway.events;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.gateway.http.Admission;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.changes.ChangeCursor;
import io.limiquantix.runtime.changes.ChangeEntry;
import io.limiquantix.runtime.changes.ChangeFeed;
import io.limiquantix.runtime.database.DatabaseException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every change as server-sent events, from where the client says it was, until its session ends. */
public final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final int BATCH = 500;

    private final Vertx vertx;
    private final ChangeFeed feed;
    private final ChangeEvents events;
    private final EventHub hub;
    private final Admission admission;
    private final LiveStreams streams;

    public EventStream(Vertx vertx, ChangeFeed feed, Bus bus, Admission admission, LiveStreams streams) {
        this.vertx = vertx;
        this.feed = feed;
        this.events = new ChangeEvents(new Resources(bus));
        this.hub = new EventHub(feed, events);
        this.admission = admission;
        this.streams = streams;
    }

    /** Whose session the stream is of. */
    private record Viewer(Secret token, Actor actor) {}

    public EventHub hub() {
        return hub;
    }

    /** Called on the request's context. */
    public void open(ApiRequest request, HttpServerRequest http) {
        Context context = Objects.requireNonNull(Vertx.currentContext());
        HttpServerResponse response = http.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        Optional<ChangeCursor> last =
                Optional.ofNullable(http.getHeader("Last-Event-ID")).flatMap(ChangeCursor::parse);
        boolean unreadable = last.isEmpty() && http.headers().contains("Last-Event-ID");
        Secret token = request.requireHolder().token();
        Actor viewer = request.caller().actor();
        Thread.ofVirtual().name("event-stream").start(() -> {
            try {
                begin(context, response, new Viewer(token, viewer), last, unreadable);
            } catch (DatabaseException e) {
                LOG.warn("an event stream could not begin", e);
                context.runOnContext(v -> response.reset());
            }
        });
    }

    private void begin(
            Context context,
            HttpServerResponse response,
            Viewer viewer,
            Optional<ChangeCursor> last,
            boolean unreadable) {
        ChangeCursor end = feed.log().end();
        boolean missed =
                unreadable || last.filter(cursor -> !resumable(cursor, end)).isPresent();
        ChangeCursor from = missed ? end : last.orElse(end);
        context.runOnContext(v -> {
            if (response.closed()) {
                LOG.debug("a client of the event stream has left before it began");
                return;
            }
            response.write(missed ? ChangeEvent.reset(end).frame() : ChangeEvent.position(from));
            EventClient client = new EventClient(context, response, viewer.actor(), from);
            OpenEventStream stream = new OpenEventStream(vertx, hub, client, response);
            stream.begin(streams, LiveStreams.session(viewer.token()), () -> endWithoutSession(stream, viewer.token()));
            // Live events are gathered from here on, so nothing falls between them and the backlog.
            Thread.ofVirtual().name("event-stream").start(() -> catchUp(client, from, stream));
        });
    }

    /** A cursor beyond the end is from a database that was put back to an earlier state. */
    private boolean resumable(ChangeCursor cursor, ChangeCursor end) {
        return cursor.equals(end) || (cursor.compareTo(end) < 0 && feed.log().reaches(cursor));
    }

    private void catchUp(EventClient client, ChangeCursor from, OpenEventStream stream) {
        try {
            ChangeCursor cursor = from;
            List<ChangeEntry> entries;
            do {
                entries = feed.log().after(cursor, BATCH).entries();
                if (!entries.isEmpty()) {
                    cursor = entries.getLast().cursor();
                    client.backlog(events.of(entries));
                }
            } while (entries.size() == BATCH);
            client.endBacklog();
        } catch (DatabaseException e) {
            LOG.warn("an event stream could not begin, its client is to come again", e);
            stream.end();
        }
    }

    private void endWithoutSession(OpenEventStream stream, Secret token) {
        try {
            admission.check(token);
        } catch (FailureException e) {
            if (e.code() == FailureCode.UNAUTHENTICATED) {
                stream.end();
            } else {
                LOG.debug("a session could not be checked now", e);
            }
        }
    }
}
