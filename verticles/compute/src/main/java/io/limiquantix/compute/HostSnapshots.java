package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.SnapshotTreeApi.Node;
import io.limiquantix.bus.host.SnapshotTreeApi.Tree;
import io.limiquantix.bus.host.SnapshotUseApi;
import io.limiquantix.bus.host.SnapshotUseApi.OfSnapshot;
import io.limiquantix.bus.host.SnapshotUseApi.Use;
import io.limiquantix.compute.snapshots.DiskTrees;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The snapshots that the disks of a VM have, as its host says; of disks that it says nothing of, nothing is known. */
final class HostSnapshots {
    private final Map<UUID, Set<UUID>> there = new HashMap<>();
    private final Map<UUID, Long> bytes = new HashMap<>();
    private final @Nullable Integer chainLength;

    private HostSnapshots(List<Use> uses) {
        for (Use use : uses) {
            Set<UUID> ids = there.computeIfAbsent(use.volumeId(), id -> new HashSet<>());
            for (OfSnapshot one : use.snapshots()) {
                ids.add(one.snapshotId());
                Long takes = one.bytes();
                if (takes != null) {
                    bytes.put(one.snapshotId(), takes);
                }
            }
        }
        chainLength = uses.stream()
                .map(Use::chainLength)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }

    /** Nothing is known where the host does not answer in time. */
    static HostSnapshots ask(Bus bus, StoredVm vm, Caller caller) {
        UUID host = vm.hostId();
        if (host == null || vm.disks().isEmpty()) {
            return new HostSnapshots(List.of());
        }
        List<VolumeName> volumes = vm.disks().stream()
                .map(disk -> new VolumeName(disk.poolId(), disk.volumeId()))
                .toList();
        try {
            return new HostSnapshots(
                    bus.request(SnapshotUseApi.LOOK.at(host), new SnapshotUseApi.Volumes(volumes), caller)
                            .volumes());
        } catch (FailureException _) {
            return new HostSnapshots(List.of());
        }
    }

    /** Whether it says of all disks which they have. */
    boolean isWhole(StoredVm vm) {
        return vm.disks().stream().allMatch(disk -> there.containsKey(disk.volumeId()));
    }

    /** All of the disks that the VM writes to; nobody asked what they came of. */
    DiskTrees trees(StoredVm vm) {
        Map<UUID, Tree> trees = new HashMap<>();
        vm.disks().stream().filter(disk -> !disk.readOnly()).map(Disk::volumeId).forEach(volume -> {
            Set<UUID> ids = there.getOrDefault(volume, Set.of());
            trees.put(
                    volume,
                    new Tree(ids.stream().map(id -> new Node(id, null, 0)).toList(), null, false));
        });
        return new DiskTrees(trees);
    }

    /** Of the deepest disk. */
    @Nullable
    Integer chainLength() {
        return chainLength;
    }

    /** The volumes that are known not to have their part of it. */
    List<UUID> lacking(VmSnapshotView snapshot) {
        return snapshot.disks().stream()
                .filter(disk -> !there.getOrDefault(disk.volumeId(), Set.of(disk.snapshotId()))
                        .contains(disk.snapshotId()))
                .map(VmSnapshotView.Disk::volumeId)
                .toList();
    }

    /** Only where it is known of all its disks: a part of it would be taken for the whole. */
    @Nullable
    Long bytes(VmSnapshotView snapshot) {
        List<Long> parts = snapshot.disks().stream()
                .map(disk -> bytes.get(disk.snapshotId()))
                .filter(Objects::nonNull)
                .toList();
        return parts.isEmpty() || parts.size() < snapshot.disks().size()
                ? null
                : parts.stream().mapToLong(Long::longValue).sum();
    }
}
