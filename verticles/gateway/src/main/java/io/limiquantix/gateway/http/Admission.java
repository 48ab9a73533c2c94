package io.limiquantix.gateway.http;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.contract.ApiOperation;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request, and whether a page of somebody else made them do it. */
public final class Admission {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String CSRF_HEADER = "X-CSRF-Token";

    private final Bus bus;
    private final SameOrigin origins;

    public Admission(Bus bus, SameOrigin origins) {
        this.bus = bus;
        this.origins = origins;
    }

    /** The holder of the request's session, absent only for an operation that is open to everybody. */
    ApiRequest.@Nullable Holder admit(ApiOperation operation, HttpServerRequest request) {
        if (operation.changes() && !origins.allows(request)) {
            throw FailureException.of(FailureCode.FORBIDDEN, "A page of another site cannot make changes here.");
        }
        if (operation.open()) {
            return null;
        }
        ApiRequest.Holder holder = authenticate(request);
        if (operation.changes()) {
            requireCsrfToken(request, holder);
        }
        return holder;
    }

    private ApiRequest.Holder authenticate(HttpServerRequest request) {
        Optional<Secret> token = SessionCookie.read(request);
        if (token.isEmpty()) {
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "You are not logged in.");
        }
        return authenticate(token.get());
    }

    private ApiRequest.Holder authenticate(Secret token) {
        var caller = Caller.of(Actor.platform("gateway"), PATIENCE);
        var session = bus.request(IdentityApi.AUTHENTICATE, new IdentityApi.SessionToken(token), caller);
        return new ApiRequest.Holder(token, session);
    }

    /** Blocks; refuses when the session has ended. An open stream is not somebody at work: it does not prolong it. */
    public void check(Secret token) {
        var caller = Caller.of(Actor.platform("gateway"), PATIENCE);
        bus.request(IdentityApi.CHECK, new IdentityApi.SessionToken(token), caller);
    }

    private static void requireCsrfToken(HttpServerRequest request, ApiRequest.Holder holder) {
        @Nullable String given = request.getHeader(CSRF_HEADER);
        byte[] expected = holder.session().csrfToken().reveal().getBytes(StandardCharsets.UTF_8);
        if (given == null || !MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            throw FailureException.of(
                    FailureCode.FORBIDDEN,
                    "A change has to carry the session's csrfToken in the header " + CSRF_HEADER + ".");
        }
    }
}
