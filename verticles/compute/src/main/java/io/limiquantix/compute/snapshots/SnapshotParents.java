package io.limiquantix.compute.snapshots;

import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshots of a VM came of and from which one it goes on, as its disks have it. Where a storage knows the order alone, what is
 * stored stays, but for what was just found.
 */
public final class SnapshotParents {
    private final List<VmSnapshotView> snapshots;
    private final Set<UUID> found;
    private final DiskTrees disks;
    private final Map<UUID, UUID> wholes = new HashMap<>();

    /**
     * @param snapshots all of the VM, oldest first
     * @param found the ids of those that were just found
     */
    public SnapshotParents(List<VmSnapshotView> snapshots, Set<UUID> found, DiskTrees disks) {
        this.snapshots = List.copyOf(snapshots);
        this.found = Set.copyOf(found);
        this.disks = disks;
        snapshots.forEach(one -> one.disks().forEach(disk -> wholes.put(disk.snapshotId(), one.id())));
    }

    /** By the id of those that came of another one than is stored; empty: of none. */
    public Map<UUID, Optional<UUID>> changed() {
        Map<UUID, @Nullable UUID> parents = new HashMap<>();
        snapshots.forEach(one -> parents.put(one.id(), one.parentId()));
        Map<UUID, Optional<UUID>> changed = new HashMap<>();
        for (VmSnapshotView snapshot : snapshots) {
            parent(snapshot)
                    .filter(parent -> !isBelow(parents, parent.id(), snapshot.id()))
                    .filter(parent ->
                            !Optional.ofNullable(parent.id()).equals(Optional.ofNullable(snapshot.parentId())))
                    .ifPresent(parent -> {
                        parents.put(snapshot.id(), parent.id());
                        changed.put(snapshot.id(), Optional.ofNullable(parent.id()));
                    });
        }
        return changed;
    }

    private record Parent(@Nullable UUID id) {}

    private static boolean isBelow(Map<UUID, @Nullable UUID> parents, @Nullable UUID start, UUID sought) {
        @Nullable UUID id = start;
        while (id != null && !id.equals(sought)) {
            id = parents.get(id);
        }
        return id != null;
    }

    private Optional<Parent> parent(VmSnapshotView snapshot) {
        List<Disk> there = snapshot.disks().stream()
                .filter(disk -> disks.has(disk.volumeId(), disk.snapshotId()))
                .toList();
        List<Disk> exact =
                there.stream().filter(disk -> disks.isExact(disk.volumeId())).toList();
        if (exact.isEmpty() && (there.isEmpty() || !found.contains(snapshot.id()))) {
            return Optional.empty();
        }
        Set<UUID> parents = new HashSet<>();
        for (Disk disk : exact.isEmpty() ? there : exact) {
            disks.below(disk.volumeId(), disk.snapshotId(), wholes::containsKey)
                    .ifPresent(part -> parents.add(wholes.get(part)));
        }
        return agreed(parents, snapshot);
    }

    /** A disk that came later has nothing below its first part, so that says nothing where others have. */
    private Optional<Parent> agreed(Set<UUID> parents, VmSnapshotView snapshot) {
        return switch (parents.size()) {
            case 0 -> Optional.of(new Parent(null));
            case 1 -> Optional.of(new Parent(parents.iterator().next()));
            default -> found.contains(snapshot.id()) ? Optional.of(new Parent(latest(parents))) : Optional.empty();
        };
    }

    private UUID latest(Set<UUID> ids) {
        List<UUID> inOrder = new ArrayList<>();
        snapshots.stream().map(VmSnapshotView::id).filter(ids::contains).forEach(inOrder::add);
        return inOrder.getLast();
    }

    /** From which one the disks go on; empty: what is stored stays. */
    public Optional<UUID> current() {
        Set<UUID> exact = new HashSet<>();
        Set<UUID> last = new HashSet<>();
        for (UUID volume : disks.trees().keySet()) {
            disks.current(volume, wholes::containsKey)
                    .map(wholes::get)
                    .ifPresent(whole -> (disks.isExact(volume) ? exact : last).add(whole));
        }
        if (exact.size() == 1) {
            return Optional.of(exact.iterator().next());
        }
        return exact.isEmpty() && last.size() == 1
                ? last.stream().filter(found::contains).findFirst()
                : Optional.empty();
    }
}
