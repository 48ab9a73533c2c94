package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.SnapshotApi.Snapshots;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.State;
import io.limiquantix.compute.snapshots.UnknownParts;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The snapshots of VMs as they are stored, with what their hosts say of them each time. */
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
        Stored before = read(request.vmId());
        HostSnapshots host = HostSnapshots.ask(bus, before.vm(), caller.within(PATIENCE));
        // One that came or went meanwhile is no broken one.
        Stored stored = read(request.vmId());
        List<VmSnapshotView> items = stored.items().stream()
                .map(snapshot -> {
                    boolean settled =
                            snapshot.state() == State.READY && before.items().contains(snapshot);
                    return snapshot.found(host.bytes(snapshot), settled ? host.lacking(snapshot) : List.of());
                })
                .toList();
        return new Snapshots(
                items, stored.currentId(), sum(items), host.chainLength(), unknown(before, stored, host, caller));
    }

    /** Absent where the host does not say it, or the storage not whether what there is is the volumes' own. */
    private @Nullable Integer unknown(Stored before, Stored stored, HostSnapshots host, Caller caller) {
        if (!host.isWhole(before.vm())) {
            return null;
        }
        List<VmSnapshotView> known =
                Stream.concat(before.items().stream(), stored.items().stream()).toList();
        UnknownParts withoutStorage = new UnknownParts(known, List.of());
        Set<UUID> volumes = withoutStorage.in(host.trees(before.vm()), Uuid7::next).stream()
                .flatMap(found -> found.disks().stream())
                .map(VmSnapshotView.Disk::volumeId)
                .collect(Collectors.toSet());
        if (volumes.isEmpty()) {
            return 0;
        }
        try {
            var parts = new UnknownParts(known, new VolumeSnapshots(bus).of(volumes, caller.within(PATIENCE)));
            return parts.in(host.trees(before.vm()), Uuid7::next).size();
        } catch (FailureException _) {
            return null;
        }
    }

    private Stored read(UUID vmId) {
        return database.transaction(tx -> new Stored(
                vms.get(tx, vmId), store.list(tx, vmId), store.current(tx, vmId).orElse(null)));
    }

    /** Absent when that of any is not known: a sum of some would be taken for all. */
    private static @Nullable Long sum(List<VmSnapshotView> items) {
        long sum = 0;
        for (VmSnapshotView item : items) {
            if (item.usedBytes() == null) {
                return null;
            }
            sum += item.usedBytes();
        }
        return sum;
    }
}
