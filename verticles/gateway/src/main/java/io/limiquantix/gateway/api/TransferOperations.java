package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Volumes on their way in, but for the bytes. */
public final class TransferOperations {
    private static final int CREATED = 201;

    private final Bus bus;

    public TransferOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("createVolumeUpload", (Plain) this::createUpload);
        operations.put("deleteVolumeUpload", (Plain) this::deleteUpload);
    }

    private Answer createUpload(ApiRequest request) {
        JsonNode body = request.values().body();
        @Nullable String sha256 = Fields.optionalText(body, "sha256");
        var create = new TransferApi.CreateUpload(
                Fields.text(body, "name"),
                Fields.id(body, "poolId"),
                Fields.optionalId(body, "hostId"),
                Fields.text(body, "format"),
                Fields.optionalNumber(body, "sizeBytes"),
                sha256 == null ? null : sha256.toLowerCase(Locale.ROOT));
        return new Answer(CREATED, bus.request(TransferApi.CREATE_UPLOAD, create, request.caller()), Map.of());
    }

    private Answer deleteUpload(ApiRequest request) {
        var upload = new TransferApi.Upload(request.values().id("uploadId"));
        bus.request(TransferApi.DELETE_UPLOAD, upload, request.caller());
        return Answer.done();
    }
}
