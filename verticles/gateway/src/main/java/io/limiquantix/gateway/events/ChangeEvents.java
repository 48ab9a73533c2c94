package io.limiquantix.gateway.events;

import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.changes.ChangeEntry;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of changes: several of one thing become one, with the thing as it is now. */
final class ChangeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeEvents.class);

    private record Thing(String kind, UUID id) {}

    private final Resources resources;

    ChangeEvents(Resources resources) {
        this.resources = resources;
    }

    /** Blocks; the events are in the order of each thing's last change, so that their cursors only grow. */
    List<ChangeEvent> of(List<ChangeEntry> entries) {
        SequencedMap<Thing, ChangeEntry> latest = new LinkedHashMap<>();
        for (ChangeEntry entry : entries) {
            Thing thing = new Thing(entry.kind(), entry.objectId());
            latest.putLast(thing, merged(latest.get(thing), entry));
        }
        List<ChangeEvent> events = new ArrayList<>();
        latest.values().forEach(entry -> events.add(event(entry)));
        return events;
    }

    /** Made and then changed is made, for somebody who sees only the result. */
    private static ChangeEntry merged(@Nullable ChangeEntry before, ChangeEntry now) {
        boolean madeBefore = before != null && before.change() == Change.CREATED;
        return madeBefore && now.change() == Change.CHANGED
                ? new ChangeEntry(now.cursor(), now.kind(), now.objectId(), Change.CREATED)
                : now;
    }

    private ChangeEvent event(ChangeEntry entry) {
        if (entry.change() == Change.DELETED) {
            return ChangeEvent.of(entry.cursor(), entry.kind(), entry.objectId(), Change.DELETED, null);
        }
        try {
            Optional<Record> resource = resources.load(entry.kind(), entry.objectId());
            Change change = resource.isPresent() ? entry.change() : Change.DELETED;
            return ChangeEvent.of(entry.cursor(), entry.kind(), entry.objectId(), change, resource.orElse(null));
        } catch (FailureException e) {
            LOG.warn(
                    "{} {} changed and could not be read; clients are told without it",
                    entry.kind(),
                    entry.objectId(),
                    e);
            return ChangeEvent.of(entry.cursor(), entry.kind(), entry.objectId(), entry.change(), null);
        }
    }
}
