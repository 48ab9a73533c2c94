package io.limiquantix.compute.disks;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.disks.PoolPlaces.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each disk how large it is and in which pool it lies, and for each CD-ROM drive from which pool it has its ISO, so that
 * one host at least reaches all of them. A pool that lacks an image will do, as the image is brought there; one that has it is better.
 */
public final class DiskPlanner {
    private final Named named;
    private final ImageRules images;
    private final PoolPlaces pools;
    private final @Nullable Set<UUID> onlyHosts;
    private final Supplier<UUID> ids;

    /**
     * @param named all that the spec names
     * @param onlyHosts those on which the VM can be; absent: any
     * @param ids new ids
     */
    public DiskPlanner(Named named, List<PoolView> pools, @Nullable Set<UUID> onlyHosts, Supplier<UUID> ids) {
        this.named = named;
        this.images = new ImageRules(named.images());
        this.pools = new PoolPlaces(pools);
        this.onlyHosts = onlyHosts;
        this.ids = ids;
    }

    /** What remains possible after each decision. */
    private static final class Course {
        private Optional<Set<UUID>> common;
        private Optional<Set<UUID>> having = Optional.empty();

        Course(@Nullable Set<UUID> onlyHosts) {
            this.common = Optional.ofNullable(onlyHosts);
        }

        void take(Place place, Optional<ImageView> image) {
            common = Optional.of(place.hosts());
            image.ifPresent(i -> having = Optional.of(PoolPlaces.common(PoolPlaces.having(place.pool(), i), having)));
        }
    }

    public DiskPlan plan(List<DiskSpec> wishes, List<CdromSpec> drives) {
        Course course = new Course(onlyHosts);
        List<Disk> disks = new ArrayList<>();
        Set<UUID> taken = new HashSet<>();
        for (int i = 0; i < wishes.size(); i++) {
            DiskSpec wish = wishes.get(i);
            String field = "disks[" + i + "]";
            UUID there = wish.volumeId();
            disks.add(there == null ? made(wish, course, field) : taken(wish, there, course, taken, field));
        }
        List<Cdrom> cdroms = new ArrayList<>();
        for (int i = 0; i < drives.size(); i++) {
            cdroms.add(drive(drives.get(i), course, "cdroms[" + i + "].imageId"));
        }
        Set<UUID> hosts = course.common.orElse(Set.of());
        return new DiskPlan(
                disks, cdroms, hosts, course.having.isEmpty() ? hosts : PoolPlaces.common(hosts, course.having));
    }

    private Disk made(DiskSpec wish, Course course, String field) {
        Optional<ImageView> image = images.disk(wish.imageId(), field + ".imageId");
        long size = ImageRules.size(wish, image, field);
        Place place = wish.poolId() == null
                ? pools.anywhere(image, course.common, pool -> true, nowhere(field))
                : pools.named(wish.poolId(), course.common, field + ".poolId");
        course.take(place, image);
        return new Disk(ids.get(), place.pool().id(), size, wish.imageId(), false, false, null, wish.hardware());
    }

    private Disk taken(DiskSpec wish, UUID volumeId, Course course, Set<UUID> taken, String field) {
        String member = field + ".volumeId";
        VolumeView volume = Optional.ofNullable(named.volumes().get(volumeId))
                .orElseThrow(() -> FailureException.invalid(member, "There is no volume " + volumeId + "."));
        if (!taken.add(volumeId)) {
            throw FailureException.invalid(member, "The volume " + volume.name() + " is a disk of this VM already.");
        }
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.invalid(member, "The volume " + volume.name() + " is not ready.");
        }
        if (!volume.attachments().isEmpty() && !volume.shareable()) {
            throw FailureException.invalid(
                    member,
                    "The volume " + volume.name() + " belongs to another VM already; detach it there first, or make it"
                            + " shareable while no VM has it.");
        }
        Place place = pools.holding(volume.poolId(), Optional.ofNullable(volume.hostId()), course.common, member);
        course.take(place, Optional.empty());
        return new Disk(volumeId, volume.poolId(), volume.sizeBytes(), null, true, false, null, wish.hardware());
    }

    private Cdrom drive(CdromSpec wish, Course course, String field) {
        if (wish.imageId() == null) {
            return new Cdrom(null, null);
        }
        ImageView iso = images.iso(wish.imageId(), field);
        Place place = pools.anywhere(
                Optional.of(iso),
                course.common,
                pool -> pool.abilities().filter(PoolAbilities::imageFiles).isPresent(),
                "No pool that keeps images as files (a folder of a host, or NFS) can be used for the ISO " + iso.name()
                        + " where the VM can be; create one there.");
        course.take(place, Optional.of(iso));
        return new Cdrom(iso.id(), place.pool().id());
    }

    private String nowhere(String field) {
        if (pools.isEmpty()) {
            return "There is no storage pool for " + field + "; create one first.";
        }
        String where = onlyHosts == null ? "" : " on the chosen host, or one that has the hardware that is asked for,";
        return "No pool can be used" + where + " for " + field + "; see the states of the pools.";
    }
}
