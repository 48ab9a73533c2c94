package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.HostStorageApi.DriverView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.storage.PoolStore.Definition;
import io.limiquantix.storage.PoolTrialRound.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Changes what pools are called and were told. Another definition is first tried on all hosts that answer, then stored: a process
 * that dies in between leaves hosts that report a definition which is not the stored one, and those are told again.
 */
final class PoolChanges {
    /** Longer than all hosts are waited for, twice: once for the change, and once for the way back. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Database database;
    private final PoolHosts hosts;
    private final PoolSecrets secrets;
    private final PoolStore store = new PoolStore();
    private final PoolDefinitions definitions = new PoolDefinitions();

    PoolChanges(Database database, PoolHosts hosts, PoolSecrets secrets) {
        this.database = database;
        this.hosts = hosts;
        this.secrets = secrets;
    }

    /** A pool as the author of a change has seen it. */
    private record Seen(PoolView view, Definition definition) {}

    PoolView change(StorageApi.ChangePool request, Caller caller) {
        if (request.name() != null) {
            ThingName.require(request.name());
        }
        Seen pool = database.transaction(tx -> seen(tx, request));
        Definition to = request.leavesSettings()
                ? renamed(pool.definition(), request)
                : amended(pool.definition(), request, hosts.driver(pool.view().driver(), caller));
        if (to.definition().equals(pool.definition().definition())) {
            return named(
                    to,
                    () -> database.transaction(
                            tx -> stored(tx, renamed(seen(tx, request).definition(), request))));
        }
        return named(to, () -> tried(pool, to, request, caller));
    }

    private Seen seen(Transaction tx, StorageApi.ChangePool request) {
        UUID id = request.poolId();
        store.lock(tx, id);
        PoolView view = store.find(tx, id).orElseThrow(() -> missing(id));
        VersionCheck.require("pool " + view.name(), request.expectedVersion(), view.version());
        if (store.isDeleting(tx, id)) {
            throw FailureException.conflict("The pool " + view.name() + " is being deleted.");
        }
        return new Seen(view, definitions.find(tx, id).orElseThrow(() -> missing(id)));
    }

    private static Definition renamed(Definition before, StorageApi.ChangePool request) {
        return new Definition(
                before.id(),
                Objects.requireNonNullElse(request.name(), before.name()),
                before.driver(),
                before.settings(),
                before.secretNames(),
                before.secrets(),
                before.definition());
    }

    /** The same definition where all is said as it was. */
    private Definition amended(Definition before, StorageApi.ChangePool request, DriverView driver) {
        Map<String, Secret> known = secrets.open(before.id(), before.secrets());
        PoolAmendment old = new PoolAmendment(before.settings(), known);
        PoolAmendment amended = old.with(request, driver);
        if (amended.equals(old)) {
            return renamed(before, request);
        }
        return new Definition(
                before.id(),
                Objects.requireNonNullElse(request.name(), before.name()),
                before.driver(),
                amended.settings(),
                amended.secrets().keySet().stream().sorted().toList(),
                secrets.seal(before.id(), amended.secrets()),
                Uuid7.next());
    }

    private PoolView tried(Seen pool, Definition to, StorageApi.ChangePool request, Caller caller) {
        database.run(tx -> begin(tx, pool, to, request));
        PoolTrialRound round = new PoolTrialRound(hosts, pool.view(), caller);
        Outcome outcome;
        try {
            outcome = round.change(to);
            outcome.requireTaken(pool.view().name());
        } catch (FailureException e) {
            back(round, to);
            throw e;
        }
        try {
            return database.transaction(tx -> {
                finish(tx, pool, to);
                outcome.reports().forEach((host, report) -> store.report(tx, host, report));
                return stored(tx, to);
            });
        } catch (FailureException | DatabaseException e) {
            // Where it is unknown whether it was stored, what the database says is what hosts are to have.
            back(round, to);
            throw e;
        }
    }

    private void begin(Transaction tx, Seen pool, Definition to, StorageApi.ChangePool request) {
        requireSame(pool.definition(), seen(tx, request).definition());
        requireNameFree(tx, to);
        if (!definitions.trialBegins(tx, to, LONGEST)) {
            throw FailureException.conflict("Somebody else changes the settings of the pool "
                    + pool.view().name()
                    + " at this moment. Look at it again when that has ended, and change it then.");
        }
    }

    private void finish(Transaction tx, Seen pool, Definition to) {
        store.lock(tx, to.id());
        if (!definitions.trialEnded(tx, to) || store.isDeleting(tx, to.id())) {
            throw FailureException.conflict("The pool " + pool.view().name()
                    + " was deleted or changed by somebody else while its hosts tried the new settings.");
        }
        requireSame(pool.definition(), definitions.find(tx, to.id()).orElseThrow(() -> missing(to.id())));
    }

    /** Of all that a version counts, what somebody else may have written over. */
    private static void requireSame(Definition seen, Definition now) {
        if (!seen.definition().equals(now.definition()) || !seen.name().equals(now.name())) {
            throw FailureException.of(
                    FailureCode.STALE_VERSION, "The pool " + seen.name() + " was changed since you read it.");
        }
    }

    private void requireNameFree(Transaction tx, Definition to) {
        store.findByName(tx, to.name())
                .filter(other -> !other.id().equals(to.id()))
                .ifPresent(other -> {
                    throw nameTaken(to.name());
                });
    }

    private PoolView stored(Transaction tx, Definition to) {
        definitions.change(tx, to);
        return store.find(tx, to.id()).orElseThrow(() -> missing(to.id()));
    }

    /** Has all hosts that may have taken it use the pool as the database has it. */
    private void back(PoolTrialRound round, Definition given) {
        database.transaction(tx -> definitions.find(tx, given.id()))
                .filter(now -> !now.definition().equals(given.definition()))
                .ifPresent(round::back);
        database.run(tx -> definitions.trialEnded(tx, given));
    }

    private interface Work {
        PoolView run();
    }

    private static PoolView named(Definition to, Work work) {
        try {
            return work.run();
        } catch (DatabaseException e) {
            if (e.violatedUnique() != null) {
                throw nameTaken(to.name());
            }
            throw e;
        }
    }

    private static FailureException nameTaken(String name) {
        return new FailureException(new Failure(
                FailureCode.CONFLICT, "There is already a pool called " + name + ".", Map.of("field", "name")));
    }

    private static FailureException missing(UUID poolId) {
        return FailureException.notFound("There is no pool " + poolId + ".");
    }
}
