package io.limiquantix.compute.snapshots;

import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.SnapshotTreeApi.Tree;
import io.limiquantix.bus.storage.SnapshotView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Snapshots of disks that are no part of any snapshot of their VM that is known, put together as they were made. */
public final class UnknownParts {
    /** A task makes the ids of all parts of one in one go; the next one of the VM begins when that is over. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private static final int TIME_BASED = 7;
    private static final int BELOW_TIME = 16;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'found-'yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<UUID, SnapshotView> stored;
    private final Set<UUID> known = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    /**
     * @param snapshots of the VM, that are known
     * @param stored those of its volumes that the storage knows of, whatever they are a part of
     */
    public UnknownParts(List<VmSnapshotView> snapshots, Collection<SnapshotView> stored) {
        this.stored = stored.stream().collect(Collectors.toMap(SnapshotView::id, one -> one));
        for (VmSnapshotView snapshot : snapshots) {
            names.add(snapshot.name().toLowerCase(Locale.ROOT));
            snapshot.disks().forEach(disk -> known.add(disk.snapshotId()));
        }
    }

    /** Whether it is neither a part of a known one, nor the volume's own, nor one by which somebody keeps a volume while it is read. */
    private boolean isUnknown(UUID snapshotId) {
        SnapshotView there = stored.get(snapshotId);
        return snapshotId.version() == TIME_BASED
                && !known.contains(snapshotId)
                && (there == null || there.vmSnapshotId() != null);
    }

    /** Oldest first. */
    public List<FoundSnapshot> in(DiskTrees disks, Supplier<UUID> newId) {
        List<Disk> unknown = disks.trees().entrySet().stream()
                .flatMap(entry -> unknown(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(disk -> time(disk.snapshotId())))
                .toList();
        List<FoundSnapshot> found = new ArrayList<>();
        together(unknown).forEach(parts -> found.add(found(parts, newId)));
        return found;
    }

    private Stream<Disk> unknown(UUID volumeId, Tree tree) {
        return tree.nodes().stream()
                .filter(node -> isUnknown(node.snapshotId()))
                .map(node -> new Disk(volumeId, node.snapshotId(), node.sizeBytes()));
    }

    /** An earlier search that was cut off may have stored some of them: these say what they belong to. */
    private List<List<Disk>> together(List<Disk> byTime) {
        Map<UUID, List<Disk>> begun = new HashMap<>();
        List<List<Disk>> groups = new ArrayList<>();
        for (Disk part : byTime) {
            SnapshotView there = stored.get(part.snapshotId());
            if (there != null && there.vmSnapshotId() != null) {
                begun.computeIfAbsent(there.vmSnapshotId(), _ -> added(groups)).add(part);
            } else if (!groups.isEmpty() && belongs(groups.getLast(), part)) {
                groups.getLast().add(part);
            } else {
                added(groups).add(part);
            }
        }
        return groups;
    }

    private static List<Disk> added(List<List<Disk>> groups) {
        groups.add(new ArrayList<>());
        return groups.getLast();
    }

    private static boolean belongs(List<Disk> group, Disk part) {
        Instant last = time(group.getLast().snapshotId());
        return group.stream().noneMatch(other -> other.volumeId().equals(part.volumeId()))
                && Duration.between(last, time(part.snapshotId())).compareTo(TOGETHER) <= 0;
    }

    private FoundSnapshot found(List<Disk> parts, Supplier<UUID> newId) {
        UUID id = parts.stream()
                .map(part -> stored.get(part.snapshotId()))
                .filter(there -> there != null && there.vmSnapshotId() != null)
                .map(SnapshotView::vmSnapshotId)
                .findFirst()
                .orElseGet(newId);
        Instant madeAt = time(parts.getFirst().snapshotId());
        return new FoundSnapshot(id, name(madeAt), madeAt, parts);
    }

    private String name(Instant madeAt) {
        String name = NAME.format(madeAt);
        for (int i = 2; !names.add(name); i++) {
            name = NAME.format(madeAt) + "-" + i;
        }
        return name;
    }

    /** The time in a version 7 id (RFC 9562, 5.7). */
    private static Instant time(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> BELOW_TIME);
    }
}
