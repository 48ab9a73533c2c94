package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** How the endpoint says no. */
final class StreamRefusal {
    private StreamRefusal() {}

    /** Answers and ends the connection: what the other side still sends is not read as another request. */
    static void send(HttpServerRequest request, int status, FailureCode code, String message) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        JsonObject body = new JsonObject().put("code", code.name()).put("message", message);
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(body.toBuffer());
    }

    static void send(HttpServerRequest request, FailureCode code, String message) {
        send(request, code.httpStatus(), code, message);
    }
}
