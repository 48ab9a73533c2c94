package io.limiquantix.storage;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.storage.ArrivalApi;
import io.limiquantix.bus.storage.FoundSnapshotApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.images.ImageBringing;
import io.limiquantix.runtime.time.Chore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wires pools and volumes to the bus. */
public final class StorageVerticle extends VerticleBase {
    private static final Duration ROUND = Duration.ofMinutes(10);

    private final ControlPlane plane;
    private final List<Chore> chores = new ArrayList<>();

    public StorageVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        PoolSecrets secrets = new PoolSecrets(plane.secrets());
        PoolHosts hosts = new PoolHosts(bus, secrets);
        Clock clock = plane.platform().clock();
        Pools pools = new Pools(plane.database(), hosts, secrets, clock);
        PoolDeletion deletion = new PoolDeletion(plane.database(), hosts);
        CapacityHistory history = new CapacityHistory(plane.database(), clock);
        PoolReports reports = new PoolReports(plane.database(), hosts, deletion, history);
        VolumePlace place = new VolumePlace(plane.database(), bus);
        Volumes volumes = new Volumes(plane.database(), bus, place);
        CopyTasks copies = new CopyTasks(
                plane.tasks(),
                volumes,
                new VolumeCopies(plane.database(), bus, volumes, new VolumeHolds(plane.database(), bus, place)),
                new FarCopies(plane.database(), bus));
        copies.register();
        ImageBringing images = new ImageBringing(bus, "storage");
        VolumeTasks tasks = new VolumeTasks(plane.database(), plane.tasks(), volumes, place, copies, images);
        tasks.register();
        servePools(bus, pools, deletion, hosts, secrets);
        TemplateDisks templates = new TemplateDisks(plane.database(), bus, plane.tasks());
        serveVolumes(bus, volumes, tasks, templates);
        bus.serve(StorageApi.COPY_SNAPSHOT, new SnapshotCopies(plane.database(), plane.tasks(), place, copies)::begin);
        serveAttachments(bus, new Attachments(plane.database(), plane.tasks()));
        serveArrivals(bus);
        serveSnapshots(bus, new Snapshots(plane.database(), bus, place), templates);
        serveTransfers(bus, volumes, place);
        serveUnmanaged(bus, new UnmanagedVolumes(plane.database(), bus, plane.tasks()));
        new Takeovers(plane.database(), bus).serve();
        bus.serve(StorageApi.CAPACITY_OVER_TIME, (request, caller) -> history.overTime(request));
        bus.subscribe(HostApi.REPORTED, reports::take);
        CapacityThinning rounds = new CapacityThinning(plane.database(), clock);
        chores.add(Chore.every(ROUND, "capacity-thinning", rounds::round));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        chores.forEach(Chore::close);
        return Future.succeededFuture();
    }

    private void servePools(Bus bus, Pools pools, PoolDeletion deletion, PoolHosts hosts, PoolSecrets secrets) {
        PoolTrials trials = new PoolTrials(plane.database(), hosts, secrets);
        PoolChanges changes = new PoolChanges(plane.database(), hosts, secrets);
        PoolAssignments assignments =
                new PoolAssignments(plane.database(), hosts, new AbsentHosts(plane.database(), bus, hosts));
        bus.serve(StorageApi.CREATE_POOL, pools::create);
        bus.serve(StorageApi.LIST_POOLS, (request, caller) -> pools.list());
        bus.serve(StorageApi.GET_POOL, (request, caller) -> pools.get(request.poolId()));
        bus.serve(StorageApi.CHANGE_POOL, changes::change);
        bus.serve(StorageApi.DELETE_POOL, deletion::delete);
        bus.serve(StorageApi.TRY_POOL, trials::run);
        bus.serve(StorageApi.LIST_DRIVERS, (request, caller) -> hosts.drivers(caller));
        bus.serve(StorageApi.ASSIGN_HOST, assignments::assign);
        bus.serve(StorageApi.UNASSIGN_HOST, assignments::unassign);
        bus.serve(StorageApi.SET_MAINTENANCE, (request, caller) -> assignments.setMaintenance(request));
    }

    private static void serveVolumes(Bus bus, Volumes volumes, VolumeTasks tasks, TemplateDisks templates) {
        bus.serve(StorageApi.PROVISION_VOLUME, volumes::provision);
        bus.serve(StorageApi.DISCARD_VOLUME, (request, caller) -> volumes.discard(request.volumeId(), caller));
        bus.serve(StorageApi.CREATE_VOLUME, tasks::create);
        bus.serve(StorageApi.RESIZE_VOLUME, (request, caller) -> {
            templates.requireNone(request.volumeId(), caller);
            return tasks.resize(request, caller);
        });
        bus.serve(StorageApi.MAKE_INDEPENDENT, tasks::makeIndependent);
        bus.serve(StorageApi.DELETE_VOLUME, tasks::delete);
        bus.serve(StorageApi.LIST_VOLUMES, (request, caller) -> volumes.list(request));
        bus.serve(StorageApi.GET_VOLUME, (request, caller) -> volumes.get(request.volumeId()));
        bus.serve(
                StorageApi.COUNT_USES,
                (request, caller) -> new StorageApi.Uses(volumes.usesOfImage(request.imageId())));
        bus.serve(StorageApi.LIST_DEPENDENTS, (request, caller) -> volumes.dependents(request.imageId()));
        bus.serve(StorageApi.COUNT_USES_AT, (request, caller) -> new StorageApi.Uses(volumes.usesOfImageAt(request)));
    }

    private static void serveAttachments(Bus bus, Attachments attachments) {
        bus.serve(StorageApi.ATTACH_VOLUME, (request, caller) -> attachments.attach(request));
        bus.serve(StorageApi.RELEASE_VOLUME, (request, caller) -> attachments.release(request));
        bus.serve(StorageApi.SET_SHAREABLE, (request, caller) -> attachments.setShareable(request));
    }

    private void serveArrivals(Bus bus) {
        Leftovers leftovers = new Leftovers(plane.database(), bus);
        Arrivals arrivals = new Arrivals(plane.database(), bus, plane.tasks(), leftovers);
        bus.serve(ArrivalApi.BEGIN, arrivals::begin);
        bus.serve(ArrivalApi.END, arrivals::end);
        bus.subscribe(HostApi.REPORTED, leftovers::heard);
        new DiskMoving(plane.database(), bus, plane.tasks(), leftovers).serve();
    }

    private void serveSnapshots(Bus bus, Snapshots snapshots, TemplateDisks templates) {
        SnapshotTasks tasks = new SnapshotTasks(plane.database(), plane.tasks(), snapshots);
        tasks.register();
        bus.serve(StorageApi.CREATE_SNAPSHOT, tasks::create);
        bus.serve(StorageApi.LIST_SNAPSHOTS, (request, caller) -> snapshots.list(request.volumeId()));
        bus.serve(StorageApi.REVERT_TO_SNAPSHOT, (request, caller) -> {
            templates.requireNone(request.volumeId(), caller);
            return tasks.revert(request, caller);
        });
        bus.serve(StorageApi.DELETE_SNAPSHOT, tasks::delete);
        bus.serve(StorageApi.SNAPSHOT_VM, new VmSnapshots(plane.database(), bus)::make);
        bus.serve(FoundSnapshotApi.STORE, new FoundSnapshots(plane.database(), bus)::store);
        bus.serve(StorageApi.BRING_BACK, snapshots::revert);
        bus.serve(StorageApi.DISCARD_SNAPSHOT, snapshots::discard);
    }

    private void serveTransfers(Bus bus, Volumes volumes, VolumePlace place) {
        StorageConfig config = plane.platform().configuration().section("storage", StorageConfig.class);
        Clock clock = plane.platform().clock();
        Exports exports = new Exports(plane.database(), bus, clock);
        serveExports(
                bus,
                exports,
                new ExportMaking(
                        plane.database(),
                        bus,
                        new VolumeHolds(plane.database(), bus, place),
                        clock,
                        config.transfersKept()),
                place);
        UploadTasks uploadTasks = new UploadTasks(plane.database(), bus, plane.tasks(), volumes);
        uploadTasks.register();
        Uploads uploads = new Uploads(plane.database(), bus, uploadTasks, config, clock);
        bus.serve(TransferApi.CREATE_UPLOAD, uploads::create);
        bus.serve(TransferApi.BEGIN_UPLOAD, uploads::begin);
        bus.serve(TransferApi.FINISH_UPLOAD, uploads::finish);
        bus.serve(TransferApi.DELETE_UPLOAD, uploads::delete);
        chores.add(Chore.every(ROUND, "expired-transfers", () -> {
            Caller caller = Caller.of(Actor.platform("storage"), ROUND);
            exports.deleteExpired(caller);
            uploads.deleteExpired(caller);
        }));
    }

    private void serveExports(Bus bus, Exports exports, ExportMaking making, VolumePlace place) {
        ExportTasks ofVolumes = new ExportTasks(plane.database(), bus, plane.tasks(), making, place);
        ofVolumes.register();
        ImageExportTasks ofImages = new ImageExportTasks(plane.database(), bus, plane.tasks(), making);
        ofImages.register();
        VmExportTasks ofVms = new VmExportTasks(plane.database(), bus, plane.tasks(), making);
        ofVms.register();
        bus.serve(TransferApi.EXPORT_VOLUME, ofVolumes::submit);
        bus.serve(TransferApi.EXPORT_IMAGE, ofImages::submit);
        bus.serve(TransferApi.EXPORT_VM, ofVms::submit);
        bus.serve(TransferApi.LIST_EXPORTS, exports::list);
        bus.serve(TransferApi.OPEN_EXPORT, exports::open);
        bus.serve(TransferApi.DELETE_EXPORT, exports::delete);
    }

    private static void serveUnmanaged(Bus bus, UnmanagedVolumes unmanaged) {
        unmanaged.register();
        bus.serve(StorageApi.LIST_UNMANAGED, (request, caller) -> unmanaged.list(request.poolId(), caller));
        bus.serve(StorageApi.ADOPT_VOLUME, unmanaged::adopt);
    }
}
