package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmDriftApi;
import io.limiquantix.bus.compute.VmDriftApi.FoundDifference;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Map;

/** VMs whose definitions somebody changed with libvirt's own tools. */
public final class DriftOperations {
    private final Bus bus;

    public DriftOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("getVmDrift", (Plain) this::look);
        operations.put("correctVmDrift", (Plain) this::correct);
        operations.put("acceptVmDrift", (Plain) this::accept);
    }

    private Answer look(ApiRequest request) {
        record Drift(boolean drifted, List<FoundDifference> differences) {}
        List<FoundDifference> differences =
                bus.request(VmDriftApi.LOOK, vm(request), request.caller()).differences();
        return Answer.ok(new Drift(!differences.isEmpty(), differences));
    }

    private Answer correct(ApiRequest request) {
        return Answer.accepted(bus.request(VmDriftApi.CORRECT, vm(request), request.caller()));
    }

    private Answer accept(ApiRequest request) {
        return Answer.accepted(bus.request(VmDriftApi.ACCEPT, vm(request), request.caller()));
    }

    private static ComputeApi.Vm vm(ApiRequest request) {
        return new ComputeApi.Vm(request.values().id("vmId"));
    }
}
