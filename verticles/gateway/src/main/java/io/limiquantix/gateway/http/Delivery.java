package io.limiquantix.gateway.http;

import io.vertx.core.http.HttpServerRequest;

/** An answer of many bytes that has begun: its status and headers are known, its body comes. */
public interface Delivery {
    int status();

    /** Writes head and body; called once, on the request's context. */
    void send(HttpServerRequest request);
}
