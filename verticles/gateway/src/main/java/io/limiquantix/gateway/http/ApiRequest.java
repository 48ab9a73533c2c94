package io.limiquantix.gateway.http;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi.Session;
import io.limiquantix.gateway.contract.ApiOperation;
import io.limiquantix.gateway.contract.ApiParameter;
import io.limiquantix.gateway.contract.InvalidRequestException;
import io.limiquantix.gateway.contract.RequestValues;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that the contract allows and, unless its operation is open to everybody, comes from a session.
 *
 * @param serverName what the client called this server, absent when it did not say
 * @param holder absent for an operation that is open to everybody
 * @param operationId of the change that it asks for: the same for each repeat with the same {@code Idempotency-Key}
 */
public record ApiRequest(
        ApiOperation operation,
        RequestValues values,
        String remoteAddress,
        @Nullable String serverName,
        @Nullable Holder holder,
        UUID operationId) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DEFAULT_LIMIT = 100;

    /** Who asks. */
    public record Holder(Secret token, Session session) {}

    /** From where a request came, and where to, as its client says it. */
    record Origin(String remoteAddress, @Nullable String serverName) {
        static Origin of(HttpServerRequest http) {
            HostAndPort authority = http.authority();
            return new Origin(http.remoteAddress().hostAddress(), authority == null ? null : authority.host());
        }
    }

    static ApiRequest of(ApiOperation operation, RequestValues values, Origin origin, @Nullable Holder holder) {
        UUID id = holder == null
                ? Uuid7.next()
                : values.text("Idempotency-Key")
                        .map(key -> Uuid7.derived(holder.session().userId(), target(operation, values) + " " + key))
                        .orElseGet(Uuid7::next);
        return new ApiRequest(operation, values, origin.remoteAddress(), origin.serverName(), holder, id);
    }

    ApiRequest with(RequestValues more) {
        return new ApiRequest(operation, more, remoteAddress, serverName, holder, operationId);
    }

    /** The same key for another thing is another operation. */
    private static String target(ApiOperation operation, RequestValues values) {
        StringBuilder target = new StringBuilder(operation.id());
        operation.parameters().stream()
                .map(ApiParameter::pathName)
                .flatMap(Optional::stream)
                .flatMap(name -> values.text(name).stream())
                .forEach(id -> target.append(' ').append(id));
        return target.toString();
    }

    public Holder requireHolder() {
        if (holder == null) {
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "You are not logged in.");
        }
        return holder;
    }

    public Caller caller() {
        Actor actor = holder == null
                ? Actor.platform("gateway")
                : new Actor(
                        holder.session().userName(),
                        holder.session().userId(),
                        holder.session().administrator());
        return new Caller(operationId, Caller.of(actor, PATIENCE).deadline(), actor, null, null);
    }

    public Page page() {
        return new Page(
                values.text("cursor").orElse(null), values.integer("limit").orElse(DEFAULT_LIMIT));
    }

    /** Refused when it is no time. */
    public Optional<Instant> time(String name) {
        return values.text(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw InvalidRequestException.of(name, "is no time of RFC 3339, as 2026-11-29T18:00:00Z.");
            }
        });
    }

    /** The version that {@code If-Match} names, absent when the client does not mind. */
    public @Nullable Long expectedVersion() {
        Optional<String> tag = values.text("If-Match").filter(text -> !text.equals("*"));
        if (tag.isEmpty()) {
            return null;
        }
        if (!tag.get().matches("\"\\d{1,18}\"")) {
            throw InvalidRequestException.of("If-Match", "is not an ETag that was answered here.");
        }
        return Long.valueOf(tag.get().replace("\"", ""));
    }
}
