package io.limiquantix.compute.network;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.List;

/** Answers {@link NetworkApi} and listens to what hosts say of networks. */
public final class NetworkService {
    private final Bus bus;
    private final NetworkViews views;
    private final Networks networks;
    private final NetworkChanges changes;
    private final NetworkLeases leases;
    private final NetworkReports reports;

    public NetworkService(ControlPlane plane, NetworkStore store) {
        Database database = plane.database();
        this.bus = plane.platform().bus();
        NetworkHosts hosts = new NetworkHosts(bus);
        CreateNetworkTask create = new CreateNetworkTask(database, store, hosts);
        DeleteNetworkTask delete = new DeleteNetworkTask(database, store, hosts);
        plane.tasks().register(create.kind());
        plane.tasks().register(delete.kind());
        this.views = new NetworkViews(database, store, plane.tasks());
        this.networks = new Networks(database, store, plane.tasks(), create, delete);
        this.reports = new NetworkReports(database, store, hosts);
        this.changes = new NetworkChanges(database, store, networks, hosts, reports);
        this.leases = new NetworkLeases(database, bus, store);
    }

    public void serve() {
        bus.serve(NetworkApi.CREATE, (request, caller) -> networks.create(request, known(caller), caller));
        bus.serve(NetworkApi.GET, (request, caller) -> views.get(request.networkId()));
        bus.serve(NetworkApi.LIST, (request, caller) -> views.list(request));
        bus.serve(NetworkApi.CHANGE, this::change);
        bus.serve(NetworkApi.DELETE, networks::delete);
        bus.serve(NetworkApi.LEASES, (request, caller) -> leases.ask(request.networkId(), caller));
        bus.subscribe(HostApi.REPORTED, reports::take);
    }

    private NetworkView change(NetworkApi.ChangeNetwork request, Caller caller) {
        changes.change(request, known(caller), caller);
        return views.get(request.networkId());
    }

    private List<HostView> known(Caller caller) {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items();
    }
}
