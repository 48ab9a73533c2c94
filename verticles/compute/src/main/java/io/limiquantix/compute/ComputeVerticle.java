package io.limiquantix.compute;

import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.compute.customization.CustomizationSpecs;
import io.limiquantix.compute.customization.CustomizationStore;
import io.limiquantix.compute.customization.Customizations;
import io.limiquantix.compute.network.LibvirtNetworks;
import io.limiquantix.compute.network.NetworkService;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.time.Chore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Virtual machines: what they should be, the tasks that make it so, and what their hosts say they are. */
public final class ComputeVerticle extends VerticleBase {
    private static final Duration WATCH = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration SWEEP_EVENTS = Duration.ofHours(1);

    private final ControlPlane plane;
    private List<Chore> chores = List.of();

    public ComputeVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        VmStore vms = new VmStore();
        Sightings sightings = new Sightings();
        ComputeConfig config = section();
        VmEvents events = new VmEvents(database, vms, plane.tasks(), config.eventsKept());
        events.serve(bus);
        Reconciler reconciler = new Reconciler(database, vms, sightings, events);
        NetworkStore networks = new NetworkStore();
        PowerTasks power = power(vms, reconciler, networks);
        VmWork work = new VmWork(database, vms, plane.tasks());
        CloneLinks links = new CloneLinks(database, bus, vms);
        Beginnings beginnings = beginnings(config, vms, reconciler, networks);
        handlers(vms, reconciler, networks, work, power, links, beginnings).serve(bus);
        CloneSnapshotSweep needless = snapshots(vms, work, links, beginnings, reconciler, networks);
        serveTemplates(vms, beginnings.hosts());
        new NetworkService(plane, networks).serve();
        new CustomizationSpecs(database, new CustomizationStore(), beginnings.userData()).serve(bus);
        new UnmanagedVms(database, bus, beginnings.hosts()).serve();
        adoption(vms, work, links, beginnings, networks);
        serveDrift(vms, work, beginnings.hosts(), reconciler, networks);
        bus.subscribe(GuestApi.CHANGED, report -> database.run(tx -> vms.guest(tx, report)));
        var listener = new HostListener(database, bus, vms, sightings, reconciler, boots(vms, work, power));
        listener.listen();
        bus.subscribe(HostApi.REPORTED, new DescriptionFollower(database, bus, vms)::heard);
        Thread.ofVirtual().name("vms-catch-up").start(listener::catchUp);
        var targets =
                new MigrationTargets(database, bus, vms, beginnings.hosts(), plane.tasks(), new NicNetworks(networks));
        MigrationSweep migrations = migration(vms, work, beginnings, reconciler, networks, targets);
        DiskMoveSweep diskMoves = diskMoves(vms, work, targets);
        PlaceSweep sweep = new PlaceSweep(database, bus, vms);
        RoomReturn room = new RoomReturn(database, bus, vms, plane.tasks());
        chores = List.of(
                Chore.every(WATCH, "vm-watch", listener::round),
                Chore.every(WATCH, "room-return", room::round),
                Chore.every(WATCH, "clone-snapshots", needless::round),
                Chore.every(SWEEP, "place-sweep", sweep::round),
                Chore.every(SWEEP, "migration-sweep", migrations::round),
                Chore.every(SWEEP, "disk-move-sweep", diskMoves::round),
                Chore.every(SWEEP_EVENTS, "event-sweep", events::sweep));
        return Future.succeededFuture();
    }

    /** What new VMs come to be by, whether they are clones or not. */
    private record Beginnings(
            MacAddresses macs,
            HostDirectory hosts,
            SealedUserData userData,
            AgentWait agentWait,
            VmMaking making,
            NewVms newVms,
            Customizations customizations) {}

    private ComputeConfig section() {
        return plane.platform().configuration().section("compute", ComputeConfig.class);
    }

    private Beginnings beginnings(ComputeConfig config, VmStore vms, Reconciler reconciler, NetworkStore networks) {
        Platform platform = plane.platform();
        Database database = plane.database();
        var agentWait = new AgentWait(database, platform.bus(), vms, platform.clock(), config.agentWait());
        var userData = new SealedUserData(plane.secrets());
        MacAddresses macs = new MacAddresses(vms, new SecureRandom());
        return new Beginnings(
                macs,
                new HostDirectory(platform.bus(), platform.clock()),
                userData,
                agentWait,
                new VmMaking(database, platform.bus(), vms, reconciler, agentWait, userData, new NicNetworks(networks)),
                new NewVms(database, platform.clock(), vms, macs, networks),
                new Customizations(database, new CustomizationStore(), userData));
    }

    private void adoption(VmStore vms, VmWork work, CloneLinks links, Beginnings beginnings, NetworkStore networks) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        Tasks tasks = plane.tasks();
        var adopt = new AdoptVmTask(database, bus, beginnings.making(), new NicNetworks(networks));
        var release = new ReleaseVmTask(database, bus, vms);
        List.of(adopt.kind(), release.kind()).forEach(tasks::register);
        new VmAdoption(
                        database,
                        bus,
                        tasks,
                        vms,
                        beginnings.hosts(),
                        beginnings.newVms(),
                        new LibvirtNetworks(networks),
                        adopt)
                .serve();
        new VmRelease(database, bus, vms, work, links, release).serve();
    }

    private CloneSnapshotSweep snapshots(
            VmStore vms,
            VmWork work,
            CloneLinks links,
            Beginnings beginnings,
            Reconciler reconciler,
            NetworkStore networks) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        Tasks tasks = plane.tasks();
        VmSnapshotStore store = new VmSnapshotStore();
        var create = new SnapshotVmTask(database, bus, store);
        var cards = new RevertedCards(database, bus, vms, networks);
        var revert = new RevertVmTask(
                database,
                bus,
                vms,
                store,
                reconciler,
                new RevertSteps(create, new EditVmTask(database, bus, vms, reconciler), cards),
                new NicsAtStart(database, bus, vms, networks),
                new GuestClock(bus, plane.platform().clock()));
        var delete = new DeleteSnapshotTask(database, bus, store);
        var clone = new CloneVmTask(database, bus, tasks, beginnings.making(), links);
        var find = new FindSnapshotsTask(database, bus, store);
        List.of(create.kind(), revert.kind(), delete.kind(), find.kind(), clone.kind())
                .forEach(tasks::register);
        new SnapshotFinding(work, find).serve(bus);
        SnapshotDisks disks = new SnapshotDisks(bus);
        new VmSnapshots(database, vms, work, store, disks, create, delete, links).serve(bus);
        var settings = new RevertedSettings(vms, networks);
        new VmReverting(database, vms, work, store, disks, beginnings.hosts(), settings, revert).serve(bus);
        new VmCloning(
                        database,
                        bus,
                        tasks,
                        vms,
                        beginnings.newVms(),
                        beginnings.hosts(),
                        beginnings.userData(),
                        new CloneMoment(database, tasks, vms, store, disks, create),
                        links,
                        clone,
                        beginnings.customizations())
                .serve();
        return new CloneSnapshotSweep(database, vms, store, tasks, delete);
    }

    private void serveDrift(
            VmStore vms, VmWork work, HostDirectory hosts, Reconciler reconciler, NetworkStore networks) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        var correct = new CorrectDriftTask(bus, reconciler);
        var accept = new AcceptDriftTask(database, bus, vms, new EditVmTask(database, bus, vms, reconciler));
        plane.tasks().register(correct.kind());
        plane.tasks().register(accept.kind());
        new VmDrift(database, bus, vms, plane.tasks(), work, hosts, new NicNetworks(networks), correct, accept).serve();
    }

    private DiskMoveSweep diskMoves(VmStore vms, VmWork work, MigrationTargets migrations) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        DiskMoveStore store = new DiskMoveStore();
        var targets = new DiskMoveTargets(database, bus, migrations);
        var task = new MoveDisksTask(database, bus, targets, store, new DiskMoveSettling(database, bus, vms, store));
        plane.tasks().register(task.kind());
        new VmDiskMoves(database, plane.tasks(), work, targets, task).serve(bus);
        return new DiskMoveSweep(database, plane.tasks(), vms, store, task.kind());
    }

    private MigrationSweep migration(
            VmStore vms,
            VmWork work,
            Beginnings beginnings,
            Reconciler reconciler,
            NetworkStore networks,
            MigrationTargets targets) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        NicNetworks cards = new NicNetworks(networks);
        MigrationStore store = new MigrationStore();
        var forgetting = new MigrationForgetting(database, bus, store);
        bus.subscribe(HostApi.REPORTED, forgetting::heard);
        var settling = new MigrationSettling(database, bus, store, reconciler, forgetting);
        var turns = new MigrationTurns(database, store, section().atATime());
        var task = new MigrateVmTask(
                database, bus, vms, cards, beginnings.userData(), targets, store, turns, settling, forgetting);
        plane.tasks().register(task.kind());
        new VmMigration(database, plane.tasks(), work, targets, task).serve(bus);
        return new MigrationSweep(database, plane.tasks(), vms, store, task.kind());
    }

    private void serveTemplates(VmStore vms, HostDirectory hosts) {
        Database database = plane.database();
        TemplateStore store = new TemplateStore();
        new Templates(
                        database,
                        plane.platform().bus(),
                        plane.tasks(),
                        vms,
                        store,
                        new VmViews(database, vms, plane.tasks(), hosts),
                        new TemplateViews(database, store, hosts))
                .serve();
    }

    private PowerTasks power(VmStore vms, Reconciler reconciler, NetworkStore networks) {
        Database database = plane.database();
        Platform platform = plane.platform();
        Bus bus = platform.bus();
        PowerTasks power = new PowerTasks(
                bus,
                reconciler,
                new ShutDownTask(database, bus, vms, reconciler, platform.clock()),
                new SuspendTask(bus, reconciler),
                new NicsAtStart(database, bus, vms, networks),
                new GuestClock(bus, platform.clock()));
        power.all().forEach(plane.tasks()::register);
        return power;
    }

    private HostBoots boots(VmStore vms, VmWork work, PowerTasks power) {
        Platform platform = plane.platform();
        var autostart = new AutostartTask(plane.database(), platform.bus(), vms, work, power, platform.clock());
        plane.tasks().register(autostart.kind());
        return new HostBoots(plane.tasks(), vms, autostart);
    }

    private ComputeHandlers handlers(
            VmStore vms,
            Reconciler reconciler,
            NetworkStore networks,
            VmWork work,
            PowerTasks power,
            CloneLinks links,
            Beginnings beginnings) {
        Platform platform = plane.platform();
        Database database = plane.database();
        Bus bus = platform.bus();
        Tasks tasks = plane.tasks();
        var create = new CreateVmTask(beginnings.making(), beginnings.agentWait());
        var delete = new DeleteVmTask(database, bus, vms);
        tasks.register(create.kind());
        tasks.register(delete.kind());
        var attach = new AttachDiskTask(database, bus, vms);
        var detach = new DetachDiskTask(database, bus, vms);
        tasks.register(attach.kind());
        tasks.register(detach.kind());
        var edit = new EditVmTask(database, bus, vms, reconciler);
        var editDisk = new EditDiskTask(database, bus, vms, reconciler);
        var changeCdrom = new ChangeCdromTask(database, bus, vms);
        tasks.register(edit.kind());
        tasks.register(editDisk.kind());
        tasks.register(changeCdrom.kind());
        NicTasks nics = new NicTasks(database, bus, vms, networks);
        tasks.register(nics.attach());
        tasks.register(nics.change());
        tasks.register(nics.detach());
        HostDirectory hosts = beginnings.hosts();
        SealedUserData userData = beginnings.userData();
        VmViews views = new VmViews(database, vms, tasks, hosts);
        VmPlaces places = new VmPlaces(database, bus, vms);
        return new ComputeHandlers(
                new VmCreation(plane, beginnings.newVms(), hosts, create, userData, beginnings.customizations()),
                views,
                new VmPages(database, views, hosts),
                new VmPower(work, power),
                new VmDeletion(work, vms, delete, links),
                new VmDisks(work, vms, places, attach, editDisk, detach, links),
                new VmEditing(database, tasks, work, vms, views, hosts, edit),
                new VmCdroms(work, places, changeCdrom),
                new VmNics(work, networks, beginnings.macs(), hosts, nics),
                new ConsoleRouting(database, bus, vms),
                new DefinitionReading(database, bus, vms),
                new SeedPreviews(database, vms, userData, beginnings.customizations()));
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::close);
        return Future.succeededFuture();
    }
}
