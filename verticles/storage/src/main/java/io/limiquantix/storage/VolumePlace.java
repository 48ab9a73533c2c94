package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which host is asked about a volume. */
final class VolumePlace {
    private final Database database;
    private final PoolStore pools = new PoolStore();

    VolumePlace(Database database) {
        this.database = database;
    }

    /**
     * Where the volume lies, or any host that can reach it.
     *
     * @throws FailureException {@code UNAVAILABLE} when none can now
     */
    UUID hostOf(VolumeView volume) {
        if (volume.hostId() != null) {
            return volume.hostId();
        }
        PoolView pool = database.transaction(tx -> pools.find(tx, volume.poolId()))
                .orElseThrow(() -> FailureException.notFound("There is no pool " + volume.poolId() + "."));
        return usableHosts(pool).stream()
                .findFirst()
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "No host can use the pool " + pool.name() + " of the volume " + volume.name() + " now."));
    }

    /**
     * Where a new volume of this pool is to be made.
     *
     * @param wanted the host that a person chose
     */
    static UUID hostForNew(PoolView pool, @Nullable UUID wanted) {
        if (wanted != null) {
            return wanted;
        }
        List<UUID> usable = usableHosts(pool);
        if (usable.isEmpty()) {
            throw FailureException.conflict("The pool " + pool.name() + " is not usable on any host now.");
        }
        if (usable.size() > 1 && !pool.shared()) {
            throw FailureException.invalid(
                    "hostId",
                    "The pool " + pool.name() + " is a place of its own on each of " + usable.size()
                            + " hosts; say on which the volume is to be.");
        }
        return usable.getFirst();
    }

    private static List<UUID> usableHosts(PoolView pool) {
        return pool.hosts().stream()
                .filter(h -> h.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
    }
}
