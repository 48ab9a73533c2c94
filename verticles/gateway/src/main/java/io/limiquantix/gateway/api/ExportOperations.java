package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.gateway.download.ExportDownload;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Delivery;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Fetched;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Function;

/** Files that are made of volumes, images and virtual machines, for people to fetch. */
public final class ExportOperations {
    private final Bus bus;
    private final ExportDownload downloads;

    public ExportOperations(Bus bus, ExportDownload downloads) {
        this.bus = bus;
        this.downloads = downloads;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("exportVolume", (Plain) this::exportVolume);
        operations.put("exportImage", (Plain) this::exportImage);
        operations.put("exportVm", (Plain) this::exportVm);
        addTo(operations, "Export", request -> origin(request, ExportOrigin.Kind.VOLUME, "volumeId"));
        addTo(operations, "ImageExport", request -> origin(request, ExportOrigin.Kind.IMAGE, "imageId"));
        addTo(operations, "VmExport", request -> origin(request, ExportOrigin.Kind.VM, "vmId"));
    }

    private void addTo(Map<String, Operation> operations, String of, Function<ApiRequest, ExportOrigin> origin) {
        operations.put("list" + of + "s", (Plain) request -> list(request, origin.apply(request)));
        operations.put("delete" + of, (Plain) request -> delete(request, export(request, origin)));
        operations.put("download" + of, (Fetched)
                (request, http, loop) -> download(request, http, loop, export(request, origin)));
    }

    private static ExportOrigin origin(ApiRequest request, ExportOrigin.Kind kind, String parameter) {
        return new ExportOrigin(kind, request.values().id(parameter));
    }

    private static TransferApi.Export export(ApiRequest request, Function<ApiRequest, ExportOrigin> origin) {
        return new TransferApi.Export(origin.apply(request), request.values().id("exportId"));
    }

    private Answer exportVolume(ApiRequest request) {
        JsonNode body = request.values().body();
        var export = new TransferApi.ExportVolume(
                request.values().id("volumeId"), Fields.optionalId(body, "snapshotId"), Fields.text(body, "format"));
        return Answer.accepted(bus.request(TransferApi.EXPORT_VOLUME, export, request.caller()));
    }

    private Answer exportImage(ApiRequest request) {
        var export = new TransferApi.ExportImage(
                request.values().id("imageId"), Fields.text(request.values().body(), "format"));
        return Answer.accepted(bus.request(TransferApi.EXPORT_IMAGE, export, request.caller()));
    }

    private Answer exportVm(ApiRequest request) {
        var export = new TransferApi.ExportVm(
                request.values().id("vmId"), Fields.text(request.values().body(), "format"));
        return Answer.accepted(bus.request(TransferApi.EXPORT_VM, export, request.caller()));
    }

    private Answer list(ApiRequest request, ExportOrigin origin) {
        return Answer.ok(ListBody.all(
                bus.request(TransferApi.LIST_EXPORTS, origin, request.caller()).items()));
    }

    private Answer delete(ApiRequest request, TransferApi.Export export) {
        bus.request(TransferApi.DELETE_EXPORT, export, request.caller());
        return Answer.done();
    }

    private Delivery download(ApiRequest request, HttpServerRequest http, Context loop, TransferApi.Export export) {
        String session = LiveStreams.session(request.requireHolder().token());
        return downloads.open(export, http.getHeader("Range"), loop, session, request.caller());
    }
}
