package io.limiquantix.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.Destination;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.NewSession;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentityIT {
    private final TestControlPlane plane = TestControlPlane.start("identity");
    private final Path passwordFile =
            plane.controlPlane().platform().dataDirectory().resolve("first-admin-password");

    IdentityIT() {
        plane.deploy(IdentityVerticle::new);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private <Q extends Record, R extends Record> R ask(Destination<Q, R> to, Q request) {
        return plane.bus().request(to, request, TestControlPlane.caller());
    }

    private NewSession logIn(String password) {
        return ask(IdentityApi.LOG_IN, new IdentityApi.LogIn("admin", new Secret(password), "192.0.2.1"));
    }

    private NewSession logInFrom(String address, String password) {
        return ask(IdentityApi.LOG_IN, new IdentityApi.LogIn("admin", new Secret(password), address));
    }

    private static void assertRefused(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private String firstPassword() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    @Test
    void theFirstAdministratorLogsInWithThePasswordOfTheFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
                .isEqualTo("rw-------");
        NewSession session = logIn(firstPassword());
        assertThat(session.session().mustChangePassword()).isTrue();
        var known = ask(IdentityApi.AUTHENTICATE, new IdentityApi.SessionToken(session.token()));
        assertThat(known.userName()).isEqualTo("admin");
        assertThat(known.csrfToken()).isEqualTo(session.session().csrfToken());
    }

    @Test
    void aUserKeepsPublicKeysThatOthersNeitherSeeNorDelete() throws IOException {
        String line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIQcJwUTvnqCq61vs9YQ1CWWphZ2ZsMyR96RjWGJ+n7z me here";
        UUID mine = logIn(firstPassword()).session().userId();
        var keys = new IdentityApi.SshKeysOf(mine);
        var added = ask(IdentityApi.ADD_SSH_KEY, new IdentityApi.AddSshKey(mine, " laptop ", line + "\n"));
        assertThat(added.name()).isEqualTo("laptop");
        assertThat(added.publicKey()).isEqualTo(line);
        assertThat(added.fingerprint()).isEqualTo("SHA256:8bkqvPbEwOKwjoO82KH/MCGrzEABx7evyHaM0UHKCJQ");
        assertRefused(
                FailureCode.CONFLICT,
                () -> ask(IdentityApi.ADD_SSH_KEY, new IdentityApi.AddSshKey(mine, "again", line)));
        assertRefused(
                FailureCode.INVALID,
                () -> ask(IdentityApi.ADD_SSH_KEY, new IdentityApi.AddSshKey(mine, "bad", "ssh-ed25519 AAAA")));
        UUID other = UUID.randomUUID();
        ask(IdentityApi.DELETE_SSH_KEY, new IdentityApi.DeleteSshKey(other, added.id()));
        assertThat(ask(IdentityApi.LIST_SSH_KEYS, new IdentityApi.SshKeysOf(other))
                        .items())
                .isEmpty();
        assertThat(ask(IdentityApi.LIST_SSH_KEYS, keys).items()).containsExactly(added);
        ask(IdentityApi.DELETE_SSH_KEY, new IdentityApi.DeleteSshKey(mine, added.id()));
        assertThat(ask(IdentityApi.LIST_SSH_KEYS, keys).items()).isEmpty();
    }

    @Test
    void aSessionEndsWithTheLogOut() throws IOException {
        NewSession session = logIn(firstPassword());
        ask(IdentityApi.LOG_OUT, new IdentityApi.SessionToken(session.token()));
        assertRefused(
                FailureCode.UNAUTHENTICATED,
                () -> ask(IdentityApi.AUTHENTICATE, new IdentityApi.SessionToken(session.token())));
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsAndTheFile() throws IOException {
        String old = firstPassword();
        NewSession other = logIn(old);
        NewSession mine = logIn(old);
        var holder = new IdentityApi.SessionTokenHolder(mine.session().userId(), mine.token());
        ask(
                IdentityApi.CHANGE_PASSWORD,
                new IdentityApi.ChangePassword(holder, new Secret(old), new Secret("a new password")));
        assertThat(passwordFile).doesNotExist();
        assertThat(ask(IdentityApi.AUTHENTICATE, new IdentityApi.SessionToken(mine.token()))
                        .mustChangePassword())
                .isFalse();
        assertRefused(
                FailureCode.UNAUTHENTICATED,
                () -> ask(IdentityApi.AUTHENTICATE, new IdentityApi.SessionToken(other.token())));
        assertRefused(FailureCode.UNAUTHENTICATED, () -> logIn(old));
        assertThat(logIn("a new password").session().mustChangePassword()).isFalse();
    }

    @Test
    void guessingIsSlowedDownAndSaysForHowLong() throws IOException {
        String right = firstPassword();
        for (int i = 0; i < 5; i++) {
            assertRefused(FailureCode.UNAUTHENTICATED, () -> logIn("wrong"));
        }
        assertThatThrownBy(() -> logIn(right)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.LIMITED);
            assertThat(e.failure().details()).containsKey("retryAfterSeconds");
        });
    }

    @Test
    void guessesAtOnceDoNotPassTogether() {
        Instant began = Instant.now();
        var refusals = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> catchThrowableOfType(FailureException.class, () -> logIn("wrong"))
                        .code())
                .toList();
        // After five, one is let through when a second has passed, the next when two have, and so on.
        int free = 5 + (int) Duration.between(began, Instant.now()).toSeconds();
        assertThat(refusals).filteredOn(FailureCode.UNAUTHENTICATED::equals).hasSizeLessThanOrEqualTo(free);
        assertThat(refusals).filteredOn(FailureCode.LIMITED::equals).hasSizeGreaterThanOrEqualTo(30 - free);
    }

    @Test
    void strangersCannotKeepAUserOut() throws IOException {
        String right = firstPassword();
        logIn(right);
        var refusals = IntStream.range(0, 40)
                .mapToObj(i -> catchThrowableOfType(FailureException.class, () -> logInFrom("198.51.100." + i, "wrong"))
                        .code())
                .toList();
        assertThat(refusals).contains(FailureCode.UNAUTHENTICATED, FailureCode.LIMITED);
        assertThat(logIn(right).session().userName()).isEqualTo("admin");
        assertThat(logInFrom("127.0.0.1", right).session().userName()).isEqualTo("admin");
    }

    @Test
    void passwordsThatNobodyLookedAtDoNotCountAsWrong() throws Exception {
        String right = firstPassword();
        AtomicBoolean crowded = new AtomicBoolean(true);
        AtomicInteger strangers = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // More than may wait for their turn at one time, so that others are turned away meanwhile.
            List<Future<?>> crowd = IntStream.range(0, 60)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        while (crowded.get()) {
                            assertThatThrownBy(() -> logInAsStranger(strangers.incrementAndGet()))
                                    .isInstanceOf(FailureException.class);
                        }
                    }))
                    .toList();
            for (int turnedAway = 0; turnedAway < 6; ) {
                Throwable refusal = catchThrowable(() -> logIn(right));
                if (refusal != null) {
                    assertThat(refusal).hasMessageContaining("at this moment");
                    turnedAway++;
                }
            }
            crowded.set(false);
            for (Future<?> stranger : crowd) {
                stranger.get();
            }
        }
        assertThat(logIn(right).session().userName()).isEqualTo("admin");
    }

    /** Each with a name and an address of its own. */
    private void logInAsStranger(int number) {
        String address = "2001:db8:" + Integer.toHexString(number) + "::1";
        ask(IdentityApi.LOG_IN, new IdentityApi.LogIn("nobody-" + number, new Secret("wrong"), address));
    }

    @Test
    void aSessionThatExpiredIsToldOfSoThatItsConsolesEnd() throws IOException {
        Database database = plane.controlPlane().database();
        NewSession expired = logIn(firstPassword());
        database.update("update identity.sessions set expires_at = now()");
        NewSession live = logIn(firstPassword());
        List<String> told = new CopyOnWriteArrayList<>();
        plane.bus().subscribe(IdentityApi.SESSIONS_ENDED, ended -> told.addAll(ended.tokensSha256()));
        new ExpiredSessions(plane.bus(), new Sessions(database, new RandomTokens()), Clock.systemUTC()).end();
        Eventually.holds(() -> !told.isEmpty());
        assertThat(told)
                .containsExactly(HexFormat.of().formatHex(RandomTokens.sha256(expired.token())))
                .doesNotContain(HexFormat.of().formatHex(RandomTokens.sha256(live.token())));
    }

    @Test
    void aCheckOfTheSessionIsNoUseOfIt() throws IOException {
        NewSession session = logIn(firstPassword());
        plane.controlPlane()
                .database()
                .update("update identity.sessions set used_at = now() - interval '7 hours 59 minutes'");
        ask(IdentityApi.CHECK, new IdentityApi.SessionToken(session.token()));
        plane.controlPlane().database().update("update identity.sessions set used_at = used_at - interval '2 minutes'");
        assertRefused(
                FailureCode.UNAUTHENTICATED,
                () -> ask(IdentityApi.CHECK, new IdentityApi.SessionToken(session.token())));
    }

    @Test
    void theAuditLogIsNotRewritten() {
        ask(
                IdentityApi.AUDIT,
                new IdentityApi.AuditEntry(Instant.now(), "admin", "192.0.2.1", "action", null, 202, Map.of()));
        assertThatThrownBy(() -> plane.controlPlane().database().update("update identity.audit set outcome = 0"))
                .hasStackTraceContaining("only appended to");
    }

    @Test
    void neitherTokenNorPasswordIsInTheDatabase() throws IOException {
        NewSession session = logIn(firstPassword());
        String everything = plane.controlPlane()
                .database()
                .query(
                        "select (select string_agg(u::text, ' ') from identity.users u) || ' '"
                                + " || (select string_agg(s::text, ' ') from identity.sessions s) as dump",
                        row -> row.text("dump"))
                .getFirst();
        assertThat(everything)
                .contains("argon2id")
                .doesNotContain(session.token().reveal())
                .doesNotContain(firstPassword());
    }

    @Test
    void theAuditLogIsReadPageByPageNewestFirst() {
        for (int i = 0; i < 5; i++) {
            ask(
                    IdentityApi.AUDIT,
                    new IdentityApi.AuditEntry(
                            Instant.now(), "admin", "192.0.2.1", "action " + i, null, 202, Map.of("name", "vm")));
        }
        var first = ask(IdentityApi.LIST_AUDIT, everything(new Page(null, 3)));
        assertThat(first.items())
                .extracting(IdentityApi.AuditEntry::action)
                .containsExactly("action 4", "action 3", "action 2");
        var second = ask(IdentityApi.LIST_AUDIT, everything(new Page(first.nextCursor(), 3)));
        assertThat(second.items()).extracting(IdentityApi.AuditEntry::action).containsExactly("action 1", "action 0");
        assertThat(second.nextCursor()).isNull();
    }

    private void note(String user, String action, String operation, @Nullable UUID target, int outcome, Instant at) {
        ask(
                IdentityApi.AUDIT,
                new IdentityApi.AuditEntry(
                        at, user, "192.0.2.1", action, target, outcome, Map.of("operation", operation)));
    }

    @Test
    void theAuditLogIsAskedForOneThingOneUserOneOperationAndOneTime() {
        UUID vm = Uuid7.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        note("admin", "POST /api/v1/vms/{vmId}/start", "startVm", vm, 202, now.minusSeconds(30));
        note("Bob", "PATCH /api/v1/vms/{vmId}", "editVm", vm, 200, now.minusSeconds(20));
        note("admin", "DELETE /api/v1/pools/{poolId}", "deletePool", Uuid7.next(), 202, now.minusSeconds(10));
        Page page = new Page(null, 9);
        assertThat(operations(new IdentityApi.ListAudit(page, vm, null, null, null, null, null)))
                .containsExactly("editVm", "startVm");
        assertThat(operations(new IdentityApi.ListAudit(page, null, "pools", null, null, null, null)))
                .containsExactly("deletePool");
        assertThat(operations(new IdentityApi.ListAudit(page, null, "vms", "bob", null, null, null)))
                .containsExactly("editVm");
        assertThat(operations(new IdentityApi.ListAudit(page, null, null, null, "startVm", null, null)))
                .containsExactly("startVm");
        assertThat(operations(new IdentityApi.ListAudit(
                        page, null, null, null, null, now.minusSeconds(20), now.minusSeconds(10))))
                .containsExactly("editVm");
    }

    private List<String> operations(IdentityApi.ListAudit wish) {
        return ask(IdentityApi.LIST_AUDIT, wish).items().stream()
                .map(entry -> String.valueOf(entry.details().get("operation")))
                .toList();
    }

    @Test
    void ofOneThingIsToldWhatBecameNoTaskAndWhatBecameATaskThatIsForgotten() {
        UUID vm = Uuid7.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        note("admin", "POST /api/v1/vms/{vmId}/start", "startVm", vm, 202, now.minus(Duration.ofDays(40)));
        note("admin", "POST /api/v1/vms/{vmId}/shutdown", "shutDownVm", vm, 202, now.minusSeconds(40));
        note("bob", "PATCH /api/v1/vms/{vmId}", "editVm", vm, 200, now.minusSeconds(30));
        note("admin", "POST /api/v1/vms/{vmId}/start", "startVm", vm, 409, now.minusSeconds(30));
        note("admin", "PATCH /api/v1/vms/{vmId}", "editVm", Uuid7.next(), 200, now);
        var all = of(vm, List.of(), null, 9);
        assertThat(operations(all)).containsExactly("startVm", "editVm", "startVm");
        assertThat(all.more()).isFalse();
        assertThat(operations(of(vm, List.of("editVm"), null, 9))).containsExactly("editVm");
        var first = of(vm, List.of(), null, 1);
        assertThat(first.more()).isTrue();
        var last = first.items().getLast();
        var next = new Past.Before(last.entry().at(), String.valueOf(last.id()));
        assertThat(operations(of(vm, List.of(), next, 1))).containsExactly("editVm");
        assertThat(operations(of(vm, List.of(), new Past.Before(last.entry().at(), null), 9)))
                .containsExactly("startVm");
    }

    private IdentityApi.AuditPart of(UUID vm, List<String> kinds, Past.@Nullable Before before, int limit) {
        var past = new Past(vm, kinds, null, null, null, before, limit);
        return ask(
                IdentityApi.AUDIT_OF,
                new IdentityApi.AuditOf(past, Instant.now().minus(Duration.ofDays(30))));
    }

    private static List<String> operations(IdentityApi.AuditPart part) {
        return part.items().stream()
                .map(item -> String.valueOf(item.entry().details().get("operation")))
                .toList();
    }

    private static IdentityApi.ListAudit everything(Page page) {
        return new IdentityApi.ListAudit(page, null, null, null, null, null, null);
    }
}
