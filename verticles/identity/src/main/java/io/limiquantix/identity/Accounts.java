package io.limiquantix.identity;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.NewSession;
import io.limiquantix.runtime.bus.Bus;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Logging in and out, and one's own password. */
final class Accounts {
    private static final RemoteAddress WITHIN_SESSION = RemoteAddress.of("::");

    private final Bus bus;
    private final Users users;
    private final Sessions sessions;
    private final LogInLimits limits;
    private final PasswordHash hashes;
    private final FirstAdministrator firstAdministrator;
    private final Clock clock;

    Accounts(
            Bus bus,
            Users users,
            Sessions sessions,
            LogInLimits limits,
            PasswordHash hashes,
            FirstAdministrator firstAdministrator,
            Clock clock) {
        this.bus = bus;
        this.users = users;
        this.sessions = sessions;
        this.limits = limits;
        this.hashes = hashes;
        this.firstAdministrator = firstAdministrator;
        this.clock = clock;
    }

    NewSession logIn(IdentityApi.LogIn request) {
        RemoteAddress address = RemoteAddress.of(request.remoteAddress());
        Optional<Users.User> user = users.byName(request.userName());
        Optional<String> stored = user.map(Users.User::passwordHash);
        boolean known = user.map(u -> users.isKnownAt(u.id(), address)).orElse(false);
        LogInLimits.Attempt attempt = LogInLimits.attempt(request.userName(), address, known);
        limits.begin(attempt, clock.instant());
        boolean right = matches(attempt, request.password(), stored);
        if (user.isEmpty() || !right) {
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "The user name or the password is not right.");
        }
        limits.succeeded(attempt);
        users.loggedInFrom(user.get().id(), address, clock.instant());
        return sessions.begin(user.get(), clock.instant());
    }

    Nothing logOut(IdentityApi.SessionToken request) {
        sessions.end(request.token());
        tellEnded(List.of(HexFormat.of().formatHex(RandomTokens.sha256(request.token()))));
        return Nothing.NOTHING;
    }

    Nothing changePassword(IdentityApi.ChangePassword request) {
        Users.User user = users.byId(request.holder().userId())
                .orElseThrow(() -> FailureException.notFound("This account does not exist any more."));
        // Whoever finds a session open must not be able to guess the password through it.
        LogInLimits.Attempt attempt = LogInLimits.attempt(user.name(), WITHIN_SESSION, true);
        limits.begin(attempt, clock.instant());
        if (!matches(attempt, request.oldPassword(), Optional.of(user.passwordHash()))) {
            throw FailureException.invalid("oldPassword", "This is not your present password.");
        }
        limits.succeeded(attempt);
        tellEnded(users.changePassword(
                user.id(),
                hashes.of(request.newPassword()),
                RandomTokens.sha256(request.holder().token())));
        if (user.mustChangePassword()) {
            firstAdministrator.forget();
        }
        return Nothing.NOTHING;
    }

    /** A password that was not looked at, as too many waited, does not count as a wrong one. */
    private boolean matches(LogInLimits.Attempt attempt, Secret password, Optional<String> stored) {
        try {
            return hashes.matches(password, stored);
        } catch (FailureException e) {
            if (e.code() == FailureCode.LIMITED) {
                limits.notMade(attempt);
            }
            throw e;
        }
    }

    private void tellEnded(List<String> tokensSha256) {
        bus.publish(IdentityApi.SESSIONS_ENDED, new IdentityApi.SessionsEnded(tokensSha256));
    }
}
