package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.State;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What people ask of the snapshots of VMs. */
final class VmSnapshots {
    /** Files of a volume lie on top of each other, and each costs a guest some time. */
    private static final int MOST = 60;

    private static final int LONGEST_DESCRIPTION = 4_000;

    private final Database database;
    private final VmStore vms;
    private final VmWork work;
    private final VmSnapshotStore store;
    private final SnapshotDisks disks;
    private final SnapshotVmTask create;
    private final DeleteSnapshotTask delete;
    private final CloneLinks links;

    VmSnapshots(
            Database database,
            VmStore vms,
            VmWork work,
            VmSnapshotStore store,
            SnapshotDisks disks,
            SnapshotVmTask create,
            DeleteSnapshotTask delete,
            CloneLinks links) {
        this.links = links;
        this.database = database;
        this.vms = vms;
        this.work = work;
        this.store = store;
        this.disks = disks;
        this.create = create;
        this.delete = delete;
    }

    void serve(Bus bus) {
        bus.serve(SnapshotApi.CREATE, this::create);
        bus.serve(SnapshotApi.LIST, new SnapshotLists(database, bus, vms, store)::of);
        bus.serve(SnapshotApi.DESCRIBE, (request, caller) -> describe(request));
        bus.serve(SnapshotApi.DELETE, this::delete);
    }

    private TaskRef create(SnapshotApi.CreateSnapshot request, Caller caller) {
        ThingName.require(request.name());
        requireShort(request.description());
        requireOneWay(request);
        StoredVm before = database.transaction(tx -> vms.get(tx, request.vmId()));
        SnapshotDisks.Choice choice = disks.of(before, caller);
        return work.begin(request.vmId(), caller, create.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            FormerNamesOfDisks.requireNone(vm);
            choice.requireStillOf(vm);
            requireRoomForOne(tx, store, vm);
            if (request.memory()) {
                requireMemory(vm);
            }
            UUID id = Uuid7.next();
            store.add(tx, asBegun(id, vm.id(), request, choice, caller), KeptMachine.of(vm));
            return new SnapshotVmTask.Input(vm.id(), VmDisks.hostOf(vm), id, request.quiesce(), request.memory());
        });
    }

    private static void requireOneWay(SnapshotApi.CreateSnapshot request) {
        if (request.memory() && request.quiesce()) {
            throw FailureException.invalid(
                    "quiesce",
                    "A snapshot with the memory has in it what the guest had not written to its disks yet, so that nothing is"
                            + " to be frozen for it: ask for one of the two.");
        }
    }

    /** Its memory has to be that of the machine that the VM is said to be. */
    private static void requireMemory(StoredVm vm) {
        if (vm.powerState() != PowerState.RUNNING && vm.powerState() != PowerState.PAUSED) {
            throw FailureException.conflict(
                    vm.name() + " does not run, so it has no memory to keep. Make the snapshot without it.");
        }
        if (!vm.observed().pending().isEmpty()) {
            throw FailureException.conflict(vm.name()
                    + " runs as it was before its last changes, which wait for its next start. Start it anew before its memory"
                    + " is kept, or make the snapshot without it.");
        }
    }

    static void requireRoomForOne(Transaction tx, VmSnapshotStore store, StoredVm vm) {
        if (store.list(tx, vm.id()).size() >= MOST) {
            throw FailureException.conflict(
                    vm.name() + " has " + MOST + " snapshots; delete some before you make more.");
        }
    }

    /** One that a task is about to make. */
    static VmSnapshotView asBegun(
            UUID id, UUID vmId, SnapshotApi.CreateSnapshot request, SnapshotDisks.Choice choice, Caller caller) {
        return new VmSnapshotView(
                id,
                vmId,
                null,
                request.name(),
                request.description(),
                State.CREATING,
                null,
                choice.disks(),
                null,
                caller.actor().name(),
                Instant.EPOCH,
                1,
                false,
                List.of());
    }

    private static void requireShort(String description) {
        if (description.length() > LONGEST_DESCRIPTION) {
            throw FailureException.invalid(
                    "description", "A description has at most " + LONGEST_DESCRIPTION + " characters.");
        }
    }

    private VmSnapshotView describe(SnapshotApi.DescribeSnapshot request) {
        return database.transaction(tx -> {
            vms.lock(tx, request.vmId());
            VmSnapshotView snapshot = store.get(tx, request.vmId(), request.snapshotId());
            VersionCheck.require("snapshot " + snapshot.name(), request.expectedVersion(), snapshot.version());
            String name = Optional.ofNullable(request.name()).orElse(snapshot.name());
            String description = Optional.ofNullable(request.description()).orElse(snapshot.description());
            ThingName.require(name);
            requireShort(description);
            store.describe(tx, snapshot, name, description);
            return store.get(tx, request.vmId(), request.snapshotId());
        });
    }

    private TaskRef delete(SnapshotApi.DeleteSnapshot request, Caller caller) {
        links.forgetIndependent(request.vmId(), caller);
        return work.begin(request.vmId(), caller, delete.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            VmSnapshotView snapshot = store.get(tx, vm.id(), request.snapshotId());
            List<VmSnapshotView> doomed = request.withChildren() ? withChildren(tx, snapshot) : List.of(snapshot);
            doomed.forEach(each -> refuseCloned(vm, each));
            doomed.forEach(each -> store.deleting(tx, each));
            return new DeleteSnapshotTask.Input(
                    vm.id(),
                    VmDisks.hostOf(vm),
                    doomed.stream().map(VmSnapshotView::id).toList());
        });
    }

    private static void refuseCloned(StoredVm vm, VmSnapshotView snapshot) {
        if (!snapshot.clones().isEmpty()) {
            throw FailureException.conflict(
                    "Clones need the snapshot " + snapshot.name() + " of " + vm.name() + ": "
                            + String.join(", ", snapshot.clones())
                            + ". Delete the linked ones or make their disks independent, and wait for those that are being made.");
        }
    }

    /** What came of it first. */
    private List<VmSnapshotView> withChildren(Transaction tx, VmSnapshotView root) {
        List<VmSnapshotView> all = store.list(tx, root.vmId());
        List<VmSnapshotView> found = new ArrayList<>(List.of(root));
        for (int i = 0; i < found.size(); i++) {
            UUID parent = found.get(i).id();
            all.stream().filter(one -> parent.equals(one.parentId())).forEach(found::add);
        }
        return found.reversed();
    }
}
