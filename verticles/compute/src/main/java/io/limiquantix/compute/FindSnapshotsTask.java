package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.storage.FoundSnapshotApi;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.snapshots.DiskTrees;
import io.limiquantix.compute.snapshots.FoundSnapshot;
import io.limiquantix.compute.snapshots.SnapshotParents;
import io.limiquantix.compute.snapshots.UnknownParts;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores the snapshots of a VM that its disks have and the database has not, and lets parents and the current one follow the disks. */
final class FindSnapshotsTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int READ = 30;
    private static final int STORED = 80;

    private final Database database;
    private final Bus bus;
    private final VmSnapshotStore store;

    FindSnapshotsTask(Database database, Bus bus, VmSnapshotStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    record Input(UUID vmId, UUID hostId, List<VolumeName> volumes, String actor) {
        Input {
            volumes = List.copyOf(volumes);
        }
    }

    record Seen(DiskTrees disks, List<FoundSnapshot> found) {
        Seen {
            found = List.copyOf(found);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.FIND_SNAPSHOTS, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Seen seen =
                run.step("read what the disks have", Seen.class).progress(READ).run(caller -> look(input, caller));
        for (FoundSnapshot found : seen.found()) {
            run.step("store " + found.name(), Nothing.class).progress(STORED).run(caller -> keep(input, found, caller));
        }
        run.step("note them", Nothing.class).run(caller -> note(input, seen));
        seen.found()
                .forEach(one -> run.log("Found " + one.name() + ", made at " + one.madeAt() + ", of "
                        + one.disks().size() + (one.disks().size() == 1 ? " disk." : " disks.")));
        if (seen.found().isEmpty()) {
            run.log("The disks have no snapshots that were not known.");
        }
    }

    private Seen look(Input input, Caller caller) {
        Map<UUID, SnapshotTreeApi.Tree> trees = new HashMap<>();
        for (VolumeName volume : input.volumes()) {
            trees.put(
                    volume.volumeId(),
                    bus.request(SnapshotTreeApi.READ.at(input.hostId()), volume, caller.within(ANSWER)));
        }
        List<SnapshotView> stored = new VolumeSnapshots(bus).of(trees.keySet(), caller.within(ANSWER));
        List<VmSnapshotView> known = database.transaction(tx -> store.list(tx, input.vmId()));
        DiskTrees disks = new DiskTrees(trees);
        return new Seen(disks, new UnknownParts(known, stored).in(disks, Uuid7::next));
    }

    private Nothing keep(Input input, FoundSnapshot found, Caller caller) {
        List<StorageApi.Snapshot> parts = found.disks().stream()
                .map(disk -> new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()))
                .toList();
        bus.request(
                FoundSnapshotApi.STORE,
                new FoundSnapshotApi.Found(input.hostId(), found.id(), found.name(), parts, found.madeAt()),
                caller.within(ANSWER));
        return Nothing.NOTHING;
    }

    private Nothing note(Input input, Seen seen) {
        database.run(tx -> {
            seen.found().forEach(found -> store.found(tx, input.vmId(), found, input.actor()));
            relate(tx, input.vmId(), seen);
        });
        return Nothing.NOTHING;
    }

    private void relate(Transaction tx, UUID vmId, Seen seen) {
        Set<UUID> found = seen.found().stream().map(FoundSnapshot::id).collect(Collectors.toSet());
        SnapshotParents parents = new SnapshotParents(store.list(tx, vmId), found, seen.disks());
        parents.changed().forEach((id, parent) -> store.setParent(tx, id, parent.orElse(null)));
        parents.current().ifPresent(id -> store.setCurrent(tx, vmId, id));
    }
}
