package io.limiquantix.compute.disks;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.PoolView;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which pools serve which hosts. */
final class PoolPlaces {
    private final List<PoolView> pools;

    PoolPlaces(List<PoolView> pools) {
        this.pools = List.copyOf(pools);
    }

    /** A pool, and the hosts on which it can serve a disk and all disks before it. */
    record Place(PoolView pool, Set<UUID> hosts) {}

    /** The pool that the user named. */
    Place named(UUID poolId, Optional<Set<UUID>> common, String member) {
        PoolView pool =
                find(poolId).orElseThrow(() -> FailureException.invalid(member, "There is no pool " + poolId + "."));
        return within(pool, reaching(pool), common, member);
    }

    /** The place of something that is in the pool already, and only on this host where the pool's hosts do not share it. */
    Place holding(UUID poolId, Optional<UUID> onlyHost, Optional<Set<UUID>> common, String member) {
        PoolView pool =
                find(poolId).orElseThrow(() -> FailureException.invalid(member, "There is no pool " + poolId + "."));
        Set<UUID> usable = pool.hosts().stream()
                .filter(on -> on.report().usable())
                .map(PoolView.OnHost::hostId)
                .filter(host -> onlyHost.isEmpty() || onlyHost.get().equals(host))
                .collect(Collectors.toSet());
        return within(pool, usable, common, member);
    }

    private static Place within(PoolView pool, Set<UUID> reaching, Optional<Set<UUID>> common, String member) {
        if (reaching.isEmpty()) {
            throw FailureException.invalid(member, "No host can use the pool " + pool.name() + " now.");
        }
        Set<UUID> hosts = common(reaching, common);
        if (hosts.isEmpty()) {
            throw FailureException.invalid(
                    member, "The pool " + pool.name() + " cannot be used on the host on which the VM has to be.");
        }
        return new Place(pool, hosts);
    }

    /** Where the image is already, then the pool with the most free space; the first in id order where that is equal. */
    Place anywhere(
            Optional<ImageView> image, Optional<Set<UUID>> common, Predicate<PoolView> suitable, String refusal) {
        return pools.stream()
                .filter(suitable)
                .map(pool -> new Place(pool, common(reaching(pool), common)))
                .filter(place -> !place.hosts().isEmpty())
                .max(Comparator.comparing((Place place) ->
                                image.filter(i -> isReadyIn(place, i)).isPresent())
                        .thenComparing(place -> place.pool().freeBytes())
                        .thenComparing(place -> place.pool().id(), Comparator.reverseOrder()))
                .orElseThrow(() -> FailureException.of(FailureCode.NO_CAPACITY, refusal));
    }

    boolean isEmpty() {
        return pools.isEmpty();
    }

    private Optional<PoolView> find(UUID poolId) {
        return pools.stream().filter(p -> p.id().equals(poolId)).findFirst();
    }

    /** Whether it can be used there without a copy, unless there is no room for more. */
    private static boolean isReadyIn(Place place, ImageView image) {
        return place.pool().fullness() != PoolView.Fullness.FULL
                && having(place.pool(), image).stream().anyMatch(place.hosts()::contains);
    }

    private static Set<UUID> reaching(PoolView pool) {
        return pool.hosts().stream()
                .map(PoolView.OnHost::hostId)
                .filter(pool::takesVolumesOn)
                .collect(Collectors.toSet());
    }

    /** The hosts that have the image in the pool: in a shared one, one host's copy is everybody's. */
    static Set<UUID> having(PoolView pool, ImageView image) {
        Set<UUID> copies = image.copies().stream()
                .filter(copy -> copy.poolId().equals(pool.id()) && copy.state() == ImageView.CopyState.READY)
                .map(ImageView.Copy::hostId)
                .collect(Collectors.toSet());
        return pool.shared() && !copies.isEmpty() ? reaching(pool) : copies;
    }

    static Set<UUID> common(Set<UUID> hosts, Optional<Set<UUID>> others) {
        Set<UUID> both = new HashSet<>(hosts);
        others.ifPresent(both::retainAll);
        return both;
    }
}
