package io.limiquantix.identity;

import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Wires accounts, sessions and the audit log to the bus. */
public final class IdentityVerticle extends VerticleBase {
    private static final long PRUNE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long END_SESSIONS_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final ControlPlane plane;

    public IdentityVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        Clock clock = plane.platform().clock();
        Database database = plane.database();
        RandomTokens tokens = new RandomTokens();
        PasswordHash hashes = new PasswordHash();
        Users users = new Users(database);
        Sessions sessions = new Sessions(database, tokens);
        LogInLimits limits = new LogInLimits(database);
        AuditLog audit = new AuditLog(database);
        FirstAdministrator first =
                new FirstAdministrator(users, hashes, plane.platform().dataDirectory());
        first.ensure(tokens);
        ExpiredSessions expired = new ExpiredSessions(bus, sessions, clock);
        Accounts accounts = new Accounts(bus, users, sessions, limits, hashes, first, clock);
        bus.serve(IdentityApi.LOG_IN, (request, caller) -> accounts.logIn(request));
        bus.serve(IdentityApi.LOG_OUT, (request, caller) -> accounts.logOut(request));
        bus.serve(
                IdentityApi.AUTHENTICATE,
                (request, caller) -> sessions.authenticate(request.token(), clock.instant(), true));
        bus.serve(
                IdentityApi.CHECK, (request, caller) -> sessions.authenticate(request.token(), clock.instant(), false));
        bus.serve(IdentityApi.CHANGE_PASSWORD, (request, caller) -> accounts.changePassword(request));
        bus.serve(IdentityApi.AUDIT, (request, caller) -> audit.add(request));
        bus.serve(IdentityApi.LIST_AUDIT, (request, caller) -> audit.list(request));
        bus.serve(IdentityApi.AUDIT_OF, (request, caller) -> audit.of(request));
        UserSshKeys keys = new UserSshKeys(database, clock);
        bus.serve(IdentityApi.LIST_SSH_KEYS, (request, caller) -> keys.list(request.userId()));
        bus.serve(IdentityApi.ADD_SSH_KEY, (request, caller) -> keys.add(request, caller.operationId()));
        bus.serve(IdentityApi.DELETE_SSH_KEY, (request, caller) -> keys.delete(request));
        vertx.setPeriodic(END_SESSIONS_MILLIS, timer -> Thread.ofVirtual().start(expired::end));
        vertx.setPeriodic(PRUNE_MILLIS, timer -> Thread.ofVirtual().start(() -> {
            Instant now = clock.instant();
            limits.prune(now);
            audit.prune(now);
            plane.changes().log().prune(now);
        }));
        return Future.succeededFuture();
    }
}
