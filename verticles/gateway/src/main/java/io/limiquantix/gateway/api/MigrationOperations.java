package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.MigrationApi;
import io.limiquantix.bus.compute.MigrationApi.MigrateVm;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Running VMs that go to another host. */
public final class MigrationOperations {
    private final Bus bus;

    public MigrationOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listMigrationTargets", (Plain) this::targets);
        operations.put("migrateVm", (Plain) this::migrate);
    }

    private Answer targets(ApiRequest request) {
        return Answer.ok(bus.request(
                MigrationApi.LIST_TARGETS, new ComputeApi.Vm(request.values().id("vmId")), request.caller()));
    }

    private Answer migrate(ApiRequest request) {
        JsonNode body = request.values().body();
        var limits = new MoveLimits(
                number(body, "bandwidthMibPerSecond"),
                number(body, "maxDowntimeMillis"),
                Fields.flag(body, "autoConverge", false));
        return Answer.accepted(bus.request(
                MigrationApi.MIGRATE,
                new MigrateVm(request.values().id("vmId"), Fields.id(body, "hostId"), limits),
                request.caller()));
    }

    /** The contract keeps it small. */
    private static @Nullable Integer number(JsonNode body, String field) {
        return body.hasNonNull(field) ? Integer.valueOf(body.get(field).asInt()) : null;
    }
}
