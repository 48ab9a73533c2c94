package io.limiquantix.scheduler;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.scheduler.HostView.State;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The hosts in the database. */
final class HostStore {
    private static final String HOSTS = """
            select h.*, coalesce(r.vcpus, 0) as reserved_vcpus, coalesce(r.memory, 0) as reserved_memory,
                coalesce(r.vms, 0) as vm_count
            from scheduler.hosts h left join (select host_id, sum(vcpus)::bigint as vcpus,
                    sum(memory_bytes)::bigint as memory, sum(here)::bigint as vms
                from (select host_id, vcpus, memory_bytes, 1 as here from scheduler.reservations
                    union all select host_id, vcpus, memory_bytes, 0 from scheduler.arrivals) kept
                group by host_id) r on r.host_id = h.id
            """;

    List<KnownHost> all(Transaction tx) {
        return tx.query(HOSTS + "order by lower(h.name), h.id", KnownHost::of);
    }

    KnownHost get(Transaction tx, UUID id) {
        return tx.queryOne(HOSTS + "where h.id = $1", KnownHost::of, id)
                .orElseThrow(() -> FailureException.notFound("There is no host " + id + "."));
    }

    /** Nobody else places on the host until the transaction ends; what is read of it afterwards is true until then. */
    void lock(Transaction tx, UUID id) {
        tx.query("select id from scheduler.hosts where id = $1 for update", row -> row.uuid("id"), id);
    }

    /** Where a host's reports have come to. */
    record Heard(String name, String version, HostFacts facts, State state, long processStart, long sequence) {
        private static Heard of(Row row) {
            return new Heard(
                    row.text("name"),
                    row.text("version"),
                    row.json("facts", HostFacts.class),
                    row.constant("state", State.class),
                    row.number("process_start"),
                    row.number("sequence"));
        }

        /** A host that is down may come back with a clock that was set back, so anything it says is news. */
        boolean isNewerThan(HostReport report) {
            if (state == State.DOWN) {
                return false;
            }
            return processStart == report.processStart()
                    ? sequence > report.sequence()
                    : processStart > report.processStart();
        }
    }

    Optional<Heard> heard(Transaction tx, UUID id) {
        return tx.queryOne("select * from scheduler.hosts where id = $1 for update", Heard::of, id);
    }

    void join(Transaction tx, HostReport report) {
        int added = tx.update(
                "insert into scheduler.hosts (id, name, version, facts, process_start, sequence, state)"
                        + " values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
                report.hostId(),
                report.name(),
                report.version(),
                Json.of(HostFacts.of(report, null)),
                report.processStart(),
                report.sequence(),
                State.UP);
        if (added == 1) {
            tx.changed("host", report.hostId(), Change.CREATED);
        }
    }

    void update(Transaction tx, HostReport report, HostFacts facts) {
        tx.update(
                "update scheduler.hosts set name = $2, version = $3, facts = $4, process_start = $5, sequence = $6,"
                        + " state = $7, last_seen_at = now() where id = $1",
                report.hostId(),
                report.name(),
                report.version(),
                Json.of(facts),
                report.processStart(),
                report.sequence(),
                State.UP);
    }

    /** How long a host has been silent, by the database's clock. */
    record Silence(UUID id, State state, Duration duration) {}

    List<Silence> silences(Transaction tx) {
        return tx.query(
                "select id, state, (extract(epoch from now() - last_seen_at) * 1000)::bigint as millis"
                        + " from scheduler.hosts",
                row -> new Silence(
                        row.uuid("id"), row.constant("state", State.class), Duration.ofMillis(row.number("millis"))));
    }

    /** Notes that the host is still silent; nothing happens if it has just spoken. */
    void mark(Transaction tx, UUID id, State state, Duration silence) {
        int marked = tx.update(
                "update scheduler.hosts set state = $2 where id = $1 and state <> $2"
                        + " and last_seen_at < now() - make_interval(secs => $3)",
                id,
                state,
                (double) silence.toSeconds() - 1);
        if (marked == 1) {
            tx.changed("host", id, Change.CHANGED);
        }
    }
}
