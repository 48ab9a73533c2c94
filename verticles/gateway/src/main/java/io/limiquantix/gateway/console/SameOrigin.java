package io.limiquantix.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;

/** Browsers let any page open a WebSocket to any server and only tell its origin: it must be ours. */
final class SameOrigin {
    private SameOrigin() {}

    static boolean holds(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String host = request.getHeader(HttpHeaders.HOST);
        if (origin == null || host == null) {
            return false;
        }
        try {
            URI uri = new URI(origin);
            return "https".equals(uri.getScheme()) && host.equalsIgnoreCase(uri.getAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
