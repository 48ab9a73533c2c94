package io.limiquantix.compute.disks;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.PoolView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each disk how large it is and in which pool it lies, so that one host at least reaches all of them. A pool that lacks
 * the disk's image will do, as the image is brought there; one that has it is better.
 */
public final class DiskPlanner {
    private static final String ISO = "iso";
    private static final String OVA = "ova";

    private final Map<UUID, ImageView> images;
    private final List<PoolView> pools;
    private final @Nullable UUID onlyHost;
    private final Supplier<UUID> ids;

    /**
     * @param images all that the disks name
     * @param onlyHost the host that the user chose
     * @param ids new ids
     */
    public DiskPlanner(Map<UUID, ImageView> images, List<PoolView> pools, @Nullable UUID onlyHost, Supplier<UUID> ids) {
        this.images = Map.copyOf(images);
        this.pools = List.copyOf(pools);
        this.onlyHost = onlyHost;
        this.ids = ids;
    }

    public DiskPlan plan(List<DiskSpec> wishes) {
        List<Disk> disks = new ArrayList<>();
        Optional<Set<UUID>> common = Optional.ofNullable(onlyHost).map(Set::of);
        Optional<Set<UUID>> having = Optional.empty();
        for (int i = 0; i < wishes.size(); i++) {
            DiskSpec wish = wishes.get(i);
            String field = "disks[" + i + "]";
            Optional<ImageView> image = image(wish, field);
            long size = size(wish, image, field);
            Place place = wish.poolId() == null ? anywhere(image, common, field) : inPool(wish.poolId(), common, field);
            common = Optional.of(place.hosts());
            if (image.isPresent()) {
                having = Optional.of(common(having(place.pool(), image.get()), having));
            }
            disks.add(new Disk(ids.get(), place.pool().id(), size, wish.imageId()));
        }
        Set<UUID> hosts = common.orElse(Set.of());
        return new DiskPlan(disks, hosts, having.isEmpty() ? hosts : common(hosts, having));
    }

    /** A pool, and the hosts on which it can serve the disk and all disks before it. */
    private record Place(PoolView pool, Set<UUID> hosts) {}

    private Optional<ImageView> image(DiskSpec wish, String field) {
        if (wish.imageId() == null) {
            return Optional.empty();
        }
        String member = field + ".imageId";
        ImageView image = Optional.ofNullable(images.get(wish.imageId()))
                .orElseThrow(() -> FailureException.invalid(member, "There is no image " + wish.imageId() + "."));
        if (!image.state().isUsable()) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name() + " is not ready: "
                            + (image.problem() == null
                                    ? "its bytes are not here or not checked yet."
                                    : image.problem()));
        }
        if (image.format().equals(ISO)) {
            throw FailureException.invalid(
                    member, "The image " + image.name() + " is an ISO; a disk begins with a disk image or empty.");
        }
        if (image.format().equals(OVA)) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name() + " is a whole appliance; name the images of its disks instead.");
        }
        return Optional.of(image);
    }

    private static long size(DiskSpec wish, Optional<ImageView> image, String field) {
        long least = image.map(ImageView::virtualSizeBytes).orElse(0L);
        long size = wish.sizeBytes() == null ? least : wish.sizeBytes();
        if (size < least || size == 0) {
            throw FailureException.invalid(
                    field + ".sizeBytes",
                    image.map(i -> "The disk must not be smaller than the image " + i.name() + ", which has "
                                    + i.virtualSizeBytes() + " bytes.")
                            .orElse("A disk without an image needs a size."));
        }
        return size;
    }

    private Place inPool(UUID poolId, Optional<Set<UUID>> common, String field) {
        String member = field + ".poolId";
        PoolView pool = pools.stream()
                .filter(p -> p.id().equals(poolId))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid(member, "There is no pool " + poolId + "."));
        Set<UUID> reaching = reaching(pool);
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
    private Place anywhere(Optional<ImageView> image, Optional<Set<UUID>> common, String field) {
        return pools.stream()
                .map(pool -> new Place(pool, common(reaching(pool), common)))
                .filter(place -> !place.hosts().isEmpty())
                .max(Comparator.comparing((Place place) ->
                                image.filter(i -> isReadyIn(place, i)).isPresent())
                        .thenComparing(place -> place.pool().freeBytes())
                        .thenComparing(place -> place.pool().id(), Comparator.reverseOrder()))
                .orElseThrow(() -> FailureException.of(FailureCode.NO_CAPACITY, nowhere(field)));
    }

    /** Whether it can be used there without a copy, unless there is no room for more. */
    private static boolean isReadyIn(Place place, ImageView image) {
        return place.pool().fullness() != PoolView.Fullness.FULL
                && having(place.pool(), image).stream().anyMatch(place.hosts()::contains);
    }

    private String nowhere(String field) {
        if (pools.isEmpty()) {
            return "There is no storage pool for " + field + "; create one first.";
        }
        String where = onlyHost == null ? "" : " on the chosen host";
        return "No pool can be used" + where + " for " + field + "; see the states of the pools.";
    }

    private static Set<UUID> reaching(PoolView pool) {
        return pool.hosts().stream()
                .map(PoolView.OnHost::hostId)
                .filter(pool::takesVolumesOn)
                .collect(Collectors.toSet());
    }

    /** The hosts that have the image in the pool: in a shared one, one host's copy is everybody's. */
    private static Set<UUID> having(PoolView pool, ImageView image) {
        Set<UUID> copies = image.copies().stream()
                .filter(copy -> copy.poolId().equals(pool.id()) && copy.state() == ImageView.CopyState.READY)
                .map(ImageView.Copy::hostId)
                .collect(Collectors.toSet());
        return pool.shared() && !copies.isEmpty() ? reaching(pool) : copies;
    }

    private static Set<UUID> common(Set<UUID> hosts, Optional<Set<UUID>> others) {
        Set<UUID> both = new HashSet<>(hosts);
        others.ifPresent(both::retainAll);
        return both;
    }
}
