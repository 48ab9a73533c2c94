package io.limiquantix.images.copies;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes copies that were made because a VM needed them, where they take more than they may: those first that no VM was made from for
 * longest. What a person put somewhere, the only copy of an image and what volumes are based on stays.
 */
public final class CacheLimit {
    private static final Logger LOG = LoggerFactory.getLogger(CacheLimit.class);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** From one that was used just now a volume may still be made. */
    private static final Duration SPARED = Duration.ofMinutes(30);

    private final Database database;
    private final Bus bus;
    private final Removals removals;
    private final Clock clock;
    private final long limit;
    private final CopyStore store = new CopyStore();

    /** @param limit how many bytes such copies may have in a pool, on each of its hosts where those do not share it */
    public CacheLimit(Database database, Bus bus, Removals removals, Clock clock, long limit) {
        this.database = database;
        this.bus = bus;
        this.removals = removals;
        this.clock = clock;
        this.limit = limit;
    }

    /** @param hostId absent in a pool that its hosts share */
    private record Place(UUID poolId, @Nullable UUID hostId) {}

    /** Begins to delete what is too much now. */
    public void round() {
        List<StoredCopy> all = database.transaction(store::notKept);
        if (all.stream().mapToLong(StoredCopy::bytes).sum() <= limit) {
            return;
        }
        Places places = Places.now(bus, caller());
        Map<Place, List<StoredCopy>> byPlace = all.stream()
                .collect(Collectors.groupingBy(
                        copy -> new Place(copy.poolId(), places.isShared(copy.poolId()) ? null : copy.hostId())));
        byPlace.values().forEach(copies -> shrink(copies, places));
    }

    /** @param copies those that were not used for longest first */
    private void shrink(List<StoredCopy> copies, Places places) {
        Instant spared = clock.instant().minus(SPARED);
        long bytes = copies.stream().mapToLong(StoredCopy::bytes).sum();
        for (StoredCopy copy : copies) {
            if (bytes <= limit || copy.lastUsedAt().isAfter(spared)) {
                return;
            }
            if (remove(copy, places)) {
                bytes -= copy.bytes();
            }
        }
    }

    private boolean remove(StoredCopy copy, Places places) {
        try {
            return removals.removeUnused(copy, places, caller()).isPresent();
        } catch (FailureException e) {
            LOG.debug("the copy {} stays: {}", copy.id(), e.getMessage());
            return false;
        }
    }

    private static Caller caller() {
        return Caller.of(Actor.platform("images"), ANSWER);
    }
}
