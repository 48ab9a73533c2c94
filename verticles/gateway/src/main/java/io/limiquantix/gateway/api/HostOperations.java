package io.limiquantix.gateway.api;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;

/** Hosts, and the networks that they have. */
public final class HostOperations {
    private final Bus bus;

    public HostOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listHosts", (Plain) this::list);
        operations.put("getHost", (Plain) this::get);
    }

    private Answer list(ApiRequest request) {
        return Answer.ok(bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, request.caller()));
    }

    private Answer get(ApiRequest request) {
        var host = new SchedulerApi.Host(request.values().id("hostId"));
        return Answer.ok(bus.request(SchedulerApi.GET_HOST, host, request.caller()));
    }
}
