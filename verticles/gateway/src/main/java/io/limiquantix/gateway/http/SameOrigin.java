package io.limiquantix.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a request was made by a page of this server, as far as browsers tell. */
public final class SameOrigin {
    private static final int HTTPS = 443;

    private final Set<String> alsoAllowed;

    /** @param alsoAllowed further origins, for instance of a balancer that rewrites the host name */
    public SameOrigin(Set<String> alsoAllowed) {
        this.alsoAllowed = Set.copyOf(alsoAllowed);
    }

    /** A client that is no browser sends neither header and is allowed: it has no cookies that a page could misuse. */
    public boolean allows(HttpServerRequest request) {
        @Nullable String origin = request.getHeader("Origin");
        if (origin != null) {
            return isOwn(origin, request);
        }
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    /** As {@link #allows}, for WebSockets: every client has to state the origin. */
    public boolean allowsWebSocket(HttpServerRequest request) {
        @Nullable String origin = request.getHeader("Origin");
        return origin != null && isOwn(origin, request);
    }

    private boolean isOwn(String origin, HttpServerRequest request) {
        @Nullable HostAndPort authority = request.authority();
        if (authority == null) {
            return false;
        }
        boolean usualPort = authority.port() <= 0 || authority.port() == HTTPS;
        String own = "https://" + authority.host() + (usualPort ? "" : ":" + authority.port());
        return origin.equalsIgnoreCase(own) || alsoAllowed.contains(origin);
    }
}
