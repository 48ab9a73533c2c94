package io.limiquantix.gateway.api;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.UnmanagedApi;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts, the networks that they have, and what runs there and is not ours. */
public final class HostOperations {
    private final Bus bus;

    public HostOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listHosts", (Plain) this::list);
        operations.put("getHost", (Plain) this::get);
        operations.put("listUnmanagedVms", (Plain) request -> unmanaged(null, request));
        operations.put("listUnmanagedVmsOfHost", (Plain)
                request -> unmanaged(request.values().id("hostId"), request));
    }

    private Answer list(ApiRequest request) {
        return Answer.ok(bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, request.caller()));
    }

    private Answer get(ApiRequest request) {
        var host = new SchedulerApi.Host(request.values().id("hostId"));
        return Answer.ok(bus.request(SchedulerApi.GET_HOST, host, request.caller()));
    }

    private Answer unmanaged(@Nullable UUID hostId, ApiRequest request) {
        var wanted = new UnmanagedApi.ListUnmanaged(hostId);
        return Answer.ok(UnmanagedBody.of(bus.request(UnmanagedApi.LIST, wanted, request.caller())));
    }
}
