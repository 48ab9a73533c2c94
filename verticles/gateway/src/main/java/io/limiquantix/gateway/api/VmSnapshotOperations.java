package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.Optional;

/** Snapshots of VMs. */
public final class VmSnapshotOperations {
    private static final String DESCRIPTION = "description";
    private static final String MEMORY = "memory";

    private final Bus bus;

    public VmSnapshotOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listVmSnapshots", (Plain) this::list);
        operations.put("createVmSnapshot", (Plain) this::create);
        operations.put("findVmSnapshots", (Plain) this::find);
        operations.put("describeVmSnapshot", (Plain) this::describe);
        operations.put("compareVmSnapshot", (Plain) this::compare);
        operations.put("revertVm", (Plain) this::revert);
        operations.put("deleteVmSnapshot", (Plain) this::delete);
    }

    private Answer list(ApiRequest request) {
        return Answer.ok(
                bus.request(SnapshotApi.LIST, new ComputeApi.Vm(request.values().id("vmId")), request.caller()));
    }

    private Answer create(ApiRequest request) {
        JsonNode body = request.values().body();
        boolean memory =
                Optional.ofNullable(HardwareReading.optionalFlag(body, MEMORY)).orElse(false);
        var create = new SnapshotApi.CreateSnapshot(
                request.values().id("vmId"),
                Fields.text(body, "name"),
                Optional.ofNullable(Fields.optionalText(body, DESCRIPTION)).orElse(""),
                Optional.ofNullable(HardwareReading.optionalFlag(body, "quiesce"))
                        .orElse(!memory),
                memory);
        return Answer.accepted(bus.request(SnapshotApi.CREATE, create, request.caller()));
    }

    private Answer find(ApiRequest request) {
        return Answer.accepted(
                bus.request(SnapshotApi.FIND, new ComputeApi.Vm(request.values().id("vmId")), request.caller()));
    }

    private Answer describe(ApiRequest request) {
        JsonNode body = request.values().body();
        var describe = new SnapshotApi.DescribeSnapshot(
                request.values().id("vmId"),
                request.values().id("snapshotId"),
                request.expectedVersion(),
                Fields.optionalText(body, "name"),
                Fields.optionalText(body, DESCRIPTION));
        VmSnapshotView snapshot = bus.request(SnapshotApi.DESCRIBE, describe, request.caller());
        return Answer.versioned(snapshot, snapshot.version());
    }

    private Answer compare(ApiRequest request) {
        return Answer.ok(bus.request(SnapshotApi.DIFFERENCES, snapshot(request), request.caller()));
    }

    private Answer revert(ApiRequest request) {
        SnapshotApi.Snapshot snapshot = snapshot(request);
        JsonNode body = request.values().hasBody() ? request.values().body() : MissingNode.getInstance();
        var revert = new SnapshotApi.RevertVm(
                snapshot.vmId(),
                snapshot.snapshotId(),
                request.values().flag(MEMORY).orElse(null),
                body.path("settings").asBoolean(),
                body.path("stop").asBoolean(),
                Fields.optionalText(body, "keepCurrent"));
        return Answer.accepted(bus.request(SnapshotApi.REVERT, revert, request.caller()));
    }

    private Answer delete(ApiRequest request) {
        SnapshotApi.Snapshot snapshot = snapshot(request);
        var delete = new SnapshotApi.DeleteSnapshot(
                snapshot.vmId(),
                snapshot.snapshotId(),
                request.values().flag("withChildren").orElse(false));
        return Answer.accepted(bus.request(SnapshotApi.DELETE, delete, request.caller()));
    }

    private static SnapshotApi.Snapshot snapshot(ApiRequest request) {
        return new SnapshotApi.Snapshot(
                request.values().id("vmId"), request.values().id("snapshotId"));
    }
}
