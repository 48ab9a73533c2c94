package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsOfDomain;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.host.guest.StillGuests;
import io.limiquantix.host.journal.Turns;
import io.limiquantix.host.libvirt.DiskFiles;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.KeptMemories;
import io.limiquantix.host.storage.ChainedVolumes.Place;
import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StoragePool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of several disks of one domain, all of the same moment: those that are chains of files go over in one transaction of QEMU;
 * where storages make snapshots by themselves, the guest's processors stand still until all are made.
 */
public final class DiskSnapshots {
    private final OpenPools pools;
    private final ChainedVolumes chained;
    private final VolumesInUse inUse;
    private final DiskFiles files;
    private final Domains domains;
    private final StillGuests still;
    private final KeptMemories memories;

    public DiskSnapshots(
            OpenPools pools,
            ChainedVolumes chained,
            VolumesInUse inUse,
            DiskFiles files,
            Domains domains,
            StillGuests still,
            KeptMemories memories) {
        this.pools = pools;
        this.chained = chained;
        this.inUse = inUse;
        this.files = files;
        this.domains = domains;
        this.still = still;
        this.memories = memories;
    }

    /**
     * @param snapshots in the order of the request
     * @param memoryBytes absent: it was not kept
     */
    public record Made(
            List<Snapshot> snapshots,
            Stillness stillness,
            @Nullable Long memoryBytes) {}

    /** @param place where its volume is a chain of files */
    private record Disk(
            SnapshotName name, StoragePool pool, @Nullable Place place) {
        Optional<Snapshot> found() {
            return pool.snapshots().list(name.volumeId()).stream()
                    .filter(snapshot -> snapshot.id().equals(name.snapshotId()))
                    .findFirst();
        }

        Snapshot make() {
            return pool.snapshots().create(name.volumeId(), name.snapshotId());
        }
    }

    /** Makes the snapshots, or answers those that are there. */
    public Made create(SnapshotsOfDomain request, Instant deadline) {
        try (Turns.Held _ = hold(request, deadline)) {
            List<UUID> ids = request.disks().stream()
                    .map(SnapshotName::poolId)
                    .distinct()
                    .sorted()
                    .toList();
            return inTurn(ids, deadline, () -> take(request, deadline));
        }
    }

    private Turns.Held hold(SnapshotsOfDomain request, Instant deadline) {
        Deque<Turns.Held> held = new ArrayDeque<>();
        Turns.Held all = () -> held.forEach(Turns.Held::close);
        try {
            request.disks().stream()
                    .filter(this::isChained)
                    .map(SnapshotName::volumeId)
                    .sorted()
                    .forEach(id -> held.push(chained.hold(id, deadline)));
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private boolean isChained(SnapshotName name) {
        return pools.require(name.poolId()).snapshots().overlays().isPresent();
    }

    /** Everybody waits for pools in the same order. */
    private <T> T inTurn(List<UUID> left, Instant deadline, Supplier<T> work) {
        if (left.isEmpty()) {
            return work.get();
        }
        return pools.change(left.getFirst(), deadline, _ -> inTurn(left.subList(1, left.size()), deadline, work));
    }

    private Made take(SnapshotsOfDomain request, Instant deadline) {
        List<Disk> disks = new ArrayList<>();
        for (SnapshotName name : request.disks()) {
            StoragePool pool = pools.require(name.poolId());
            @Nullable Place place = isChained(name) ? chained.settleFiles(pool, name.volumeId(), deadline) : null;
            disks.add(new Disk(name, pool, place));
        }
        List<Snapshot> there =
                disks.stream().flatMap(disk -> disk.found().stream()).toList();
        if (there.size() == disks.size() && isMemoryThere(request)) {
            return made(request, there, Stillness.RUNNING);
        }
        if (!there.isEmpty()) {
            throw FailureException.conflict(
                    "An earlier try was cut off: it made the snapshot of " + there.size() + " of " + disks.size()
                            + " disks" + (request.memoryId() == null ? "" : ", and may not have kept the memory")
                            + ", and what is left would be of another moment. Delete it and make a new one.");
        }
        Made made = takeNow(request, disks, deadline);
        for (Disk disk : disks) {
            if (disk.place() != null) {
                chained.follow(disk.pool(), disk.place(), deadline);
            }
        }
        return made;
    }

    private boolean isMemoryThere(SnapshotsOfDomain request) {
        return request.memoryId() == null || memories.isWhole(request.vmId(), request.memoryId());
    }

    private Made made(SnapshotsOfDomain request, List<Snapshot> snapshots, Stillness stillness) {
        UUID memoryId = request.memoryId();
        return new Made(snapshots, stillness, memoryId == null ? null : memories.bytes(request.vmId(), memoryId));
    }

    private Made takeNow(SnapshotsOfDomain request, List<Disk> disks, Instant deadline) {
        PowerState state = state(request.vmId(), deadline);
        requireItsDisks(request.vmId(), disks);
        return switch (state) {
            case RUNNING, PAUSED -> takeUnder(request, disks, deadline);
            case STOPPED, CRASHED -> takeOff(request, disks);
            case SUSPENDED ->
                throw FailureException.conflict("The virtual machine " + request.vmId()
                        + " is suspended; start it, or discard its saved state, first.");
            case STOPPING, UNKNOWN ->
                throw FailureException.conflict("The virtual machine " + request.vmId()
                        + " is just ending, or nobody knows how it is; nothing was done. Try again in a moment.");
        };
    }

    private static Made takeOff(SnapshotsOfDomain request, List<Disk> disks) {
        if (request.memoryId() != null) {
            throw FailureException.conflict("The virtual machine " + request.vmId()
                    + " is off, so it has no memory to keep. Make the snapshot without it.");
        }
        return new Made(disks.stream().map(Disk::make).toList(), Stillness.OFF, null);
    }

    /** One that is not defined here any more, or not yet, is off. */
    private PowerState state(UUID vmId, Instant deadline) {
        try {
            return domains.get(vmId, deadline).state();
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return PowerState.STOPPED;
            }
            throw e;
        }
    }

    private static void requireItsDisks(UUID vmId, List<Disk> disks) {
        for (Disk disk : disks) {
            Place place = disk.place();
            if (place != null && place.isRunning() && !place.user().vmId().equals(vmId)) {
                throw FailureException.conflict("The volume " + disk.name().volumeId()
                        + " is a disk of the running virtual machine "
                        + place.user().vmId() + ", not of " + vmId + ".");
            }
        }
    }

    private Made takeUnder(SnapshotsOfDomain request, List<Disk> disks, Instant deadline) {
        List<Disk> ours = disks.stream()
                .filter(disk -> disk.place() != null && disk.place().isRunning())
                .sorted(Comparator.comparing(disk -> disk.name().volumeId()))
                .toList();
        @Nullable
        Path memory =
                request.memoryId() == null ? null : memories.prepare(request.vmId(), request.memoryId(), deadline);
        List<OverlaySwitch> switches = prepared(ours, deadline);
        int steps = disks.size() - ours.size() + (ours.isEmpty() && memory == null ? 0 : 1);
        StillGuests.Moment<Map<UUID, Snapshot>> moment =
                still.during(request.vmId(), request.quiesce(), steps > 1, deadline, () -> {
                    Map<UUID, Snapshot> made = new HashMap<>();
                    disks.stream()
                            .filter(disk -> !ours.contains(disk))
                            .forEach(disk -> made.put(disk.name().volumeId(), disk.make()));
                    goOver(request, switches, memory, deadline);
                    return made;
                });
        Map<UUID, Snapshot> made = moment.made();
        for (Disk disk : ours) {
            SnapshotName name = disk.name();
            made.put(
                    name.volumeId(), ChainedVolumes.overlays(disk.pool()).switched(name.volumeId(), name.snapshotId()));
        }
        List<Snapshot> inOrder =
                disks.stream().map(disk -> made.get(disk.name().volumeId())).toList();
        return made(request, inOrder, moment.stillness());
    }

    private void goOver(
            SnapshotsOfDomain request, List<OverlaySwitch> switches, @Nullable Path memory, Instant deadline) {
        UUID vmId = request.vmId();
        UUID memoryId = request.memoryId();
        if (memory != null && memoryId != null) {
            OverlaySwitch.go(
                    switches,
                    to -> memories.write(memoryId, () -> files.goOverKeeping(vmId, to, memory, deadline)),
                    inUse,
                    deadline);
        } else if (!switches.isEmpty()) {
            OverlaySwitch.go(switches, to -> files.goOver(vmId, to, deadline), inUse, deadline);
        }
    }

    /** Made before the guest is still, which they would keep waiting. */
    private List<OverlaySwitch> prepared(List<Disk> ours, Instant deadline) {
        List<OverlaySwitch> switches = new ArrayList<>();
        try {
            for (Disk disk : ours) {
                Place place = Optional.ofNullable(disk.place()).orElseThrow();
                files.refuseWhileBusy(place.disk(), deadline);
                OverlaySwitch.prepare(disk.pool(), place, disk.name()).ifPresent(switches::add);
            }
            return switches;
        } catch (RuntimeException e) {
            switches.forEach(one ->
                    one.overlays().abandon(one.name().volumeId(), one.name().snapshotId()));
            throw e;
        }
    }
}
