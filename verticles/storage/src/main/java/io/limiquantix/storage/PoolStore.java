package io.limiquantix.storage;

import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.bus.storage.PoolView.State;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Pools in the database. */
final class PoolStore {
    private static final String KIND = "pool";
    /** Longer than any process waits for a host to open a pool. */
    private static final Duration LONGEST_TRIAL = Duration.ofMinutes(10);

    /**
     * A pool's definition without what its hosts report.
     *
     * @param secrets sealed; only {@link PoolSecrets} opens them
     * @param definition which of the pool's definitions it is; the first is called as the pool is
     */
    record Definition(
            UUID id,
            String name,
            String driver,
            Map<String, String> settings,
            List<String> secretNames,
            @Nullable SealedSecrets secrets,
            UUID definition) {
        /** The first one. */
        Definition(
                UUID id,
                String name,
                String driver,
                Map<String, String> settings,
                List<String> secretNames,
                @Nullable SealedSecrets secrets) {
            this(id, name, driver, settings, secretNames, secrets, id);
        }
    }

    /** Ciphertext of one pool's secrets. */
    @SuppressWarnings("ArrayRecordComponent")
    record SealedSecrets(byte[] bytes) {}

    record Settings(Map<String, String> settings) {}

    record Names(List<String> names) {}

    /** Notes that hosts are about to try the pool, before it is stored. */
    void trialBegins(Transaction tx, UUID id) {
        tx.update(
                "insert into storage.pool_trials (pool_id) values ($1)"
                        + " on conflict (pool_id) do update set begun_at = now()",
                id);
    }

    void trialEnded(Transaction tx, UUID id) {
        tx.update("delete from storage.pool_trials where pool_id = $1", id);
    }

    /** Stores the pool; the same id again changes nothing. */
    void insert(Transaction tx, Definition pool, List<OnHost> hosts) {
        int added = tx.update(
                "insert into storage.pools (id, name, driver, settings, secret_names, secrets)"
                        + " values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
                pool.id(),
                pool.name(),
                pool.driver(),
                Json.of(new Settings(pool.settings())),
                Json.of(new Names(pool.secretNames())),
                pool.secrets() == null ? null : pool.secrets().bytes());
        if (added == 0) {
            return;
        }
        for (OnHost host : hosts) {
            tx.update(
                    "insert into storage.pool_hosts (pool_id, host_id, report) values ($1, $2, $3)",
                    pool.id(),
                    host.hostId(),
                    Json.of(host.report()));
        }
        tx.changed(KIND, pool.id(), Change.CREATED);
    }

    Optional<PoolView> find(Transaction tx, UUID id) {
        return views(tx, "where p.id = $1", id).stream().findFirst();
    }

    Optional<PoolView> findByName(Transaction tx, String name) {
        return views(tx, "where lower(p.name) = lower($1)", name).stream().findFirst();
    }

    List<PoolView> all(Transaction tx) {
        return views(tx, "where $1", true);
    }

    /** The pools that this host reports and is not to have; one that is being tried is none of them. */
    List<UUID> strays(Transaction tx, UUID hostId, Collection<UUID> reported) {
        return tx.query(
                "select r.id from unnest($2::uuid[]) as r(id) where not exists"
                        + " (select from storage.pool_hosts h where h.pool_id = r.id and h.host_id = $1)"
                        + " and not exists (select from storage.pool_trials t where t.pool_id = r.id"
                        + " and t.begun_at > now() - make_interval(secs => $3))",
                row -> row.uuid("id"),
                hostId,
                reported.toArray(UUID[]::new),
                (double) LONGEST_TRIAL.toSeconds());
    }

    /** The pools of this host whose deletion was begun and has not ended. */
    List<PoolView> deleting(Transaction tx, UUID hostId) {
        return views(
                tx,
                "where p.deleting and exists"
                        + " (select from storage.pool_hosts h where h.pool_id = p.id and h.host_id = $1)",
                hostId);
    }

    /** Stores what a host says of a pool; a change of what a person would notice is noted. */
    void report(Transaction tx, UUID hostId, PoolReport report) {
        Optional<PoolReport> before = tx.queryOne(
                "select report from storage.pool_hosts where pool_id = $1 and host_id = $2 for update",
                row -> row.json("report", PoolReport.class),
                report.poolId(),
                hostId);
        if (before.isEmpty()) {
            return;
        }
        tx.update(
                "update storage.pool_hosts set report = $3, reported_at = now() where pool_id = $1 and host_id = $2",
                report.poolId(),
                hostId,
                Json.of(report));
        if (!before.get().equals(report)) {
            tx.changed(KIND, report.poolId(), Change.CHANGED);
        }
    }

    /** The same host again changes nothing. */
    void assign(Transaction tx, UUID id, UUID hostId, PoolReport report) {
        int added = tx.update(
                "insert into storage.pool_hosts (pool_id, host_id, report)"
                        + " select id, $2, $3 from storage.pools where id = $1 and not deleting"
                        + " on conflict (pool_id, host_id) do nothing",
                id,
                hostId,
                Json.of(report));
        noteChange(tx, id, added);
    }

    void unassign(Transaction tx, UUID id, UUID hostId) {
        int removed = tx.update("delete from storage.pool_hosts where pool_id = $1 and host_id = $2", id, hostId);
        noteChange(tx, id, removed);
    }

    void setMaintenance(Transaction tx, UUID id, boolean maintenance) {
        int changed = tx.update(
                "update storage.pools set maintenance = $2 where id = $1 and maintenance <> $2", id, maintenance);
        noteChange(tx, id, changed);
    }

    static void noteChange(Transaction tx, UUID id, int rows) {
        if (rows > 0) {
            tx.update("update storage.pools set version = version + 1 where id = $1", id);
            tx.changed(KIND, id, Change.CHANGED);
        }
    }

    /** Keeps others from adding volumes until the transaction ends. */
    void lock(Transaction tx, UUID id) {
        tx.send("select id from storage.pools where id = $1 for update", id);
    }

    boolean isDeleting(Transaction tx, UUID id) {
        return tx.queryOne("select deleting from storage.pools where id = $1", row -> row.flag("deleting"), id)
                .orElse(false);
    }

    /** From here on nobody puts anything into the pool. */
    void deletionBegins(Transaction tx, UUID id) {
        setDeleting(tx, id, true);
    }

    /** Takes it back; false when there is nothing to take back. */
    boolean keep(Transaction tx, UUID id) {
        return setDeleting(tx, id, false);
    }

    private static boolean setDeleting(Transaction tx, UUID id, boolean deleting) {
        int changed = tx.update(
                "update storage.pools set deleting = $2, version = version + 1 where id = $1 and deleting <> $2",
                id,
                deleting);
        if (changed == 1) {
            tx.changed(KIND, id, Change.CHANGED);
        }
        return changed == 1;
    }

    /** Ends a deletion that nobody took back. */
    void deleted(Transaction tx, UUID id) {
        if (tx.update("delete from storage.pools where id = $1 and deleting", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }

    private static List<PoolView> views(Transaction tx, String where, Object parameter) {
        record Located(UUID poolId, OnHost onHost) {}
        List<Located> hosts = tx.query(
                "select h.pool_id, h.host_id, h.report, h.reported_at from storage.pool_hosts h"
                        + " join storage.pools p on p.id = h.pool_id " + where + " order by h.host_id",
                row -> new Located(
                        row.uuid("pool_id"),
                        new OnHost(
                                row.uuid("host_id"), row.json("report", PoolReport.class), row.instant("reported_at"))),
                parameter);
        return tx.query(
                "select p.*, (select count(*) from storage.volumes v where v.pool_id = p.id)"
                        + " + (select count(*) from storage.disk_moves m where m.pool_id = p.id) as volume_count"
                        + " from storage.pools p " + where + " order by lower(p.name)",
                row -> view(
                        row,
                        hosts.stream()
                                .filter(h -> h.poolId().equals(row.uuid("id")))
                                .map(Located::onHost)
                                .toList()),
                parameter);
    }

    static Definition definition(Row row) {
        return new Definition(
                row.uuid("id"),
                row.text("name"),
                row.text("driver"),
                row.json("settings", Settings.class).settings(),
                row.json("secret_names", Names.class).names(),
                row.isNull("secrets") ? null : new SealedSecrets(row.bytes("secrets")),
                row.isNull("definition") ? row.uuid("id") : row.uuid("definition"));
    }

    private static PoolView view(Row row, List<OnHost> hosts) {
        Definition pool = definition(row);
        List<OnHost> seen = hosts.stream()
                .map(host -> row.flag("deleting") ? closing(host) : compared(host, pool))
                .toList();
        boolean shared = hosts.stream().anyMatch(PoolStore::isShared);
        return new PoolView(
                pool.id(),
                pool.name(),
                pool.driver(),
                pool.settings(),
                pool.secretNames(),
                state(seen),
                row.flag("maintenance"),
                total(shared, seen.stream().mapToLong(h -> h.report().capacityBytes())),
                total(shared, seen.stream().mapToLong(h -> h.report().freeBytes())),
                seen,
                (int) row.number("volume_count"),
                row.instant("created_at"),
                row.number("version"));
    }

    static boolean isShared(OnHost host) {
        PoolAbilities abilities = host.report().abilities();
        return abilities != null && abilities.shared();
    }

    /** Hosts that see the same storage do not add up. */
    private static long total(boolean shared, LongStream ofHosts) {
        return shared ? ofHosts.max().orElse(0) : ofHosts.sum();
    }

    /** Whatever a host still says, nothing is to go into a pool that is being deleted. */
    private static OnHost closing(OnHost host) {
        var report = new PoolReport(host.report().poolId(), false, 0, 0, "The pool is being deleted.", null);
        return new OnHost(host.hostId(), report, host.reportedAt());
    }

    /** A host that does not say by which definition it uses the pool knows the first one only. */
    private static OnHost compared(OnHost host, Definition pool) {
        UUID used = Objects.requireNonNullElse(host.report().definition(), pool.id());
        return new OnHost(host.hostId(), host.report(), host.reportedAt(), !used.equals(pool.definition()));
    }

    private static State state(List<OnHost> hosts) {
        long usable = hosts.stream().filter(h -> h.report().usable()).count();
        if (usable == 0) {
            return State.UNAVAILABLE;
        }
        return usable == hosts.size() ? State.READY : State.DEGRADED;
    }
}
