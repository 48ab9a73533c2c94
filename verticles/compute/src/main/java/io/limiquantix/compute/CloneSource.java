package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.CloneVmTask.Origin;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the disks of clones begin with.
 *
 * @param disks of a clone
 * @param origins of these, in the same order
 * @param onlyHosts those that alone have what a linked clone stands on; absent: any
 * @param leftOut the names of disks of the source that a clone does not get
 */
record CloneSource(
        List<DiskSpec> disks,
        List<Origin> origins,
        @Nullable Set<UUID> onlyHosts,
        List<String> leftOut) {
    CloneSource {
        disks = List.copyOf(disks);
        origins = List.copyOf(origins);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param parts the disks that the snapshot covers, or will
     * @throws FailureException {@code INVALID} with the field
     */
    static CloneSource of(CloneVm wish, StoredVm source, List<VmSnapshotView.Disk> parts, Bus bus, Caller caller) {
        refuseStrangePools(wish, source);
        List<DiskSpec> disks = new ArrayList<>();
        List<Origin> origins = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        @Nullable Set<UUID> only = null;
        for (Disk disk : source.disks()) {
            VolumeView volume = bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller);
            Optional<VmSnapshotView.Disk> part = parts.stream()
                    .filter(each -> each.volumeId().equals(disk.volumeId()))
                    .findFirst();
            if (part.isPresent()) {
                UUID pool = wish.pools().getOrDefault(volume.id(), volume.poolId());
                disks.add(new DiskSpec(null, size(wish, part.get(), volume), pool, null, disk.hardware()));
                origins.add(new Origin(
                        new StorageApi.Snapshot(volume.id(), part.get().snapshotId())));
                if (wish.kind() == Kind.LINKED && volume.hostId() != null) {
                    only = NewVms.both(only, Set.of(volume.hostId()));
                }
            } else if (volume.shareable()) {
                disks.add(new DiskSpec(null, null, null, volume.id(), disk.hardware()));
                origins.add(new Origin(null));
            } else {
                leftOut.add(volume.name());
            }
        }
        if (parts.isEmpty() || origins.isEmpty() || origins.getFirst().part() == null) {
            throw FailureException.conflict("The first disk of " + source.name() + " is not kept by the snapshot, and a"
                    + " clone boots from it.");
        }
        refuseOtherHost(wish, source, only);
        return new CloneSource(disks, origins, only, leftOut);
    }

    /** A copy of a snapshot is as large as its volume is by now. */
    private static long size(CloneVm wish, VmSnapshotView.Disk part, VolumeView volume) {
        return wish.kind() == Kind.LINKED ? part.sizeBytes() : Math.max(part.sizeBytes(), volume.sizeBytes());
    }

    private static void refuseStrangePools(CloneVm wish, StoredVm source) {
        if (wish.kind() == Kind.LINKED && !wish.pools().isEmpty()) {
            throw FailureException.invalid(
                    "pools",
                    "A linked clone stands on its source's disks, so it is in their pools; make a full clone.");
        }
        Set<UUID> strange = new HashSet<>(wish.pools().keySet());
        source.disks().forEach(disk -> strange.remove(disk.volumeId()));
        if (!strange.isEmpty()) {
            throw FailureException.invalid(
                    "pools",
                    source.name() + " has no volume " + strange.iterator().next() + " as a disk.");
        }
    }

    private static void refuseOtherHost(CloneVm wish, StoredVm source, @Nullable Set<UUID> only) {
        if (wish.hostId() != null && only != null && !only.contains(wish.hostId())) {
            throw FailureException.invalid(
                    "hostId",
                    "A linked clone stands on the disks of " + source.name()
                            + ", which another host alone has; leave the host open, or make a full clone.");
        }
    }
}
