package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.DiskMovingApi;
import io.limiquantix.bus.compute.DiskMovingApi.DiskWish;
import io.limiquantix.bus.compute.DiskMovingApi.MoveDisks;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Disks of VMs that go to other pools. */
public final class DiskMoveOperations {
    private final Bus bus;

    public DiskMoveOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listDiskTargets", (Plain) this::targets);
        operations.put("moveVmDisks", (Plain) this::move);
    }

    private Answer targets(ApiRequest request) {
        return Answer.ok(bus.request(
                DiskMovingApi.LIST_TARGETS, new ComputeApi.Vm(request.values().id("vmId")), request.caller()));
    }

    private Answer move(ApiRequest request) {
        JsonNode body = request.values().body();
        List<DiskWish> disks = new ArrayList<>();
        body.get("disks")
                .forEach(disk -> disks.add(new DiskWish(Fields.id(disk, "volumeId"), Fields.id(disk, "poolId"))));
        @Nullable
        Integer speed = body.hasNonNull("bandwidthMibPerSecond")
                ? Integer.valueOf(body.get("bandwidthMibPerSecond").asInt())
                : null;
        return Answer.accepted(bus.request(
                DiskMovingApi.MOVE, new MoveDisks(request.values().id("vmId"), disks, speed), request.caller()));
    }
}
