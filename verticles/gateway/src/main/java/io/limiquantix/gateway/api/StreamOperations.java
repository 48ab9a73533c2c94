package io.limiquantix.gateway.api;

import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.gateway.console.ConsoleTickets;
import io.limiquantix.gateway.events.EventStream;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Endless;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.http.Operation.Streamed;
import io.limiquantix.gateway.upload.ImageUpload;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations that begin or are a stream: events, uploads, consoles. */
public final class StreamOperations {
    private static final String SUBPROTOCOL = "binary";

    private record Ticket(String path, String protocol, Instant expiresAt) {}

    private final EventStream events;
    private final ImageUpload upload;
    private final ConsoleTickets tickets;

    public StreamOperations(EventStream events, ImageUpload upload, ConsoleTickets tickets) {
        this.events = events;
        this.upload = upload;
        this.tickets = tickets;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("streamEvents", (Endless) events::open);
        operations.put("uploadImage", (Streamed) this::upload);
        operations.put("openConsole", (Plain) this::openConsole);
    }

    private Answer upload(ApiRequest request, HttpServerRequest http, Context loop) {
        @Nullable String length = http.getHeader("Content-Length");
        return Answer.accepted(upload.upload(
                http,
                loop,
                request.values().id("imageId"),
                length == null ? null : Long.valueOf(length),
                request.caller()));
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
