package io.limiquantix.images;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.storage.PoolView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chooses the pool and host that new bytes go to. */
final class ArrivalPlace {
    private record Candidate(Copy place, long freeBytes) {}

    private ArrivalPlace() {}

    /**
     * The place where the image began to arrive before, if it still fits there, so that nothing is left lying there; otherwise
     * the one with the most room.
     *
     * @param before where the image began to arrive before
     * @param pool the only acceptable pool, where the user chose
     * @param host the only acceptable host, where the user chose
     * @param bytes how many will come, 0 when nobody knows
     */
    static Copy choose(
            List<PoolView> pools, @Nullable Copy before, @Nullable UUID pool, @Nullable UUID host, long bytes) {
        List<Candidate> usable = pools.stream()
                .filter(p -> pool == null || p.id().equals(pool))
                .flatMap(p -> p.hosts().stream()
                        .filter(h -> p.takesVolumesOn(h.hostId()))
                        .filter(h -> host == null || h.hostId().equals(host))
                        .map(h -> new Candidate(
                                new Copy(p.id(), h.hostId()), h.report().freeBytes())))
                .toList();
        if (usable.isEmpty()) {
            throw FailureException.conflict("There is no usable pool for the image"
                    + (pool == null && host == null ? "; create one first." : " at the place that was chosen."));
        }
        Optional<Candidate> again = usable.stream()
                .filter(c -> c.place().equals(before) && c.freeBytes() >= bytes)
                .findFirst();
        if (again.isPresent()) {
            return again.get().place();
        }
        Candidate roomiest = usable.stream()
                .max(Comparator.comparingLong(Candidate::freeBytes))
                .orElseThrow();
        if (roomiest.freeBytes() < bytes) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The image has " + bytes + " bytes and the most room in any pool is " + roomiest.freeBytes()
                            + " bytes; free some or add a pool.");
        }
        return roomiest.place();
    }
}
