package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;

/** Where images are. */
public final class ImageCopyOperations {
    private final Bus bus;

    public ImageCopyOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("copyImage", (Plain) this::copy);
        operations.put("removeImageCopy", (Plain) this::remove);
    }

    private Answer copy(ApiRequest request) {
        JsonNode body = request.values().body();
        var wish = new ImagesApi.Seed(
                request.values().id("imageId"), Fields.id(body, "poolId"), Fields.optionalId(body, "hostId"));
        return Answer.accepted(bus.request(ImagesApi.SEED, wish, request.caller()));
    }

    private Answer remove(ApiRequest request) {
        var copy = new ImagesApi.ImageAt(
                request.values().id("imageId"),
                request.values().id("poolId"),
                request.values().id("hostId"));
        return Answer.accepted(bus.request(ImagesApi.REMOVE_COPY, copy, request.caller()));
    }
}
