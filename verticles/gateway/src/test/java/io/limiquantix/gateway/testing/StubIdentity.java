package io.limiquantix.gateway.testing;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.bus.identity.IdentityApi.NewSession;
import io.limiquantix.bus.identity.IdentityApi.Session;
import io.limiquantix.runtime.bus.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers for the identity verticle: one user, {@code admin} with the password {@code right}. */
public final class StubIdentity {
    private static final UUID ADMIN = UUID.fromString("0198c0de-0000-7000-8000-00000000ad01");

    private final Map<Secret, Session> sessions = new ConcurrentHashMap<>();
    private final List<AuditEntry> audit = new CopyOnWriteArrayList<>();

    void serve(Bus bus) {
        bus.serve(IdentityApi.LOG_IN, (request, caller) -> logIn(request));
        bus.serve(IdentityApi.LOG_OUT, (request, caller) -> {
            sessions.remove(request.token());
            return Nothing.NOTHING;
        });
        bus.serve(IdentityApi.AUTHENTICATE, (request, caller) -> find(request.token()));
        bus.serve(IdentityApi.CHECK, (request, caller) -> find(request.token()));
        bus.serve(IdentityApi.AUDIT, (request, caller) -> {
            audit.add(request);
            return Nothing.NOTHING;
        });
        bus.serve(IdentityApi.LIST_AUDIT, (request, caller) -> new IdentityApi.AuditLog(List.copyOf(audit), null));
    }

    public List<AuditEntry> audit() {
        return audit;
    }

    private NewSession logIn(IdentityApi.LogIn request) {
        if (!request.password().equals(new Secret("right"))) {
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "The user name or the password is wrong.");
        }
        Secret token = new Secret(UUID.randomUUID().toString());
        Session session = new Session(
                request.userName().equals("admin") ? ADMIN : userId(request.userName()),
                request.userName(),
                new Secret("csrf-" + UUID.randomUUID()),
                Instant.now().plus(Duration.ofHours(1)),
                false,
                request.userName().equals("admin"));
        sessions.put(token, session);
        return new NewSession(token, session);
    }

    /** Everybody but {@code admin} is a user without privileges. */
    public static UUID userId(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private Session find(Secret token) {
        Session session = sessions.get(token);
        if (session == null) {
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "You are not logged in.");
        }
        return session;
    }
}
