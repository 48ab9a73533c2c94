package io.limiquantix.gateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.Wire;
import io.limiquantix.runtime.changes.ChangeCursor;
import io.limiquantix.runtime.database.Transaction.Change;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change as the event stream tells it.
 *
 * @param frame the server-sent event, made once for all clients
 */
record ChangeEvent(ChangeCursor cursor, Buffer frame) {

    private record Data(
            String kind, UUID id, String change, @Nullable Object resource) {}

    /** @param resource the thing as its GET answers it, absent when it is gone */
    static ChangeEvent of(ChangeCursor cursor, String kind, UUID id, Change change, @Nullable Object resource) {
        Data data = new Data(kind, id, change.name().toLowerCase(Locale.ROOT), resource);
        try {
            String json = Wire.json().writeValueAsString(data);
            return new ChangeEvent(
                    cursor, Buffer.buffer("id: " + cursor + "\nevent: " + kind + "\ndata: " + json + "\n\n"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + kind + " has no JSON form", e);
        }
    }

    /** Says that events were missed and everything is to be read again. */
    static ChangeEvent reset(ChangeCursor cursor) {
        return new ChangeEvent(cursor, Buffer.buffer("id: " + cursor + "\nevent: reset\ndata: {}\n\n"));
    }

    /** Tells a client where it is without telling it anything else, so that it can resume from there. */
    static Buffer position(ChangeCursor cursor) {
        return Buffer.buffer("retry: 2000\nid: " + cursor + "\n\n");
    }
}
