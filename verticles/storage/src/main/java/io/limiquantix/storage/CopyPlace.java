package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
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

    /**
     * The host that copies: one that reaches both pools.
     *
     * @param wanted the host that a person chose for the copy
     * @param preferred where the source is used
     */
    UUID host(@Nullable UUID wanted, @Nullable UUID preferred) {
        List<UUID> able = usableHosts(from).stream()
                .filter(usableHosts(to)::contains)
                .filter(host -> source.hostId() == null || host.equals(source.hostId()))
                .filter(host -> wanted == null || to.shared() || host.equals(wanted))
                .toList();
        if (able.isEmpty()) {
            throw FailureException.conflict(
                    "No host that has the volume " + source.name() + " can use the pool " + to.name()
                            + (wanted == null ? "" : " there")
                            + " now. Assign the pool " + to.name()
                            + " to a host of the volume, or copy it into a pool that hosts share first.");
        }
        return preferred != null && able.contains(preferred) ? preferred : able.getFirst();
    }

    private static List<UUID> usableHosts(PoolView pool) {
        return pool.hosts().stream()
                .filter(host -> host.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
    }
}
