package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.TemplateApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;

/** Templates, and what VMs are converted to and back. */
public final class TemplateOperations {
    private final Bus bus;

    public TemplateOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listTemplates", (Plain) this::list);
        operations.put("deployTemplate", (Plain) this::deploy);
        operations.put("convertVmToTemplate", (Plain) this::convert);
        operations.put("describeTemplate", (Plain) this::describe);
        operations.put("convertTemplateToVm", (Plain) this::convertBack);
    }

    private Answer list(ApiRequest request) {
        var wish = new TemplateApi.ListTemplates(
                request.page(), request.values().text("search").orElse(null));
        TemplateApi.Families found = bus.request(TemplateApi.LIST, wish, request.caller());
        return Answer.ok(new ListBody<>(found.items(), found.nextCursor()));
    }

    /** The same request again is the same clones, also when there is a newer version by then: they are known by their names. */
    private Answer deploy(ApiRequest request) {
        var wish = new TemplateApi.Find(
                request.values().text("family").orElseThrow(),
                request.values().integer("version").orElse(null));
        ComputeApi.Vm source = bus.request(TemplateApi.FIND, wish, request.caller());
        return CloneOperations.clone(bus, source.vmId(), request);
    }

    private Answer convert(ApiRequest request) {
        JsonNode body = request.values().body();
        var convert = new TemplateApi.Convert(
                request.values().id("vmId"), Fields.optionalText(body, "name"), Fields.optionalText(body, "note"));
        return shown(bus.request(TemplateApi.CONVERT, convert, request.caller()));
    }

    private Answer describe(ApiRequest request) {
        var describe = new TemplateApi.Describe(
                request.values().id("vmId"), Fields.text(request.values().body(), "note"));
        return shown(bus.request(TemplateApi.DESCRIBE, describe, request.caller()));
    }

    private Answer convertBack(ApiRequest request) {
        var vm = new ComputeApi.Vm(request.values().id("vmId"));
        return shown(bus.request(TemplateApi.CONVERT_BACK, vm, request.caller()));
    }

    private static Answer shown(VmView vm) {
        return Answer.versioned(VmBody.of(vm), vm.version());
    }
}
