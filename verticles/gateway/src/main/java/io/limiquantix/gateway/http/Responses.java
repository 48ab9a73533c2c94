package io.limiquantix.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicLong;

/** Writes answers and problems; to be used on the request's context. */
final class Responses {
    private static final long DRAIN_MILLIS = 3_000;
    private static final long DRAIN_BYTES = 64L << 20;

    private final Vertx vertx;

    Responses(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = begin(request, answer.status());
        answer.headers().forEach(response::putHeader);
        switch (answer.body()) {
            case Answer.Text text ->
                response.putHeader("Content-Type", text.contentType()).end(text.text());
            case Object body when body == Answer.NO_BODY -> response.end();
            case Object body ->
                response.putHeader("Content-Type", "application/json").end(json(body));
        }
        finish(request);
    }

    void send(HttpServerRequest request, Problem problem) {
        if (request.response().headWritten()) {
            request.connection().close();
            return;
        }
        HttpServerResponse response = begin(request, problem.status());
        response.putHeader("Content-Type", "application/problem+json");
        if (problem.details().containsKey("retryAfterSeconds")) {
            response.putHeader("Retry-After", problem.details().get("retryAfterSeconds"));
        }
        response.end(json(problem));
        finish(request);
    }

    private static HttpServerResponse begin(HttpServerRequest request, int status) {
        return request.response().setStatusCode(status).putHeader("Cache-Control", "no-store");
    }

    /**
     * A client that still sends is listened to for a little while, so that it gets to read the answer, and is then cut
     * off: closing at once would make the network throw the answer away.
     */
    private void finish(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        AtomicLong dropped = new AtomicLong();
        long timer = vertx.setTimer(DRAIN_MILLIS, id -> request.connection().close());
        request.exceptionHandler(e -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            if (dropped.addAndGet(chunk.length()) > DRAIN_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }

    private static Buffer json(Object body) {
        try {
            return Buffer.buffer(Wire.json().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body.getClass() + " has no JSON form", e);
        }
    }
}
