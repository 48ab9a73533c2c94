package io.limiquantix.storage;

import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Wires pools and volumes to the bus. */
public final class StorageVerticle extends VerticleBase {
    private final ControlPlane plane;

    public StorageVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        PoolSecrets secrets = new PoolSecrets(plane.secrets());
        PoolHosts hosts = new PoolHosts(bus, secrets);
        Pools pools =
                new Pools(plane.database(), hosts, secrets, plane.platform().clock());
        PoolDeletion deletion = new PoolDeletion(plane.database(), hosts);
        PoolReports reports = new PoolReports(plane.database(), hosts, deletion);
        Volumes volumes = new Volumes(plane.database(), bus);
        VolumeTasks tasks = new VolumeTasks(plane.database(), plane.tasks(), volumes);
        tasks.register();
        bus.serve(StorageApi.CREATE_POOL, pools::create);
        bus.serve(StorageApi.LIST_POOLS, (request, caller) -> pools.list());
        bus.serve(StorageApi.GET_POOL, (request, caller) -> pools.get(request.poolId()));
        bus.serve(StorageApi.DELETE_POOL, deletion::delete);
        bus.serve(StorageApi.PROVISION_VOLUME, volumes::provision);
        bus.serve(StorageApi.DISCARD_VOLUME, (request, caller) -> volumes.discard(request.volumeId(), caller));
        bus.serve(StorageApi.ORPHAN_VOLUME, (request, caller) -> volumes.orphan(request.volumeId()));
        bus.serve(StorageApi.CREATE_VOLUME, tasks::create);
        bus.serve(StorageApi.RESIZE_VOLUME, tasks::resize);
        bus.serve(StorageApi.DELETE_VOLUME, tasks::delete);
        bus.serve(StorageApi.LIST_VOLUMES, (request, caller) -> volumes.list(request));
        bus.serve(StorageApi.GET_VOLUME, (request, caller) -> volumes.get(request.volumeId()));
        bus.serve(
                StorageApi.COUNT_USES,
                (request, caller) -> new StorageApi.Uses(volumes.usesOfImage(request.imageId())));
        bus.subscribe(HostApi.REPORTED, reports::take);
        return Future.succeededFuture();
    }
}
