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

    /** Answers with many bytes that come from elsewhere; what fails before the first of them is answered as a problem. */
    @FunctionalInterface
    non-sealed interface Fetched extends Operation {
        Delivery handle(ApiRequest request, HttpServerRequest http, Context context);
    }

    /** Writes the answer itself, for as long as it likes; called on the request's context. */
    @FunctionalInterface
    non-sealed interface Endless extends Operation {
        void handle(ApiRequest request, HttpServerRequest http);
    }
}
