package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.StorageApi.VmDisksKept;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a VM back to a snapshot, disk after disk, after it was stopped and what it holds now was kept where that is wanted, and has its
 * guest go on from its memory. One that fails halfway can be asked for again.
 */
final class RevertVmTask {
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration STOPPED = Duration.ofSeconds(20);
    /** Reading a large memory takes its time. */
    private static final Duration RESTORING = Duration.ofHours(1);

    private static final int BACK = 80;
    private static final int GOES_ON = 95;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmSnapshotStore store;
    private final Reconciler reconciler;
    private final RevertSteps steps;
    private final NicsAtStart nics;
    private final GuestClock clock;

    RevertVmTask(
            Database database,
            Bus bus,
            VmStore vms,
            VmSnapshotStore store,
            Reconciler reconciler,
            RevertSteps steps,
            NicsAtStart nics,
            GuestClock clock) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.store = store;
        this.reconciler = reconciler;
        this.steps = steps;
        this.nics = nics;
        this.clock = clock;
    }

    /**
     * What earlier versions wrote lacks what follows the snapshot.
     *
     * @param memory whether the guest goes on from it
     * @param stop whether it is forced to stop first
     * @param present the snapshot of what it holds now, which is made first; absent: none is
     * @param settings what becomes of its machine and its cards
     */
    record Input(
            UUID vmId,
            UUID hostId,
            UUID snapshotId,
            boolean memory,
            boolean stop,
            SnapshotVmTask.@Nullable Input present,
            RevertedSettings.Plan settings) {
        Input {
            settings = Objects.requireNonNullElse(settings, RevertedSettings.Plan.NOTHING);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.REVERT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        reserve(input, run);
        run.step("check that all its disks have it", Nothing.class).run(caller -> checkWhole(input, caller));
        if (input.stop()) {
            run.step("force it to stop", DomainReport.class).run(caller -> stop(input, caller));
        }
        run.step("check that it is off", Nothing.class).run(caller -> checkOff(input, caller));
        prepare(input, run);
        bringBackDisks(input, run);
        if (input.memory()) {
            goOn(input, run);
        }
    }

    /** Before anything that may fail: what was kept for it when it was asked for is given back by these steps alone. */
    private void reserve(Input input, TaskRun run) {
        if (input.present() != null) {
            steps.present().reserve(input.present(), run);
        }
        steps.cards().reserve(input.vmId(), input.settings().cards(), run);
    }

    /** A snapshot of now and the settings: all of it or nothing, before anything is lost. */
    private void prepare(Input input, TaskRun run) {
        SnapshotVmTask.Input present = input.present();
        EditVmTask.Input machine = input.settings().machine();
        List<CardChange> cards = input.settings().cards();
        VmDisksKept kept = present == null ? null : steps.present().keep(present, run);
        DomainReport changed = machine == null ? null : steps.machine().begin(machine, run);
        steps.cards().change(input.vmId(), input.hostId(), cards, run);
        run.pointOfNoReturn();
        if (present != null && kept != null) {
            steps.present().end(present, kept, run);
        }
        if (machine != null && changed != null) {
            steps.machine().end(machine, changed, run);
        }
        steps.cards().end(input.vmId(), cards, run);
    }

    private void bringBackDisks(Input input, TaskRun run) {
        VmSnapshotView snapshot = database.transaction(tx -> store.get(tx, input.vmId(), input.snapshotId()));
        for (Disk disk : snapshot.disks()) {
            run.step("bring back disk " + disk.volumeId(), VolumeView.class)
                    .progress(BACK)
                    .run(caller -> bus.request(
                            StorageApi.BRING_BACK,
                            new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()),
                            caller.within(ANSWER)));
        }
        run.step("note where they are", Nothing.class).run(caller -> {
            database.run(tx -> store.setCurrent(tx, input.vmId(), input.snapshotId()));
            return Nothing.NOTHING;
        });
    }

    private DomainReport stop(Input input, Caller caller) {
        DomainReport report = bus.request(
                DomainApi.FORCE_STOP.at(input.hostId()), new DomainApi.Domain(input.vmId()), caller.within(STOPPED));
        reconciler.answered(input.hostId(), report);
        return report;
    }

    /** Its cards get what was changed of their networks, before it runs and, as its memory has them as they were, once it does. */
    private void goOn(Input input, TaskRun run) {
        run.step("bring its network cards up to date", Nothing.class)
                .run(caller -> nics.update(input.vmId(), input.hostId(), caller));
        DomainReport report = run.step("go on from its memory", DomainReport.class)
                .progress(GOES_ON)
                .patience(RESTORING)
                .run(caller -> goOn(input, caller));
        run.step("bring its running network cards up to date", Nothing.class)
                .run(caller -> nics.update(input.vmId(), input.hostId(), caller));
        if (report.state() == PowerState.RUNNING) {
            clock.set(input.vmId(), input.hostId(), run);
        }
    }

    private DomainReport goOn(Input input, Caller caller) {
        DomainReport report = bus.request(
                DomainApi.GO_ON_FROM_MEMORY.at(input.hostId()),
                new DomainApi.KeptMemory(input.vmId(), input.snapshotId()),
                caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }

    /** One whose disk lacks it would be brought back halfway. */
    private Nothing checkWhole(Input input, Caller caller) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, input.vmId()));
        VmSnapshotView snapshot = database.transaction(tx -> store.get(tx, input.vmId(), input.snapshotId()));
        List<UUID> lacking = HostSnapshots.ask(bus, vm, caller.within(LOOK)).lacking(snapshot);
        if (!lacking.isEmpty()) {
            throw FailureException.conflict("The snapshot " + snapshot.name() + " of " + vm.name()
                    + " is broken: these disks do not have it any more: "
                    + lacking.stream().map(UUID::toString).collect(Collectors.joining(", "))
                    + ". It can only be deleted.");
        }
        return Nothing.NOTHING;
    }

    /** Somebody may have started it since it was asked for. */
    private Nothing checkOff(Input input, Caller caller) {
        PowerState state = bus.request(DomainApi.GET.at(input.hostId()), new DomainApi.Domain(input.vmId()), caller)
                .state();
        if (state != PowerState.STOPPED && state != PowerState.CRASHED) {
            throw FailureException.conflict(
                    "The VM is not off; shut it down, or discard its saved state, before it is brought back.");
        }
        return Nothing.NOTHING;
    }
}
