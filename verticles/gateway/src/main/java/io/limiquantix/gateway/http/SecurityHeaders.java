package io.limiquantix.gateway.http;

import io.vertx.core.http.HttpServerResponse;

/** Headers that tell browsers to be careful with what this server answers. */
final class SecurityHeaders {
    // xterm.js writes its colours into a style element; scripts have no such exception.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self';"
                    + " worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    private static final String ONE_YEAR = "max-age=31536000";

    private final boolean strictTransport;

    /** @param strictTransport whether browsers shall never again use plain HTTP or accept an unknown certificate */
    SecurityHeaders(boolean strictTransport) {
        this.strictTransport = strictTransport;
    }

    void addTo(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        if (strictTransport) {
            response.putHeader("Strict-Transport-Security", ONE_YEAR);
        }
    }
}
