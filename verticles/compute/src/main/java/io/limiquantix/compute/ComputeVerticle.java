package io.limiquantix.compute;

import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.HostApi;
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
        ComputeConfig config = plane.platform().configuration().section("compute", ComputeConfig.class);
        VmEvents events = new VmEvents(database, vms, plane.tasks(), config.eventsKept());
        events.serve(bus);
        Reconciler reconciler = new Reconciler(database, vms, sightings, events);
        NetworkStore networks = new NetworkStore();
        PowerTasks power = power(vms, reconciler, networks);
        VmWork work = new VmWork(database, vms, plane.tasks());
        handlers(config, vms, reconciler, networks, work, power).serve(bus);
        snapshots(vms, work, reconciler, networks).serve(bus);
        new NetworkService(plane, networks).serve();
        bus.subscribe(GuestApi.CHANGED, report -> database.run(tx -> vms.guest(tx, report)));
        var listener = new HostListener(database, bus, vms, sightings, reconciler, boots(vms, work, power));
        listener.listen();
        bus.subscribe(HostApi.REPORTED, new DescriptionFollower(database, bus, vms)::heard);
        Thread.ofVirtual().name("vms-catch-up").start(listener::catchUp);
        PlaceSweep sweep = new PlaceSweep(database, bus, vms);
        RoomReturn room = new RoomReturn(database, bus, vms, plane.tasks());
        chores = List.of(
                Chore.every(WATCH, "vm-watch", listener::round),
                Chore.every(WATCH, "room-return", room::round),
                Chore.every(SWEEP, "place-sweep", sweep::round),
                Chore.every(SWEEP_EVENTS, "event-sweep", events::sweep));
        return Future.succeededFuture();
    }

    private VmSnapshots snapshots(VmStore vms, VmWork work, Reconciler reconciler, NetworkStore networks) {
        Database database = plane.database();
        Bus bus = plane.platform().bus();
        VmSnapshotStore store = new VmSnapshotStore();
        var create = new SnapshotVmTask(database, bus, store);
        var revert = new RevertVmTask(
                database,
                bus,
                store,
                reconciler,
                new NicsAtStart(database, bus, vms, networks),
                new GuestClock(bus, plane.platform().clock()));
        var delete = new DeleteSnapshotTask(database, bus, store);
        plane.tasks().register(create.kind());
        plane.tasks().register(revert.kind());
        plane.tasks().register(delete.kind());
        return new VmSnapshots(database, vms, work, store, new SnapshotDisks(bus), create, revert, delete);
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
            ComputeConfig config,
            VmStore vms,
            Reconciler reconciler,
            NetworkStore networks,
            VmWork work,
            PowerTasks power) {
        Platform platform = plane.platform();
        Database database = plane.database();
        Bus bus = platform.bus();
        Tasks tasks = plane.tasks();
        var agentWait = new AgentWait(database, bus, vms, platform.clock(), config.agentWait());
        var userData = new SealedUserData(plane.secrets());
        var create = new CreateVmTask(database, bus, vms, reconciler, agentWait, userData, new NicNetworks(networks));
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
        MacAddresses macs = new MacAddresses(vms, new SecureRandom());
        HostDirectory hosts = new HostDirectory(bus, platform.clock());
        VmViews views = new VmViews(database, vms, tasks, hosts);
        VmPlaces places = new VmPlaces(database, bus, vms);
        return new ComputeHandlers(
                new VmCreation(plane, vms, macs, hosts, create, userData, networks),
                views,
                new VmPages(database, views, hosts),
                new VmPower(work, power),
                new VmDeletion(work, vms, delete),
                new VmDisks(work, vms, places, attach, editDisk, detach),
                new VmEditing(database, tasks, vms, views, hosts, edit),
                new VmCdroms(work, places, changeCdrom),
                new VmNics(work, networks, macs, hosts, nics),
                new ConsoleRouting(database, bus, vms),
                new DefinitionReading(database, bus, vms),
                new SeedPreviews(database, vms, userData));
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::close);
        return Future.succeededFuture();
    }
}
