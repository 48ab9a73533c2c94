package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Disks that go to other pools, while their virtual machine stays on its host, running or off. */
public final class DiskMovingApi {
    /** The disks of a VM in their order, each with every pool and what stands in the way. */
    public static final ServiceAddress<ComputeApi.Vm, DisksToMove> LIST_TARGETS =
            ServiceAddress.reading("compute.list-disk-targets", ComputeApi.Vm.class, DisksToMove.class);

    /** Moves them by a task, one after the other. However it ends, each is in one of the two pools, and its guest goes on. */
    public static final ServiceAddress<MoveDisks, TaskRef> MOVE =
            ServiceAddress.changing("compute.move-disks", MoveDisks.class, TaskRef.class);

    private DiskMovingApi() {}

    public record DisksToMove(List<DiskToMove> items) {
        public DisksToMove {
            items = List.copyOf(items);
        }
    }

    /**
     * @param bytesToCopy at most: an image's blocks become the disk's own
     * @param obstacles whole sentences on what keeps it where it is, whatever the pool
     * @param pools by name, all but its own
     */
    public record DiskToMove(
            UUID volumeId,
            String name,
            UUID poolId,
            String poolName,
            long sizeBytes,
            long bytesToCopy,
            List<String> obstacles,
            List<PoolTarget> pools) {
        public DiskToMove {
            obstacles = List.copyOf(obstacles);
            pools = List.copyOf(pools);
        }
    }

    /**
     * @param freeBytes as the VM's host sees it; 0 where that cannot use the pool
     * @param obstacles whole sentences; none, and none of the disk's: it is possible
     */
    public record PoolTarget(UUID poolId, String poolName, boolean possible, long freeBytes, List<String> obstacles) {
        public PoolTarget {
            obstacles = List.copyOf(obstacles);
        }
    }

    /** @param bandwidthMibPerSecond from 1 to 100000; absent: as fast as it goes */
    public record MoveDisks(
            UUID vmId, List<DiskWish> disks, @Nullable Integer bandwidthMibPerSecond) {
        public MoveDisks {
            disks = List.copyOf(disks);
        }
    }

    /** @param poolId where it is to be */
    public record DiskWish(UUID volumeId, UUID poolId) {}
}
