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

/** Decides for each disk how large it is and in which pool it lies, so that one host at least reaches all of them. */
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
        for (int i = 0; i < wishes.size(); i++) {
            DiskSpec wish = wishes.get(i);
            String field = "disks[" + i + "]";
            Optional<ImageView> image = image(wish, field);
            long size = size(wish, image, field);
            Place place = wish.poolId() == null
                    ? anywhere(image, common, field)
                    : inPool(wish.poolId(), image, common, field);
            common = Optional.of(place.hosts());
            disks.add(new Disk(ids.get(), place.pool().id(), size, wish.imageId()));
        }
        return new DiskPlan(disks, common.orElse(Set.of()));
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
        if (image.state() != ImageView.State.READY) {
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

    private Place inPool(UUID poolId, Optional<ImageView> image, Optional<Set<UUID>> common, String field) {
        String member = field + ".poolId";
        PoolView pool = pools.stream()
                .filter(p -> p.id().equals(poolId))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid(member, "There is no pool " + poolId + "."));
        Set<UUID> reaching = reaching(pool, image);
        if (reaching.isEmpty()) {
            throw FailureException.invalid(
                    member,
                    image.map(i -> "No host that can use the pool " + pool.name() + " has a copy of the image "
                                    + i.name() + " there.")
                            .orElse("No host can use the pool " + pool.name() + " now."));
        }
        Set<UUID> hosts = common(reaching, common);
        if (hosts.isEmpty()) {
            throw FailureException.invalid(
                    member, "The pool " + pool.name() + " cannot be used on the host on which the VM has to be.");
        }
        return new Place(pool, hosts);
    }

    /** The pool with the most free space among those that fit; the first in id order where that is equal. */
    private Place anywhere(Optional<ImageView> image, Optional<Set<UUID>> common, String field) {
        return pools.stream()
                .map(pool -> new Place(pool, common(reaching(pool, image), common)))
                .filter(place -> !place.hosts().isEmpty())
                .max(Comparator.comparingLong((Place place) -> place.pool().freeBytes())
                        .thenComparing(place -> place.pool().id(), Comparator.reverseOrder()))
                .orElseThrow(() -> FailureException.of(FailureCode.NO_CAPACITY, nowhere(image, field)));
    }

    private String nowhere(Optional<ImageView> image, String field) {
        if (pools.isEmpty()) {
            return "There is no storage pool for " + field + "; create one first.";
        }
        String where = onlyHost == null ? "" : " on the chosen host";
        return image.map(i -> "No usable pool" + where + " has a copy of the image " + i.name() + " for " + field
                        + "; see the states of the pools, or import the image there.")
                .orElse("No pool can be used" + where + " for " + field + "; see the states of the pools.");
    }

    private static Set<UUID> reaching(PoolView pool, Optional<ImageView> image) {
        Set<UUID> usable = pool.hosts().stream()
                .map(PoolView.OnHost::hostId)
                .filter(pool::takesVolumesOn)
                .collect(Collectors.toSet());
        image.ifPresent(i -> {
            Set<UUID> having = i.copies().stream()
                    .filter(copy -> copy.poolId().equals(pool.id()))
                    .map(ImageView.Copy::hostId)
                    .collect(Collectors.toSet());
            // In a shared pool one host's copy is everybody's.
            if (!pool.shared() || having.isEmpty()) {
                usable.retainAll(having);
            }
        });
        return usable;
    }

    private static Set<UUID> common(Set<UUID> hosts, Optional<Set<UUID>> others) {
        Set<UUID> both = new HashSet<>(hosts);
        others.ifPresent(both::retainAll);
        return both;
    }
}
