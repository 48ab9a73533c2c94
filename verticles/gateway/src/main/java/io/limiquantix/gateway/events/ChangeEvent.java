package io.limiquantix.gateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Owner;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.runtime.changes.ChangeCursor;
import io.limiquantix.runtime.database.Transaction.Change;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change as the event stream tells it.
 *
 * @param frame the server-sent event, made once for all clients
 * @param hidden absent for what everybody sees
 */
record ChangeEvent(
        ChangeCursor cursor, Buffer frame, @Nullable Hidden hidden) {

    /**
     * What only its owner and those from whom nothing is hidden see.
     *
     * @param frame what the others are told: to them it is gone
     */
    record Hidden(@Nullable UUID ownerId, Buffer frame) {
        private boolean isFrom(Actor viewer) {
            return !viewer.seesAll() && !Objects.equals(viewer.userId(), ownerId);
        }
    }

    private record Data(
            String kind, UUID id, String change, @Nullable Object resource) {}

    /** @param resource the thing as its GET answers it, absent when it is gone */
    static ChangeEvent of(ChangeCursor cursor, String kind, UUID id, Change change, @Nullable Object resource) {
        Buffer frame = frame(cursor, new Data(kind, id, name(change), resource));
        return new ChangeEvent(cursor, frame, hidden(cursor, kind, id, resource));
    }

    private static @Nullable Hidden hidden(ChangeCursor cursor, String kind, UUID id, @Nullable Object resource) {
        if (!(resource instanceof ImageView image) || image.visibility() == Visibility.SHARED) {
            return null;
        }
        @Nullable Owner owner = image.owner();
        return new Hidden(
                owner == null ? null : owner.id(), frame(cursor, new Data(kind, id, name(Change.DELETED), null)));
    }

    private static String name(Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }

    private static Buffer frame(ChangeCursor cursor, Data data) {
        try {
            String json = Wire.json().writeValueAsString(data);
            return Buffer.buffer("id: " + cursor + "\nevent: " + data.kind() + "\ndata: " + json + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + data.kind() + " has no JSON form", e);
        }
    }

    Buffer frameFor(Actor viewer) {
        return hidden != null && hidden.isFrom(viewer) ? hidden.frame() : frame;
    }

    /** Says that events were missed and everything is to be read again. */
    static ChangeEvent reset(ChangeCursor cursor) {
        return new ChangeEvent(cursor, Buffer.buffer("id: " + cursor + "\nevent: reset\ndata: {}\n\n"), null);
    }

    /** Tells a client where it is without telling it anything else, so that it can resume from there. */
    static Buffer position(ChangeCursor cursor) {
        return Buffer.buffer("retry: 2000\nid: " + cursor + "\n\n");
    }
}
