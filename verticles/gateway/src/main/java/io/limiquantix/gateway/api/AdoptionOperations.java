package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.AdoptionApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;

/** Domains of others that become VMs, and VMs that become domains of nobody. */
public final class AdoptionOperations {
    private final Bus bus;

    public AdoptionOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("adoptVm", (Plain) this::adopt);
        operations.put("releaseVm", (Plain) this::release);
    }

    private Answer adopt(ApiRequest request) {
        JsonNode body = request.values().body();
        var wish = new AdoptionApi.AdoptDomain(
                request.values().id("hostId"),
                request.values().id("uuid"),
                Fields.optionalText(body, "name"),
                Fields.optionalText(body, "description"),
                Fields.optionalText(body, "folder"),
                HardwareReading.labels(body));
        return Answer.accepted(bus.request(AdoptionApi.ADOPT, wish, request.caller()));
    }

    private Answer release(ApiRequest request) {
        var wish = new AdoptionApi.ReleaseVm(request.values().id("vmId"), request.expectedVersion());
        return Answer.accepted(bus.request(AdoptionApi.RELEASE, wish, request.caller()));
    }
}
