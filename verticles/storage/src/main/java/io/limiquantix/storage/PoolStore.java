package io.limiquantix.storage;

import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.bus.storage.PoolView.State;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Pools in the database. */
final class PoolStore {
    private static final String KIND = "pool";

    /** A pool's definition without what its hosts report. */
    record Definition(UUID id, String name, String driver, Map<String, String> settings) {}

    private record Settings(Map<String, String> settings) {}

    void insert(Transaction tx, Definition pool, List<OnHost> hosts) {
        tx.update(
                "insert into storage.pools (id, name, driver, settings) values ($1, $2, $3, $4)",
                pool.id(),
                pool.name(),
                pool.driver(),
                Json.of(new Settings(pool.settings())));
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

    /** The pools that this host is to have. */
    List<Definition> ofHost(Transaction tx, UUID hostId) {
        return tx.query(
                "select p.id, p.name, p.driver, p.settings from storage.pools p"
                        + " join storage.pool_hosts h on h.pool_id = p.id where h.host_id = $1",
                PoolStore::definition,
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

    /** Keeps others from adding volumes until the transaction ends. */
    void lock(Transaction tx, UUID id) {
        tx.queryOne("select id from storage.pools where id = $1 for update", row -> row.uuid("id"), id);
    }

    void delete(Transaction tx, UUID id) {
        if (tx.update("delete from storage.pools where id = $1", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }

    private static List<PoolView> views(Transaction tx, String where, Object parameter) {
        record Located(UUID poolId, OnHost onHost) {}
        List<Located> hosts = tx.query(
                "select pool_id, host_id, report, reported_at from storage.pool_hosts order by host_id",
                row -> new Located(
                        row.uuid("pool_id"),
                        new OnHost(
                                row.uuid("host_id"),
                                row.json("report", PoolReport.class),
                                row.instant("reported_at"))));
        return tx.query(
                "select p.*, (select count(*) from storage.volumes v where v.pool_id = p.id) as volume_count"
                        + " from storage.pools p " + where + " order by lower(p.name)",
                row -> view(
                        row,
                        hosts.stream()
                                .filter(h -> h.poolId().equals(row.uuid("id")))
                                .map(Located::onHost)
                                .toList()),
                parameter);
    }

    private static Definition definition(Row row) {
        return new Definition(
                row.uuid("id"),
                row.text("name"),
                row.text("driver"),
                row.json("settings", Settings.class).settings());
    }

    private static PoolView view(Row row, List<OnHost> hosts) {
        Definition pool = definition(row);
        return new PoolView(
                pool.id(),
                pool.name(),
                pool.driver(),
                pool.settings(),
                state(hosts),
                hosts.stream().mapToLong(h -> h.report().capacityBytes()).sum(),
                hosts.stream().mapToLong(h -> h.report().freeBytes()).sum(),
                hosts,
                (int) row.number("volume_count"),
                row.instant("created_at"),
                row.number("version"));
    }

    private static State state(List<OnHost> hosts) {
        long usable = hosts.stream().filter(h -> h.report().usable()).count();
        if (usable == 0) {
            return State.UNAVAILABLE;
        }
        return usable == hosts.size() ? State.READY : State.DEGRADED;
    }
}
