package io.limiquantix.gateway.api;

import io.limiquantix.bus.Past;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.history.Category;
import io.limiquantix.gateway.history.VmHistory;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What happened, and who did it. */
public final class HistoryOperations {
    /** What things are called in the paths that the audit log keeps. */
    private static final Map<String, String> IN_PATHS = Map.of(
            "vm", "vms",
            "host", "hosts",
            "pool", "pools",
            "volume", "volumes",
            "image", "images",
            "network", "networks",
            "task", "tasks",
            "session", "session");

    private final Bus bus;
    private final VmHistory vms;

    public HistoryOperations(Bus bus, Clock clock) {
        this.bus = bus;
        this.vms = new VmHistory(bus, clock);
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listAudit", (Plain) this::audit);
        operations.put("listVmEvents", (Plain) this::ofVm);
    }

    private Answer audit(ApiRequest request) {
        var values = request.values();
        var query = new IdentityApi.ListAudit(
                request.page(),
                values.optionalId("targetId").orElse(null),
                values.text("targetKind").map(IN_PATHS::get).orElse(null),
                values.text("userName").orElse(null),
                values.text("operation").orElse(null),
                request.time("from").orElse(null),
                request.time("to").orElse(null));
        return Answer.ok(bus.request(IdentityApi.LIST_AUDIT, query, request.caller()));
    }

    private Answer ofVm(ApiRequest request) {
        var values = request.values();
        var past = new Past(
                values.id("vmId"),
                values.text("kinds").map(kinds -> List.of(kinds.split(","))).orElse(List.of()),
                values.text("by").orElse(null),
                request.time("from").orElse(null),
                request.time("to").orElse(null),
                null,
                request.page().limit());
        var wish = new VmHistory.Wish(
                past,
                values.text("category").map(Category::valueOf).orElse(null),
                request.page().cursor());
        return Answer.ok(vms.read(wish, request.caller()));
    }
}
