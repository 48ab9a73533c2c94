package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.scheduler.SchedulerApi.Reservation;
import io.limiquantix.bus.storage.ArrivalApi;
import io.limiquantix.bus.storage.ArrivalApi.Arriving;
import io.limiquantix.compute.MigrationPlan.Carried;
import io.limiquantix.compute.MigrationSending.Ended;
import io.limiquantix.compute.MigrationSettling.Settled;
import io.limiquantix.compute.VmMaking.MadeDisk;
import io.limiquantix.compute.VmMaking.MadeSeed;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.images.ImageBringing;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves a running VM to another host. Before the source is asked to send it, all can be taken back; from then on the phase of the stored
 * migration says what may be deleted where, and as long as a host does not say whether it has the VM, the task waits.
 */
final class MigrateVmTask {
    private static final int RESERVED = 3;
    private static final int BROUGHT = 15;
    private static final int DISKS_MADE = 18;
    private static final int PREPARED = 20;
    private static final int MOVED = 90;
    private static final int SETTLED = 92;
    private static final int CLEANED = 97;
    private static final Duration IMAGE_PATIENCE = Duration.ofHours(6);
    private static final Duration NUMBERS = Duration.ofSeconds(30);
    private static final Duration DISK_ANSWER = Duration.ofMinutes(5);
    /** Nothing else can be done with a VM of which nobody knows where it is. */
    private static final Duration UNTIL_KNOWN = Duration.ofDays(3_650);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final NicNetworks networks;
    private final SealedUserData userData;
    private final ImageBringing images;
    private final MigrationTargets targets;
    private final MigrationStore store;
    private final MigrationTurns turns;
    private final MigrationSettling settling;
    private final MigrationSending sending;
    private final MigrationCleaning cleaning;

    MigrateVmTask(
            Database database,
            Bus bus,
            VmStore vms,
            NicNetworks networks,
            SealedUserData userData,
            MigrationTargets targets,
            MigrationStore store,
            MigrationTurns turns,
            MigrationSettling settling,
            MigrationForgetting forgetting) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.networks = networks;
        this.userData = userData;
        this.images = new ImageBringing(bus, "compute");
        this.targets = targets;
        this.store = store;
        this.turns = turns;
        this.settling = settling;
        this.sending = new MigrationSending(bus, PREPARED, MOVED);
        this.cleaning = new MigrationCleaning(database, bus, store, settling, forgetting);
    }

    TaskKind<MigrationPlan> kind() {
        return new TaskKind<>(VmTaskNames.MIGRATE, MigrationPlan.class, this::run);
    }

    private void run(MigrationPlan plan, TaskRun run) {
        Failure why = plan.settleOnly() ? null : move(plan, run).why();
        run.pointOfNoReturn();
        Settled settled = run.step("find out where it is", Settled.class)
                .progress(SETTLED)
                .patience(UNTIL_KNOWN)
                .run(caller -> settling.settle(plan, run, caller));
        if (settled.arrived()) {
            run.step("bring what was measured", Nothing.class).run(caller -> bringNumbers(plan, run, caller));
        }
        clean(plan, run);
        if (settled.arrived()) {
            run.log("Moved from " + plan.sourceName() + " to " + plan.targetName() + ".");
        } else if (!plan.settleOnly()) {
            throw stayed(why);
        }
    }

    /** The source forgets it soon. It is no reason to fail: the virtual machine is where it was to go. */
    private Nothing bringNumbers(MigrationPlan plan, TaskRun run, Caller caller) {
        try {
            bus.request(
                    StatisticsApi.BRING.at(plan.target()),
                    new StatisticsApi.Bring(plan.vmId(), plan.source()),
                    caller.within(NUMBERS));
        } catch (FailureException e) {
            run.log("What was measured of it on " + plan.sourceName() + " did not come along: "
                    + e.failure().message());
        }
        return Nothing.NOTHING;
    }

    private static FailureException stayed(@Nullable Failure why) {
        if (why == null) {
            return FailureException.of(
                    FailureCode.HYPERVISOR,
                    "The virtual machine did not leave its host, though that was said. It is where it was.");
        }
        // It was waited for already.
        FailureCode code = why.code().isTransient() ? FailureCode.HYPERVISOR : why.code();
        return new FailureException(new Failure(code, why.message(), why.details()));
    }

    private Ended move(MigrationPlan plan, TaskRun run) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, plan.vmId()));
        run.step("check", Nothing.class).run(caller -> targets.require(plan, caller));
        run.step("begin", Nothing.class).orUndo(caller -> turns.ask(plan, run), caller -> cleaning.forget(plan));
        run.step("wait for its turn", Nothing.class).run(caller -> turns.await(plan, run));
        reserve(plan, vm, run);
        bringImages(plan, vm, run);
        List<Arriving> disks = new ArrayList<>();
        for (int i = 0; i < plan.disks().size(); i++) {
            disks.add(disk(plan, i, run));
        }
        MadeSeed seed = seed(plan, vm, run);
        Prepared prepared = prepare(plan, vm, disks, seed, run);
        List<UUID> toSend = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            if (disks.get(i).toSend()) {
                toSend.add(plan.disks().get(i).volumeId());
            }
        }
        run.step("begin to move", Nothing.class)
                .orUndo(caller -> moving(plan), caller -> settling.settle(plan, run, caller));
        var order = new HostMigrationApi.Move(
                plan.migrationId(), plan.vmId(), plan.target(), prepared.definition(), toSend, plan.limits());
        return run.step("move", Ended.class).progress(MOVED).run(caller -> sending.send(plan, order, run, caller));
    }

    private void reserve(MigrationPlan plan, StoredVm vm, TaskRun run) {
        run.step("reserve a place", Reservation.class)
                .progress(RESERVED)
                .orUndo(
                        caller -> bus.request(
                                SchedulerApi.RESERVE_ARRIVAL,
                                new SchedulerApi.ReserveArrival(
                                        plan.vmId(),
                                        plan.target(),
                                        database.transaction(tx -> networks.ofHosts(tx, vm.nics()))),
                                caller),
                        caller -> cleaning.room(plan, caller));
    }

    private void bringImages(MigrationPlan plan, StoredVm vm, TaskRun run) {
        List<ImageAt> wanted = new ArrayList<>();
        for (Carried disk : plan.disks()) {
            if (disk.imageId() != null) {
                wanted.add(new ImageAt(disk.imageId(), disk.poolId(), plan.target()));
            }
        }
        for (Cdrom cdrom : vm.cdroms()) {
            if (cdrom.imageId() != null && cdrom.poolId() != null) {
                wanted.add(new ImageAt(cdrom.imageId(), cdrom.poolId(), plan.target()));
            }
        }
        List<ImageAt> distinct = wanted.stream().distinct().toList();
        for (int i = 0; i < distinct.size(); i++) {
            ImageAt image = distinct.get(i);
            run.step("bring image " + (i + 1), Nothing.class)
                    .progress(BROUGHT)
                    .patience(IMAGE_PATIENCE)
                    .run(caller -> images.await(image, RESERVED, BROUGHT, run, caller));
        }
    }

    private Arriving disk(MigrationPlan plan, int index, TaskRun run) {
        Carried disk = plan.disks().get(index);
        return run.step("make a place for disk " + (index + 1), Arriving.class)
                .progress(DISKS_MADE)
                .orUndo(
                        caller -> bus.request(
                                ArrivalApi.BEGIN,
                                new ArrivalApi.BeginArrival(disk.volumeId(), plan.target(), plan.migrationId()),
                                caller.within(DISK_ANSWER)),
                        caller -> cleaning.disk(plan, disk, caller));
    }

    private MadeSeed seed(MigrationPlan plan, StoredVm vm, TaskRun run) {
        Optional<GuestSetup> setup = vm.spec().setup();
        if (setup.isEmpty() || plan.seedStays() == null) {
            return new MadeSeed(null);
        }
        boolean stays = plan.seedStays();
        return run.step("make the cloud-init seed", MadeSeed.class)
                .orUndo(
                        caller -> stays
                                ? findSeed(plan, caller).orElseGet(() -> makeSeed(plan, vm, setup.get(), caller))
                                : makeSeed(plan, vm, setup.get(), caller),
                        caller -> cleaning.seed(plan, run, caller));
    }

    /** The source's, which must not be made anew while the guest has it; empty where it is in a pool that the first disk has left. */
    private Optional<MadeSeed> findSeed(MigrationPlan plan, Caller caller) {
        try {
            return Optional.of(new MadeSeed(bus.request(
                            HostStorageApi.FIND_SEED.at(plan.target()),
                            MigrationSettling.domain(plan),
                            caller.part("find"))
                    .path()));
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private MadeSeed makeSeed(MigrationPlan plan, StoredVm vm, GuestSetup setup, Caller caller) {
        return new MadeSeed(
                bus.request(HostStorageApi.MAKE_SEED.at(plan.target()), SeedOfVm.of(vm, userData.open(setup)), caller)
                        .path());
    }

    private Prepared prepare(MigrationPlan plan, StoredVm vm, List<Arriving> disks, MadeSeed seed, TaskRun run) {
        return run.step("prepare the host", Prepared.class)
                .progress(PREPARED)
                .orUndo(
                        caller -> bus.request(
                                HostMigrationApi.PREPARE.at(plan.target()),
                                new HostMigrationApi.Prepare(plan.migrationId(), spec(plan, vm, disks, seed)),
                                caller),
                        caller -> cleaning.giveUp(plan, caller));
    }

    private DomainSpec spec(MigrationPlan plan, StoredVm vm, List<Arriving> disks, MadeSeed seed) {
        List<MadeDisk> made = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            Arriving disk = disks.get(i);
            made.add(new MadeDisk(plan.disks().get(i).volumeId(), disk.poolId(), disk.path(), disk.format(), false));
        }
        List<DomainSpec.Nic> nics = database.transaction(
                tx -> networks.domainNics(tx, vm.nics(), vm.spec().cloudInit()));
        return DomainOfVm.of(vm, made, nics, seed.path());
    }

    private Nothing moving(MigrationPlan plan) {
        database.run(tx -> store.moving(tx, plan));
        return Nothing.NOTHING;
    }

    private void clean(MigrationPlan plan, TaskRun run) {
        run.step("close what was opened", Nothing.class).patience(UNTIL_KNOWN).run(caller -> {
            cleaning.giveUp(plan, caller);
            return Nothing.NOTHING;
        });
        for (int i = 0; i < plan.disks().size(); i++) {
            Carried disk = plan.disks().get(i);
            run.step("clean up disk " + (i + 1), Nothing.class)
                    .patience(UNTIL_KNOWN)
                    .run(caller -> cleaning.disk(plan, disk, caller));
        }
        run.step("clean up the seed", Nothing.class).run(caller -> cleaning.seed(plan, run, caller));
        run.step("give room back", Nothing.class)
                .progress(CLEANED)
                .patience(UNTIL_KNOWN)
                .run(caller -> cleaning.room(plan, caller));
        run.step("forget the move", Nothing.class).run(caller -> cleaning.forget(plan));
    }
}
