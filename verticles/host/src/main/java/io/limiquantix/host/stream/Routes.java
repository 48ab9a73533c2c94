package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.StreamProtocol;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Brings each request to what its ticket admits to. Runs on an event loop of the endpoint. */
record Routes(
        StreamTickets tickets,
        ConsoleStream console,
        UploadStream upload,
        DownloadStream download,
        MigrationStream migration) {
    private static final String BEARER = "Bearer ";

    void route(HttpServerRequest request) {
        switch (purpose(request).orElse(null)) {
            case StreamPurpose.Console purpose
            when asks(request, HttpMethod.GET, StreamProtocol.CONSOLE_PATH) -> console.handle(request, purpose);
            case StreamPurpose.Upload purpose
            when asks(request, HttpMethod.PUT, StreamProtocol.UPLOAD_PATH) -> upload.handle(request, purpose);
            case StreamPurpose.Download purpose
            when asks(request, HttpMethod.GET, StreamProtocol.DOWNLOAD_PATH) -> download.handle(request, purpose);
            case StreamPurpose.Migration purpose
            when asks(request, HttpMethod.GET, StreamProtocol.MIGRATION_PATH) -> migration.handle(request, purpose);
            case null, default ->
                StreamRefusal.send(
                        request, FailureCode.FORBIDDEN, "The ticket is unknown, used, expired, or for something else.");
        }
    }

    private Optional<StreamPurpose> purpose(HttpServerRequest request) {
        String authorization =
                Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        return authorization.startsWith(BEARER)
                ? tickets.redeem(authorization.substring(BEARER.length()))
                : Optional.empty();
    }

    private static boolean asks(HttpServerRequest request, HttpMethod method, String path) {
        return request.method().equals(method) && path.equals(request.path());
    }
}
