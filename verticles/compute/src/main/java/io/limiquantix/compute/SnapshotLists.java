package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.SnapshotApi.Snapshots;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.SnapshotUseApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The snapshots of VMs with what they take, which their hosts are asked for each time. */
final class SnapshotLists {
    /** Whoever looks at the list wants the list. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmSnapshotStore store;

    SnapshotLists(Database database, Bus bus, VmStore vms, VmSnapshotStore store) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.store = store;
    }

    private record Stored(
            StoredVm vm,
            List<VmSnapshotView> items,
            @Nullable UUID currentId) {}

    Snapshots of(ComputeApi.Vm request, Caller caller) {
        Stored stored = database.transaction(tx -> new Stored(
                vms.get(tx, request.vmId()),
                store.list(tx, request.vmId()),
                store.current(tx, request.vmId()).orElse(null)));
        List<SnapshotUseApi.Use> uses = uses(stored.vm(), caller);
        Map<UUID, Long> bytes = new HashMap<>();
        uses.forEach(use -> use.snapshots().forEach(one -> bytes.put(one.snapshotId(), one.bytes())));
        List<VmSnapshotView> items = stored.items().stream()
                .map(snapshot -> snapshot.using(used(snapshot, bytes)))
                .toList();
        return new Snapshots(items, stored.currentId(), sum(items), deepest(uses));
    }

    /** None where the host does not answer. */
    private List<SnapshotUseApi.Use> uses(StoredVm vm, Caller caller) {
        UUID host = vm.hostId();
        if (host == null || vm.disks().isEmpty()) {
            return List.of();
        }
        List<VolumeName> volumes = vm.disks().stream()
                .map(disk -> new VolumeName(disk.poolId(), disk.volumeId()))
                .toList();
        try {
            return bus.request(
                            SnapshotUseApi.LOOK.at(host), new SnapshotUseApi.Volumes(volumes), caller.within(PATIENCE))
                    .volumes();
        } catch (FailureException _) {
            return List.of();
        }
    }

    /** Only where it is known of all its disks: a part of it would be taken for the whole. */
    private static @Nullable Long used(VmSnapshotView snapshot, Map<UUID, Long> bytes) {
        List<Long> parts = snapshot.disks().stream()
                .flatMap(disk -> Optional.ofNullable(bytes.get(disk.snapshotId())).stream())
                .toList();
        return parts.isEmpty() || parts.size() < snapshot.disks().size()
                ? null
                : parts.stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable Long sum(List<VmSnapshotView> items) {
        List<Long> known = items.stream()
                .map(VmSnapshotView::usedBytes)
                .filter(Objects::nonNull)
                .toList();
        return known.isEmpty()
                ? null
                : known.stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable Integer deepest(List<SnapshotUseApi.Use> uses) {
        return uses.stream()
                .map(SnapshotUseApi.Use::chainLength)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }
}
