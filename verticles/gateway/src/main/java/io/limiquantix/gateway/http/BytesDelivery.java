package io.limiquantix.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** An answer of bytes that are there already and are no JSON. */
public record BytesDelivery(String contentType, Buffer bytes) implements Delivery {
    private static final int OK = 200;

    @Override
    public int status() {
        return OK;
    }

    @Override
    public void send(HttpServerRequest request) {
        request.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", contentType)
                .end(bytes);
    }
}
