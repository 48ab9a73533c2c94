package io.limiquantix.storage;

import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.storage.PoolStore.Definition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What pools were told, in the database, and which hosts are to be told it. */
final class PoolDefinitions {
    Optional<Definition> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from storage.pools where id = $1", PoolStore::definition, id);
    }

    /** The pools that this host is to have and does not report. */
    List<Definition> missing(Transaction tx, UUID hostId, Collection<UUID> reported) {
        return tx.query(
                "select p.* from storage.pools p"
                        + " join storage.pool_hosts h on h.pool_id = p.id"
                        + " where h.host_id = $1 and not p.deleting and p.id <> all($2)",
                PoolStore::definition,
                hostId,
                reported.toArray(UUID[]::new));
    }

    /** The pools that this host uses by another definition, unless it was just asked to try that. */
    List<Definition> outdated(Transaction tx, UUID hostId, List<PoolReport> reports) {
        return tx.query(
                "select p.* from storage.pools p"
                        + " join storage.pool_hosts h on h.pool_id = p.id"
                        + " join unnest($2::uuid[], $3::uuid[]) as r(id, definition) on r.id = p.id"
                        + " where h.host_id = $1 and not p.deleting"
                        + " and coalesce(p.definition, p.id) <> coalesce(r.definition, p.id)"
                        + " and not exists (select from storage.pool_changes c where c.pool_id = p.id and c.ends_at > now())",
                PoolStore::definition,
                hostId,
                reports.stream().map(PoolReport::poolId).toArray(UUID[]::new),
                reports.stream().map(PoolReport::definition).toArray(UUID[]::new));
    }

    /** Notes that hosts are about to try the definition; false while another one is tried. */
    boolean trialBegins(Transaction tx, Definition pool, Duration longest) {
        int begun = tx.update(
                "insert into storage.pool_changes as c (pool_id, definition, ends_at)"
                        + " values ($1, $2, now() + make_interval(secs => $3)) on conflict (pool_id) do update"
                        + " set definition = excluded.definition, ends_at = excluded.ends_at where c.ends_at < now()",
                pool.id(),
                pool.definition(),
                (double) longest.toSeconds());
        return begun == 1;
    }

    /** False when another one is tried by now, or the pool is gone. */
    boolean trialEnded(Transaction tx, Definition pool) {
        int ended = tx.update(
                "delete from storage.pool_changes where pool_id = $1 and definition = $2",
                pool.id(),
                pool.definition());
        return ended == 1;
    }

    /** Stores all of it, but for the driver. */
    void change(Transaction tx, Definition pool) {
        int changed = tx.update(
                "update storage.pools set name = $2, settings = $3, secret_names = $4, secrets = $5, definition = $6"
                        + " where id = $1",
                pool.id(),
                pool.name(),
                Json.of(new PoolStore.Settings(pool.settings())),
                Json.of(new PoolStore.Names(pool.secretNames())),
                pool.secrets() == null ? null : pool.secrets().bytes(),
                pool.definition());
        PoolStore.noteChange(tx, pool.id(), changed);
    }
}
