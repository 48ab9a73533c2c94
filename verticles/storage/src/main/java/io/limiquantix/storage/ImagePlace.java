package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.storage.PoolView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A host that reads the bytes of some images.
 *
 * @param pools in which it reads each of them, in their order
 */
record ImagePlace(UUID hostId, List<UUID> pools) {
    ImagePlace {
        pools = List.copyOf(pools);
    }

    /**
     * The first host that reads all of them.
     *
     * @param what they are, for the beginning of a sentence
     * @throws FailureException {@code UNAVAILABLE} while there is none
     */
    static ImagePlace of(String what, List<ImageView> images, List<PoolView> pools) {
        List<Map<UUID, UUID>> readers =
                images.stream().map(image -> readers(image, pools)).toList();
        for (UUID host : readers.getFirst().keySet()) {
            List<UUID> from = new ArrayList<>();
            for (Map<UUID, UUID> each : readers) {
                UUID pool = each.get(host);
                if (pool != null) {
                    from.add(pool);
                }
            }
            if (from.size() == images.size()) {
                return new ImagePlace(host, from);
            }
        }
        throw FailureException.of(
                FailureCode.UNAVAILABLE,
                what + " cannot be read now: no host that is up reaches "
                        + (images.size() == 1 ? "a copy of it" : "copies of all its disks")
                        + ". See the hosts and pools where they are, or bring a copy to a pool that is usable.");
    }

    /** The pool from which each host would read it. */
    private static Map<UUID, UUID> readers(ImageView image, List<PoolView> pools) {
        Map<UUID, UUID> readers = new LinkedHashMap<>();
        for (ImageView.Copy copy : image.copies()) {
            if (copy.state() == CopyState.READY) {
                pools.stream()
                        .filter(pool -> pool.id().equals(copy.poolId()))
                        .flatMap(pool -> readers(copy, pool).stream())
                        .forEach(host -> readers.putIfAbsent(host, copy.poolId()));
            }
        }
        return readers;
    }

    private static List<UUID> readers(ImageView.Copy copy, PoolView pool) {
        return pool.hosts().stream()
                .filter(host -> host.report().usable())
                .map(PoolView.OnHost::hostId)
                .filter(host -> pool.shared() || host.equals(copy.hostId()))
                .toList();
    }
}
