package io.limiquantix.gateway.api;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.gateway.console.ConsoleTickets;
import io.limiquantix.gateway.events.EventStream;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.BytesDelivery;
import io.limiquantix.gateway.http.Delivery;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Endless;
import io.limiquantix.gateway.http.Operation.Fetched;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.http.Operation.Streamed;
import io.limiquantix.gateway.upload.Upload;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations that begin or are a stream: events, uploads, consoles. */
public final class StreamOperations {
    private static final String SUBPROTOCOL = "binary";
    private static final int USUAL_PICTURE = 320;

    private record Ticket(String path, String protocol, Instant expiresAt) {}

    private final EventStream events;
    private final Bus bus;
    private final Upload upload;
    private final ConsoleTickets tickets;

    public StreamOperations(Bus bus, EventStream events, Upload upload, ConsoleTickets tickets) {
        this.bus = bus;
        this.events = events;
        this.upload = upload;
        this.tickets = tickets;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("streamEvents", (Endless) events::open);
        operations.put("uploadImage", (Streamed) this::uploadImage);
        operations.put("uploadVolume", (Streamed) this::uploadVolume);
        operations.put("openConsole", (Plain) this::openConsole);
        operations.put("getVmPicture", (Fetched) (request, http, loop) -> takePicture(request));
    }

    private Answer uploadImage(ApiRequest request, HttpServerRequest http, Context loop) {
        return Answer.accepted(
                upload.run(http, loop, new ToImage(bus, request.values().id("imageId")), request.caller()));
    }

    private Answer uploadVolume(ApiRequest request, HttpServerRequest http, Context loop) {
        return Answer.accepted(
                upload.run(http, loop, new ToVolume(bus, request.values().id("uploadId")), request.caller()));
    }

    private record ToImage(Bus bus, UUID imageId) implements Upload.Destination {
        @Override
        public StreamTicket begin(@Nullable Long length, Caller caller) {
            return bus.request(ImagesApi.BEGIN_UPLOAD, new ImagesApi.BeginUpload(imageId, length), caller);
        }

        @Override
        public TaskRef finish(Caller caller) {
            return bus.request(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(imageId), caller);
        }
    }

    private record ToVolume(Bus bus, UUID uploadId) implements Upload.Destination {
        @Override
        public StreamTicket begin(@Nullable Long length, Caller caller) {
            return bus.request(TransferApi.BEGIN_UPLOAD, new TransferApi.BeginUpload(uploadId, length), caller);
        }

        @Override
        public TaskRef finish(Caller caller) {
            return bus.request(TransferApi.FINISH_UPLOAD, new TransferApi.Upload(uploadId), caller);
        }
    }

    private Delivery takePicture(ApiRequest request) {
        int size = request.values().integer("size").orElse(USUAL_PICTURE);
        var picture = bus.request(
                ComputeApi.TAKE_PICTURE,
                new DomainApi.TakePicture(request.values().id("vmId"), size),
                request.caller());
        return new BytesDelivery("image/png", Buffer.buffer(Base64.getDecoder().decode(picture.png())));
    }

    private Answer openConsole(ApiRequest request) {
        ApiRequest.Holder holder = request.requireHolder();
        UUID vm = request.values().id("vmId");
        ConsoleKind kind = ConsoleKind.valueOf(Fields.text(request.values().body(), "kind"));
        var ticket = tickets.issue(
                holder.token(), holder.session().userId(), holder.session().userName(), vm, kind);
        return new Answer(
                201,
                new Ticket("/api/v1/consoles/" + ticket.token().reveal(), SUBPROTOCOL, ticket.expiresAt()),
                Map.of());
    }
}
