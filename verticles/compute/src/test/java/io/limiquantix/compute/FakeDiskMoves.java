package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostDiskMoveApi;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskPlace;
import io.limiquantix.bus.host.HostDiskMoveApi.MoveDisk;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.DiskMoveApi;
import io.limiquantix.bus.storage.DiskMoveApi.DecidedDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.MovingDisk;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.id.Uuid7;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A second pool of the world's host, to which disks can go. */
final class FakeDiskMoves {
    /** How the host answers when it is to move a disk. */
    enum Moving {
        GOES_OVER,
        REFUSES,
        /** At work until it is ended. */
        HANGS,
        /** It has gone over by the time that nobody hears any more of it. */
        GOES_OVER_UNHEARD
    }

    final UUID other = Uuid7.next();
    /** Whether the second pool is known. */
    volatile boolean joined;

    volatile Moving moving = Moving.GOES_OVER;
    /** Whether the host does not say where disks are. */
    volatile boolean silent;
    /** Whether what a domain is on was ever deleted. */
    volatile boolean broken;

    /** In which pool volumes are, as storage has it; absent: the first one. */
    final Map<UUID, UUID> pools = new ConcurrentHashMap<>();
    /** On what the disks are that are not on their first place. */
    final Map<UUID, String> at = new ConcurrentHashMap<>();
    /** Moves that storage knows, by volume. */
    final Map<UUID, UUID> underWay = new ConcurrentHashMap<>();

    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    private final World world;

    FakeDiskMoves(World world) {
        this.world = world;
    }

    List<PoolView> pools(PoolView first) {
        return joined ? List.of(first, FakeViews.pool(other, world.hostId)) : List.of(first);
    }

    UUID poolOf(UUID volume) {
        return pools.getOrDefault(volume, world.poolId);
    }

    private String placeOf(UUID volume) {
        return at.getOrDefault(volume, place(world.poolId, volume));
    }

    private static String place(UUID pool, UUID volume) {
        return "/" + pool + "/" + volume;
    }

    void serve(Bus bus) {
        bus.serve(DiskMoveApi.BEGIN, (q, caller) -> {
            world.effect("begin disk move", () -> underWay.putIfAbsent(q.volumeId(), q.moveId()) == null);
            return new MovingDisk(place(q.poolId(), q.volumeId()), "qcow2", 1L << 30);
        });
        bus.serve(DiskMoveApi.DECIDE, (q, caller) -> {
            world.effect(
                    "decide disk move",
                    () -> q.moveId().equals(underWay.get(q.volumeId()))
                            && q.path().equals(place(other, q.volumeId()))
                            && pools.put(q.volumeId(), other) == null);
            return new DecidedDiskMove(poolOf(q.volumeId()));
        });
        bus.serve(
                DiskMoveApi.END,
                (q, caller) -> world.nothing("end disk move", () -> {
                    boolean was = underWay.remove(q.volumeId(), q.moveId());
                    broken |= was && !placeOf(q.volumeId()).equals(place(poolOf(q.volumeId()), q.volumeId()));
                    return was;
                }));
        serveHost(bus);
    }

    private void serveHost(Bus bus) {
        UUID here = world.hostId;
        bus.serve(HostDiskMoveApi.MOVE, here, (q, caller) -> move(q));
        bus.serve(
                HostDiskMoveApi.LOOK,
                here,
                (q, caller) -> moving == Moving.HANGS && !ended.contains(q.moveId())
                        ? new CopyProgress(CopyState.COPYING, 40, new Moved(40, 100L))
                        : new CopyProgress(CopyState.NOT_HERE, 0));
        bus.serve(HostDiskMoveApi.SWITCH, here, (q, caller) -> goOver(q, PowerState.STOPPED));
        bus.serve(HostStorageApi.COPY_VOLUME, here, (q, caller) -> {
            world.effect("copy volume", () -> true);
            return new VolumeReport(q.volumeId(), place(q.poolId(), q.volumeId()), "qcow2", 1L << 30, 1L << 20);
        });
        bus.serve(HostStorageApi.END_COPY, here, (q, caller) -> Nothing.NOTHING);
        bus.serve(HostDiskMoveApi.SETTLE, here, (q, caller) -> {
            if (silent) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "Nobody is there.");
            }
            world.effect("settle disk", () -> ended.add(q.moveId()));
            return new DiskPlace(placeOf(q.volumeId()));
        });
    }

    private DiskPlace move(MoveDisk order) {
        if (ended.contains(order.moveId())) {
            throw FailureException.of(FailureCode.CANCELLED, "It was ended.");
        }
        return switch (moving) {
            case GOES_OVER -> goOver(order, PowerState.RUNNING);
            case REFUSES -> throw FailureException.of(FailureCode.HYPERVISOR, "The new place has no room left.");
            case HANGS -> throw FailureException.of(FailureCode.TIMEOUT, "It is being copied.");
            case GOES_OVER_UNHEARD -> {
                goOver(order, PowerState.RUNNING);
                throw FailureException.of(FailureCode.HYPERVISOR, "libvirt went away.");
            }
        };
    }

    private DiskPlace goOver(MoveDisk order, PowerState state) {
        if (world.domains.get(order.vmId()) != state) {
            throw FailureException.conflict("It is not " + state + ".");
        }
        String path = order.to().path();
        world.effect("go over", () -> !path.equals(at.put(order.to().volumeId(), path)));
        return new DiskPlace(path);
    }
}
