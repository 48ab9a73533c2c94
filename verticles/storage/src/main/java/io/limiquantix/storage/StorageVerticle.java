package io.limiquantix.storage;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires pools and volumes to the bus. */
public final class StorageVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StorageVerticle.class);
    private static final Duration REOPEN_PATIENCE = Duration.ofSeconds(60);

    private final ControlPlane plane;

    public StorageVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        Pools pools = new Pools(plane.database(), bus, plane.platform().clock());
        Volumes volumes = new Volumes(plane.database(), bus);
        VolumeTasks tasks = new VolumeTasks(plane.database(), plane.tasks(), volumes);
        tasks.register();
        bus.serve(StorageApi.CREATE_POOL, pools::create);
        bus.serve(StorageApi.LIST_POOLS, (request, caller) -> pools.list());
        bus.serve(StorageApi.GET_POOL, (request, caller) -> pools.get(request.poolId()));
        bus.serve(StorageApi.DELETE_POOL, pools::delete);
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
        bus.subscribe(HostApi.REPORTED, report -> reported(pools, report));
        return Future.succeededFuture();
    }

    private static void reported(Pools pools, HostReport report) {
        try {
            pools.reported(report, Caller.of(Actor.platform("storage"), REOPEN_PATIENCE));
        } catch (FailureException e) {
            LOG.warn("a pool of host {} could not be opened again: {}", report.name(), e.getMessage());
        }
    }
}
