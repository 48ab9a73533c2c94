package io.limiquantix.gateway.http;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Gathers a small body; a large one is refused as soon as it is known to be one. To be used on the request's context. */
public final class RequestBody {
    static final int MAX_BYTES = 1 << 20;

    private RequestBody() {}

    static Future<byte[]> read(HttpServerRequest request) {
        if (announcedLength(request) > MAX_BYTES) {
            return Future.failedFuture(tooLarge());
        }
        askForIt(request);
        Promise<byte[]> promise = Promise.promise();
        Buffer gathered = Buffer.buffer();
        request.handler(chunk -> {
            if (gathered.length() + chunk.length() > MAX_BYTES) {
                request.handler(rest -> {});
                promise.tryFail(tooLarge());
            } else {
                gathered.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> promise.tryComplete(gathered.getBytes()));
        request.exceptionHandler(promise::tryFail);
        request.resume();
        return promise.future();
    }

    /** A client may wait for a word before it sends what would be refused (RFC 9110, 10.1.1). */
    public static void askForIt(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    static long announcedLength(HttpServerRequest request) {
        @Nullable String length = request.getHeader("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
    }

    private static FailureException tooLarge() {
        return FailureException.of(
                FailureCode.TOO_LARGE, "The body is larger than " + MAX_BYTES + " bytes, which no request here needs.");
    }
}
