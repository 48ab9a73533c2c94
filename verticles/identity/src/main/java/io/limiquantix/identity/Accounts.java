package io.limiquantix.identity;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.NewSession;
import java.time.Clock;
import java.util.Optional;

/** Logging in and out, and one's own password. */
final class Accounts {
    private final Users users;
    private final Sessions sessions;
    private final LogInLimits limits;
    private final PasswordHash hashes;
    private final FirstAdministrator firstAdministrator;
    private final Clock clock;

    Accounts(
            Users users,
            Sessions sessions,
            LogInLimits limits,
            PasswordHash hashes,
            FirstAdministrator firstAdministrator,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.limits = limits;
        this.hashes = hashes;
        this.firstAdministrator = firstAdministrator;
        this.clock = clock;
    }

    NewSession logIn(IdentityApi.LogIn request) {
        limits.check(request.userName(), request.remoteAddress(), clock.instant());
        Optional<Users.User> user = users.byName(request.userName());
        if (user.isEmpty()) {
            hashes.pretendToCheck(request.password());
        }
        if (user.isEmpty() || !hashes.matches(request.password(), user.get().passwordHash())) {
            limits.failed(request.userName(), request.remoteAddress(), clock.instant());
            throw FailureException.of(FailureCode.UNAUTHENTICATED, "The user name or the password is not right.");
        }
        limits.succeeded(request.userName(), request.remoteAddress());
        return sessions.begin(user.get(), clock.instant());
    }

    Nothing logOut(IdentityApi.SessionToken request) {
        sessions.end(request.token());
        return Nothing.NOTHING;
    }

    Nothing changePassword(IdentityApi.ChangePassword request) {
        Users.User user = users.byId(request.holder().userId())
                .orElseThrow(() -> FailureException.notFound("This account does not exist any more."));
        limits.check(user.name(), "own password", clock.instant());
        if (!hashes.matches(request.oldPassword(), user.passwordHash())) {
            limits.failed(user.name(), "own password", clock.instant());
            throw FailureException.invalid("oldPassword", "This is not your present password.");
        }
        users.changePassword(
                user.id(),
                hashes.of(request.newPassword()),
                RandomTokens.sha256(request.holder().token()));
        if (user.mustChangePassword()) {
            firstAdministrator.forget();
        }
        return Nothing.NOTHING;
    }
}
