package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From where to where a volume is copied.
 *
 * @param source the volume
 * @param from its pool
 * @param to the pool of the copy
 */
record CopyPlace(VolumeView source, PoolView from, PoolView to) {
    /** Whether this is more than a new volume beside the source. */
    boolean isElsewhere(@Nullable UUID wantedHost) {
        return !from.id().equals(to.id())
                || (source.hostId() != null && wantedHost != null && !wantedHost.equals(source.hostId()));
    }

    /** Whether what is copied can be kept as it is while a VM goes on writing. */
    boolean canHold() {
        return canHold(from, source);
    }

    /** Whether what the volume holds can be kept as it is while a VM goes on writing: some pools can do that for some formats. */
    static boolean canHold(PoolView pool, VolumeView volume) {
        return pool.abilities()
                .filter(abilities ->
                        abilities.liveSnapshots() && abilities.snapshotFormats().contains(volume.format()))
                .isPresent();
    }

    /** The same of a volume whose pool is looked up. */
    static boolean canHold(Transaction tx, PoolStore pools, VolumeView volume) {
        return pools.find(tx, volume.poolId())
                .filter(pool -> canHold(pool, volume))
                .isPresent();
    }

    /**
     * Who copies; one host where one reaches both pools.
     *
     * @param reads the source
     * @param writes the copy
     */
    record Hosts(UUID reads, UUID writes) {
        boolean areOne() {
            return reads.equals(writes);
        }
    }

    /**
     * Chooses a host that reaches both pools, and where there is none one for each.
     *
     * @param wanted the host that a person chose for the copy
     * @param preferred where the source is used
     */
    Hosts hosts(@Nullable UUID wanted, @Nullable UUID preferred) {
        List<UUID> readers = usableHosts(from).stream()
                .filter(host -> source.hostId() == null || host.equals(source.hostId()))
                .toList();
        if (readers.isEmpty()) {
            throw FailureException.conflict("No host that has the volume " + source.name() + " can use its pool "
                    + from.name() + " now; the pool says why.");
        }
        List<UUID> both = readers.stream()
                .filter(usableHosts(to)::contains)
                .filter(host -> wanted == null || to.shared() || host.equals(wanted))
                .toList();
        if (both.isEmpty()) {
            return new Hosts(choose(readers, preferred), VolumePlace.hostForNew(to, to.shared() ? null : wanted));
        }
        UUID host = choose(both, preferred);
        return new Hosts(host, host);
    }

    private static UUID choose(List<UUID> able, @Nullable UUID preferred) {
        return preferred != null && able.contains(preferred) ? preferred : able.getFirst();
    }

    private static List<UUID> usableHosts(PoolView pool) {
        return pool.hosts().stream()
                .filter(host -> host.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
    }
}
