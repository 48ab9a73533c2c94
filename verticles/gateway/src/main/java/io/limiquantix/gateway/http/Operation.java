package io.limiquantix.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;

/** Does what one operation of the contract says; runs on a virtual thread and may block. */
public sealed interface Operation {

    /** Answers from the request's values alone. */
    @FunctionalInterface
    non-sealed interface Plain extends Operation {
        Answer handle(ApiRequest request);
    }

    /** Reads the body itself, which is paused when it gets it. */
    @FunctionalInterface
    non-sealed interface Streamed extends Operation {
        Answer handle(ApiRequest request, HttpServerRequest http, Context context);
    }

    /** Writes the answer itself, for as long as it likes; called on the request's context. */
    @FunctionalInterface
    non-sealed interface Endless extends Operation {
        void handle(ApiRequest request, HttpServerRequest http);
    }
}
