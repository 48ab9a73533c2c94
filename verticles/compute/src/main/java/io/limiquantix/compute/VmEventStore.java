package io.limiquantix.compute;

import io.limiquantix.bus.Past;
import io.limiquantix.bus.compute.VmEventView;
import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What happened to VMs, in the database. */
final class VmEventStore {
    /** From here on in an hour or a day, what happens again is only counted. */
    static final int HOURLY = 20;

    static final int DAILY = 100;
    /** Of each VM the newest are kept. */
    static final int KEPT = 1_000;

    private static final int PRUNED_AT_ONCE = 5_000;

    /** Something that happened to a VM that exists. */
    record New(UUID vmId, Kind kind, PowerState before, PowerState state, String reason, String text) {}

    /** A VM to which much happens has a row for each kind and day, beyond those of its first hundred events of the day. */
    void add(Transaction tx, New event) {
        tx.update(
                """
                with lately as (select count(*) as of_day, count(*) filter (where at > now() - interval '1 hour') as of_hour
                    from compute.vm_events where vm_id = $1 and at > now() - interval '1 day'),
                counted as (update compute.vm_events set times = times + 1, last_at = now(), state_before = $3,
                        state = $4, reason = $5, text = $6
                    from lately where (of_hour >= $7 or of_day >= $8) and id = (select max(id) from compute.vm_events
                        where vm_id = $1 and kind = $2 and at > now() - interval '1 day')
                    returning id)
                insert into compute.vm_events (vm_id, vm_name, kind, state_before, state, reason, text)
                select id, name, $2, $3, $4, $5, $6 from compute.vms where id = $1 and not exists (select from counted)""",
                event.vmId(),
                event.kind(),
                event.before(),
                event.state(),
                event.reason(),
                event.text(),
                HOURLY,
                DAILY);
    }

    /** What the VM did before nobody knew. */
    Optional<PowerState> lastKnown(Transaction tx, UUID vmId) {
        return tx.queryOne(
                "select state_before from compute.vm_events where vm_id = $1 and kind in ('BECAME_UNKNOWN', 'VANISHED')"
                        + " order by coalesce(last_at, at) desc, id desc limit 1",
                row -> row.constant("state_before", PowerState.class),
                vmId);
    }

    boolean happenedSince(Transaction tx, UUID vmId, Instant moment) {
        return tx.queryOne(
                        "select exists (select from compute.vm_events where vm_id = $1 and coalesce(last_at, at) >= $2) as yes",
                        row -> row.flag("yes"),
                        vmId,
                        moment)
                .orElse(false);
    }

    /** As many as are wanted, and one more where there is more. */
    List<VmEventView> list(Transaction tx, Past past) {
        Past.Before before = past.before();
        return tx.query(
                """
                select * from compute.vm_events where vm_id = $1 and $2::text is null
                    and (cardinality($3::text[]) = 0 or kind = any($3))
                    and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
                    and ($6::timestamptz is null or at < $6 or (at = $6 and id < $7::bigint))
                order by at desc, id desc limit $8""",
                VmEventStore::event,
                past.of(),
                past.by(),
                past.kinds().toArray(String[]::new),
                past.from(),
                past.to(),
                before == null ? null : before.at(),
                before == null || before.id() == null ? null : Long.valueOf(before.id()),
                past.limit() + 1);
    }

    /** Forgets some of what is too old; how many they were. */
    int pruneOld(Transaction tx, Duration kept) {
        return tx.update(
                "delete from compute.vm_events where id in (select id from compute.vm_events"
                        + " where at < now() - make_interval(secs => $1) order by at limit $2)",
                (double) kept.toSeconds(),
                PRUNED_AT_ONCE);
    }

    /** Forgets some of what is too much of one VM; how many they were. */
    int pruneMany(Transaction tx) {
        return tx.update("""
                delete from compute.vm_events where id in (
                    select event.id from (select vm_id from compute.vm_events group by vm_id having count(*) > $1) as busy,
                        lateral (select id from compute.vm_events where vm_id = busy.vm_id
                            order by at desc, id desc offset $1) as event limit $2)""", KEPT, PRUNED_AT_ONCE);
    }

    private static VmEventView event(Row row) {
        return new VmEventView(
                row.number("id"),
                row.uuid("vm_id"),
                row.text("vm_name"),
                row.instant("at"),
                row.constant("kind", Kind.class),
                row.constant("state_before", PowerState.class),
                row.constant("state", PowerState.class),
                row.text("reason"),
                row.text("text"),
                row.number("times"),
                row.instantOrNull("last_at"));
    }
}
