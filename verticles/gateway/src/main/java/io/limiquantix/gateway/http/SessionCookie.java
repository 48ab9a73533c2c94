package io.limiquantix.gateway.http;

import io.limiquantix.bus.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/** The cookie that carries a session's token; the prefix binds it to this host, TLS and the whole of its paths. */
public final class SessionCookie {
    private static final String NAME = "__Host-limiquantix";
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";
    private static final int MAX_LENGTH = 200;

    private SessionCookie() {}

    /** Two cookies of the name are none: somebody may have planted one of them. */
    public static Optional<Secret> read(HttpServerRequest request) {
        Set<Cookie> cookies = request.cookies(NAME);
        if (cookies.size() != 1) {
            return Optional.empty();
        }
        String value = cookies.iterator().next().getValue();
        return value.isEmpty() || value.length() > MAX_LENGTH ? Optional.empty() : Optional.of(new Secret(value));
    }

    /** The value of {@code Set-Cookie} that begins a session. */
    public static String begin(Secret token) {
        return NAME + "=" + token.reveal() + ATTRIBUTES;
    }

    /** The value of {@code Set-Cookie} that ends it. */
    public static String end() {
        return NAME + "=" + ATTRIBUTES + "; Max-Age=0";
    }
}
