package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.SnapshotApi.CreateSnapshot;
import io.limiquantix.bus.compute.SnapshotApi.RevertVm;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.State;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins to bring VMs back to snapshots, and says beforehand what else was otherwise then. */
final class VmReverting {
    private final Database database;
    private final VmStore vms;
    private final VmWork work;
    private final VmSnapshotStore store;
    private final SnapshotDisks disks;
    private final HostDirectory hosts;
    private final RevertedSettings settings;
    private final RevertVmTask task;

    VmReverting(
            Database database,
            VmStore vms,
            VmWork work,
            VmSnapshotStore store,
            SnapshotDisks disks,
            HostDirectory hosts,
            RevertedSettings settings,
            RevertVmTask task) {
        this.database = database;
        this.vms = vms;
        this.work = work;
        this.store = store;
        this.disks = disks;
        this.hosts = hosts;
        this.settings = settings;
        this.task = task;
    }

    void serve(Bus bus) {
        bus.serve(SnapshotApi.REVERT, this::revert);
        bus.serve(SnapshotApi.DIFFERENCES, (request, caller) -> differences(request));
    }

    private SnapshotApi.Differences differences(SnapshotApi.Snapshot request) {
        return database.transaction(tx -> {
            KeptMachine now = KeptMachine.of(vms.get(tx, request.vmId()));
            VmSnapshotView snapshot = store.get(tx, request.vmId(), request.snapshotId());
            return store.machine(tx, snapshot.id())
                    .map(then -> new SnapshotApi.Differences(true, KeptDifferences.between(then, now)))
                    .orElse(new SnapshotApi.Differences(false, List.of()));
        });
    }

    private TaskRef revert(RevertVm request, Caller caller) {
        SnapshotDisks.Choice present = null;
        if (request.keepCurrent() != null) {
            ThingName.require(request.keepCurrent());
            present = disks.ofStopped(database.transaction(tx -> vms.get(tx, request.vmId())), caller);
        }
        Wish wish = new Wish(request, present, request.settings() ? hosts.ask(caller) : List.of());
        return work.begin(request.vmId(), caller, task.kind(), Set.of(), (tx, vm) -> decide(tx, vm, wish, caller));
    }

    /** @param present what a snapshot of now covers; absent: none is wanted */
    private record Wish(RevertVm request, SnapshotDisks.@Nullable Choice present, List<HostView> known) {}

    private RevertVmTask.Input decide(Transaction tx, StoredVm vm, Wish wish, Caller caller) {
        RevertVm request = wish.request();
        VmDisks.requireReady(vm);
        VmSnapshotView snapshot = store.get(tx, vm.id(), request.snapshotId());
        requireWhole(vm, snapshot);
        boolean stop = stop(vm, request);
        RevertedSettings.Plan plan = request.settings()
                ? settings.plan(tx, vm, snapshot, machine(tx, vm, snapshot), wish.known())
                : RevertedSettings.Plan.NOTHING;
        boolean memory = Optional.ofNullable(request.memory()).orElse(snapshot.memoryBytes() != null);
        if (memory) {
            requireSameMachine(tx, vm, snapshot, request.settings());
        }
        SnapshotVmTask.Input present = wish.present() == null ? null : present(tx, vm, wish, snapshot, caller);
        return new RevertVmTask.Input(vm.id(), VmDisks.hostOf(vm), snapshot.id(), memory, stop, present, plan);
    }

    private static void requireWhole(StoredVm vm, VmSnapshotView snapshot) {
        if (snapshot.state() != State.READY) {
            throw FailureException.conflict("The snapshot " + snapshot.name() + " of " + vm.name()
                    + (snapshot.state() == State.CREATING
                            ? " is still being made."
                            : " was deleted halfway; it can only be deleted."));
        }
    }

    /** Whether it has to be stopped, which whoever asks has to want. */
    private static boolean stop(StoredVm vm, RevertVm request) {
        if (vm.powerState() == PowerState.STOPPED || vm.powerState() == PowerState.CRASHED) {
            return false;
        }
        if (vm.powerState() == PowerState.SUSPENDED) {
            throw FailureException.conflict(
                    vm.name() + " is suspended; discard its saved state before it is brought back to a snapshot.");
        }
        if (!request.stop()) {
            throw FailureException.conflict(
                    vm.name()
                            + " is not off; shut it down before it is brought back to a snapshot, or ask for it to be stopped.");
        }
        PowerRules.check(PowerAction.FORCE_STOP, vm.name(), vm.phase(), vm.powerState());
        return true;
    }

    private KeptMachine machine(Transaction tx, StoredVm vm, VmSnapshotView snapshot) {
        return store.machine(tx, snapshot.id())
                .orElseThrow(() -> FailureException.invalid(
                        "settings",
                        "The settings of " + vm.name() + " were not kept with the snapshot " + snapshot.name()
                                + "; its disks can be brought back without them."));
    }

    private SnapshotVmTask.Input present(Transaction tx, StoredVm vm, Wish wish, VmSnapshotView before, Caller caller) {
        SnapshotDisks.Choice choice = Optional.ofNullable(wish.present()).orElseThrow();
        String name = Optional.ofNullable(wish.request().keepCurrent()).orElseThrow();
        choice.requireStillOf(vm);
        VmSnapshots.requireRoomForOne(tx, store, vm);
        UUID id = Uuid7.next();
        CreateSnapshot words = new CreateSnapshot(
                vm.id(), name, "What it was before it was brought back to " + before.name() + ".", false, false);
        store.add(tx, VmSnapshots.asBegun(id, vm.id(), words, choice, caller), KeptMachine.of(vm));
        return new SnapshotVmTask.Input(vm.id(), VmDisks.hostOf(vm), id, false, false);
    }

    private void requireSameMachine(Transaction tx, StoredVm vm, VmSnapshotView snapshot, boolean withSettings) {
        if (snapshot.memoryBytes() == null) {
            throw FailureException.invalid(
                    "memory", "The snapshot " + snapshot.name() + " was made without the memory of " + vm.name() + ".");
        }
        KeptMachine now = KeptMachine.of(vm);
        List<String> differences = store.machine(tx, snapshot.id())
                .map(then -> then.differences(withSettings ? now.withSettingsOf(then) : now))
                .orElse(List.of("nobody noted what it was"));
        if (!differences.isEmpty()) {
            throw FailureException.conflict(vm.name()
                    + " cannot go on from the memory of " + snapshot.name() + ", because it is another machine now: "
                    + String.join("; ", differences) + ". "
                    + (withSettings ? "Change that back first" : "Bring its settings back too, change it back first")
                    + ", or bring back its disks without the memory.");
        }
    }
}
