package io.limiquantix.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.gateway.contract.ApiOperation;
import io.limiquantix.gateway.contract.ApiParameter;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes every attempt to change something: who, from where, what, on which thing, and how it ended. */
final class AuditTrail {
    /** Families of templates are in paths by their names. */
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int SHOWN = 200;

    private final Bus bus;
    private final Clock clock;
    private final String root;

    AuditTrail(Bus bus, Clock clock, String root) {
        this.bus = bus;
        this.clock = clock;
        this.root = root;
    }

    /** @param answer absent when it was refused with the status */
    void note(ApiRequest request, int status, @Nullable Answer answer) {
        ApiOperation operation = request.operation();
        if (!operation.changes()) {
            return;
        }
        ApiRequest.@Nullable Holder holder = request.holder();
        String user = holder == null ? name(request, status) : holder.session().userName();
        AuditEntry entry = new AuditEntry(
                clock.instant(),
                user,
                request.remoteAddress(),
                operation.method() + " " + root + operation.path(),
                target(request, answer),
                status,
                details(request));
        try {
            bus.request(IdentityApi.AUDIT, entry, Caller.of(Actor.platform("gateway"), PATIENCE));
        } catch (FailureException e) {
            // The change has happened and its answer must not say otherwise; the log is what is left to note it in.
            LOG.error("the audit log could not be written: {}", entry, e);
        }
    }

    /** A name is noted only after a log-in that worked: people type passwords into the wrong field. */
    private static String name(ApiRequest request, int status) {
        return status < 300 && request.values().hasBody()
                ? request.values().body().path("userName").asText()
                : "(unknown)";
    }

    private static @Nullable UUID target(ApiRequest request, @Nullable Answer answer) {
        if (answer != null && answer.body() instanceof TaskRef task) {
            return task.targetId();
        }
        return request.operation().parameters().stream()
                .map(ApiParameter::pathName)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(request.values()::text)
                .filter(text -> ID.matcher(text).matches())
                .map(UUID::fromString)
                .orElse(null);
    }

    /** Names and plain choices only: what is not listed here may hold a secret. */
    private static Map<String, String> details(ApiRequest request) {
        Map<String, String> details = new TreeMap<>();
        details.put("operation", request.operation().id());
        details.put("operationId", request.operationId().toString());
        request.values().text("family").ifPresent(family -> details.put("family", family));
        request.values().flag("force").filter(force -> force).ifPresent(force -> details.put("force", "true"));
        if (request.values().hasBody() && !request.operation().open()) {
            for (String field : new String[] {"name", "path", "kind", "driver", "sizeBytes"}) {
                JsonNode value = request.values().body().path(field);
                if (value.isValueNode() && !value.isNull()) {
                    String text = value.asText();
                    details.put(field, text.length() > SHOWN ? text.substring(0, SHOWN) : text);
                }
            }
        }
        return details;
    }
}
