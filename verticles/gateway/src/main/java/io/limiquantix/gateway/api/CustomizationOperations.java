package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.CustomizationApi;
import io.limiquantix.bus.compute.CustomizationSpecView;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.UUID;

/** Customization specs. */
public final class CustomizationOperations {
    private final Bus bus;

    public CustomizationOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listCustomizationSpecs", (Plain) this::list);
        operations.put("createCustomizationSpec", (Plain) this::create);
        operations.put("getCustomizationSpec", (Plain) this::get);
        operations.put("replaceCustomizationSpec", (Plain) this::replace);
        operations.put("duplicateCustomizationSpec", (Plain) this::duplicate);
        operations.put("deleteCustomizationSpec", (Plain) this::delete);
    }

    private Answer list(ApiRequest request) {
        var wish = new CustomizationApi.ListSpecs(
                request.page(), request.values().text("search").orElse(null));
        var specs = bus.request(CustomizationApi.LIST, wish, request.caller());
        return Answer.ok(new ListBody<>(
                specs.items().stream().map(CustomizationSpecBody::of).toList(), specs.nextCursor()));
    }

    private Answer create(ApiRequest request) {
        var wish = CustomizationReading.wish(request.values().body());
        return created(bus.request(CustomizationApi.CREATE, wish, request.caller()));
    }

    private Answer get(ApiRequest request) {
        return shown(bus.request(CustomizationApi.GET, new CustomizationApi.Spec(id(request)), request.caller()));
    }

    private Answer replace(ApiRequest request) {
        JsonNode body = request.values().body();
        var change = new CustomizationApi.ChangeSpec(
                id(request),
                request.expectedVersion(),
                CustomizationReading.wish(body),
                CustomizationReading.forget(body));
        return shown(bus.request(CustomizationApi.CHANGE, change, request.caller()));
    }

    private Answer duplicate(ApiRequest request) {
        String name = Fields.text(request.values().body(), "name");
        return created(bus.request(
                CustomizationApi.DUPLICATE, new CustomizationApi.DuplicateSpec(id(request), name), request.caller()));
    }

    private Answer delete(ApiRequest request) {
        var delete = new CustomizationApi.DeleteSpec(id(request), request.expectedVersion());
        bus.request(CustomizationApi.DELETE, delete, request.caller());
        return Answer.done();
    }

    private static Answer created(CustomizationSpecView spec) {
        String location = "/api/v1/customization-specs/" + spec.id();
        return Answer.created(CustomizationSpecBody.of(spec), location, spec.version());
    }

    private static Answer shown(CustomizationSpecView spec) {
        return Answer.versioned(CustomizationSpecBody.of(spec), spec.version());
    }

    private static UUID id(ApiRequest request) {
        return request.values().id("customizationSpecId");
    }
}
