package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Virtual machines. */
public final class VmOperations {
    private final Bus bus;

    public VmOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listVms", (Plain) this::list);
        operations.put("createVm", (Plain) this::create);
        operations.put("getVm", (Plain) this::get);
        operations.put("previewSeed", (Plain) this::previewSeed);
        operations.put("getSeed", (Plain) this::seed);
        operations.put("getVmDefinition", (Plain) this::definition);
        operations.put("editVm", (Plain) this::edit);
        operations.put("deleteVm", (Plain) this::delete);
        operations.put("attachDisk", (Plain) this::attachDisk);
        operations.put("editDisk", (Plain) this::editDisk);
        operations.put("changeCdrom", (Plain) this::changeCdrom);
        operations.put("detachDisk", (Plain) this::detachDisk);
        operations.put("startVm", power(PowerAction.START));
        operations.put("shutDownVm", power(PowerAction.SHUT_DOWN));
        operations.put("rebootVm", power(PowerAction.REBOOT));
        operations.put("forceStopVm", power(PowerAction.FORCE_STOP));
        operations.put("resetVm", power(PowerAction.RESET));
        operations.put("pauseVm", power(PowerAction.PAUSE));
        operations.put("resumeVm", power(PowerAction.RESUME));
        operations.put("suspendVm", power(PowerAction.SUSPEND));
        operations.put("discardVmState", power(PowerAction.DISCARD_STATE));
    }

    private Answer list(ApiRequest request) {
        var values = request.values();
        var query = new ComputeApi.ListVms(
                request.page(),
                values.text("search").orElse(null),
                values.text("folder").orElse(null),
                values.text("label").orElse(null),
                values.text("state").map(ComputeApi.VmState::valueOf).orElse(null),
                values.optionalId("hostId").orElse(null),
                values.optionalId("poolId").orElse(null),
                values.text("system").orElse(null),
                values.text("sort").map(ComputeApi.VmSort::valueOf).orElse(null),
                values.flag("descending").orElse(false),
                values.flag("count").orElse(false),
                values.text("templates")
                        .map(text -> ComputeApi.TemplateChoice.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(null));
        return Answer.ok(VmListBody.of(bus.request(ComputeApi.LIST, query, request.caller())));
    }

    private Answer create(ApiRequest request) {
        var create = VmReading.read(request.values().body());
        return Answer.accepted(bus.request(ComputeApi.CREATE, create, request.caller()));
    }

    private Answer get(ApiRequest request) {
        var vm = bus.request(ComputeApi.GET, new ComputeApi.Vm(request.values().id("vmId")), request.caller());
        return Answer.versioned(VmBody.of(vm), vm.version());
    }

    private Answer previewSeed(ApiRequest request) {
        var create = VmReading.read(request.values().body());
        return Answer.ok(bus.request(ComputeApi.PREVIEW_SEED, create, request.caller()));
    }

    private Answer seed(ApiRequest request) {
        var vm = new ComputeApi.Vm(request.values().id("vmId"));
        return Answer.ok(bus.request(ComputeApi.GET_SEED, vm, request.caller()));
    }

    private Answer definition(ApiRequest request) {
        var vm = new ComputeApi.Vm(request.values().id("vmId"));
        return Answer.ok(bus.request(ComputeApi.READ_DEFINITION, vm, request.caller()));
    }

    private Answer edit(ApiRequest request) {
        var edit = new ComputeApi.EditVm(
                request.values().id("vmId"),
                request.expectedVersion(),
                VmEditReading.read(request.values().body()));
        var edited = bus.request(ComputeApi.EDIT, edit, request.caller());
        return edited.task() == null
                ? Answer.versioned(VmBody.of(edited.vm()), edited.vm().version())
                : Answer.accepted(edited.task());
    }

    private Answer delete(ApiRequest request) {
        var delete = new ComputeApi.DeleteVm(
                request.values().id("vmId"),
                request.values().flag("keepDisks").orElse(false),
                request.values().flag("force").orElse(false),
                request.expectedVersion());
        return Answer.accepted(bus.request(ComputeApi.DELETE, delete, request.caller()));
    }

    private Answer attachDisk(ApiRequest request) {
        JsonNode body = request.values().body();
        UUID vmId = request.values().id("vmId");
        return Answer.accepted(
                DiskReading.isNew(body)
                        ? bus.request(ComputeApi.ADD_DISK, DiskReading.added(vmId, body), request.caller())
                        : bus.request(ComputeApi.ATTACH_DISK, DiskReading.attached(vmId, body), request.caller()));
    }

    private Answer editDisk(ApiRequest request) {
        var edit = new ComputeApi.EditDisk(
                request.values().id("vmId"),
                request.values().id("volumeId"),
                request.expectedVersion(),
                DiskReading.edit(request.values().body()));
        return Answer.accepted(bus.request(ComputeApi.EDIT_DISK, edit, request.caller()));
    }

    private Answer changeCdrom(ApiRequest request) {
        JsonNode body = request.values().body();
        var change = new ComputeApi.ChangeCdrom(
                request.values().id("vmId"),
                request.values().integer("drive").orElseThrow(),
                body.get("imageId").isNull() ? null : Fields.id(body, "imageId"),
                Fields.flag(body, "force", false));
        return Answer.accepted(bus.request(ComputeApi.CHANGE_CDROM, change, request.caller()));
    }

    private Answer detachDisk(ApiRequest request) {
        var detach = new ComputeApi.DetachDisk(
                request.values().id("vmId"), request.values().id("volumeId"));
        return Answer.accepted(bus.request(ComputeApi.DETACH_DISK, detach, request.caller()));
    }

    private Plain power(PowerAction action) {
        return request -> {
            UUID id = request.values().id("vmId");
            Integer seconds = request.values().integer("timeoutSeconds").orElse(null);
            return Answer.accepted(
                    bus.request(ComputeApi.POWER, new ComputeApi.Power(id, action, seconds), request.caller()));
        };
    }
}
