package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.CapacityOverTime;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** How full pools were over time: one sample of a pool for each five minutes in which a host could use it. */
final class CapacityHistory {
    private static final Duration SLOT = Duration.ofMinutes(5);
    /** After as long a silence a host is taken for down. */
    private static final Duration FRESH = Duration.ofSeconds(90);

    /**
     * Taking the pools in the order of their ids, no two that report the same pools wait for each other in a circle. The lock
     * makes a pool that is just being deleted one that is not there.
     */
    private static final String RECORD = """
            with seen as (
                select pool_id, bool_or(coalesce((report->'abilities'->>'shared')::boolean, false)) as shared,
                    sum((report->>'capacityBytes')::bigint)::bigint as sum_total,
                    max((report->>'capacityBytes')::bigint) as max_total,
                    sum((report->>'freeBytes')::bigint)::bigint as sum_free,
                    max((report->>'freeBytes')::bigint) as max_free
                from storage.pool_hosts
                where pool_id = any($1) and reported_at > $3 and (report->>'usable')::boolean
                group by pool_id),
            said as (
                select pool_id, case when shared then max_total else sum_total end as total,
                    case when shared then max_free else sum_free end as free
                from seen)
            insert into storage.capacity_samples as kept (pool_id, slot, total_bytes, used_bytes)
                select pool.id, $2, said.total, greatest(said.total - said.free, 0)
                from said join storage.pools pool on pool.id = said.pool_id
                where said.total > 0 and not exists (
                    select from storage.capacity_samples s
                    where s.pool_id = pool.id and s.slot = $2 and s.total_bytes >= said.total)
                order by pool.id for key share of pool
            on conflict (pool_id, slot) do update
                set total_bytes = excluded.total_bytes, used_bytes = excluded.used_bytes
                where excluded.total_bytes > kept.total_bytes""";

    /** The fullest sample of each slot. */
    private static final String READ = """
            select distinct on (at) date_bin(make_interval(secs => $3), slot, 'epoch'::timestamptz) as at,
                total_bytes, used_bytes
            from storage.capacity_samples where pool_id = $1 and slot >= $2 and slot <= $4
            order by at, used_bytes desc, slot""";

    private final Database database;
    private final Clock clock;
    private final PoolDefinitions definitions = new PoolDefinitions();

    CapacityHistory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Notes how full these are now, as far as hosts said so of late. Whoever comes first with a slot makes its sample, and
     * a later one replaces it only where it knows of more of the pool: a host may have been there that had not reported.
     */
    void record(Collection<UUID> poolIds) {
        Instant now = clock.instant();
        database.run(tx ->
                tx.update(RECORD, poolIds.toArray(UUID[]::new), CapacityWindow.slot(now, SLOT), now.minus(FRESH)));
    }

    /** What is known of the period that ends now. */
    CapacityOverTime overTime(StorageApi.PoolPeriod request) {
        CapacityWindow window = CapacityWindow.of(request.period(), clock.instant());
        List<CapacityOverTime.Sample> samples = database.transaction(tx -> {
            if (definitions.find(tx, request.poolId()).isEmpty()) {
                throw FailureException.notFound("There is no pool " + request.poolId() + ".");
            }
            return samples(tx, request.poolId(), window);
        });
        return new CapacityOverTime(
                window.from(), window.until(), window.spacing().toSeconds(), samples);
    }

    private static List<CapacityOverTime.Sample> samples(Transaction tx, UUID poolId, CapacityWindow window) {
        return tx.query(
                READ,
                row -> new CapacityOverTime.Sample(
                        row.instant("at"), row.number("total_bytes"), row.number("used_bytes")),
                poolId,
                window.from(),
                (double) window.spacing().toSeconds(),
                window.until());
    }
}
