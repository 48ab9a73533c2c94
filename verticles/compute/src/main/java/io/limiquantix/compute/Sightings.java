package io.limiquantix.compute;

import io.limiquantix.bus.host.HostReport;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** When each host was last heard, and which of its full reports that was. */
final class Sightings {
    /** Hosts report every 30 s; from here on it is worth asking. */
    static final Duration LATE = Duration.ofSeconds(35);

    static final Duration SILENT = Duration.ofSeconds(90);

    /** Notes the report; false when this or a later one was taken in before, by whichever control plane. */
    boolean note(Transaction tx, HostReport report) {
        // A host that was silent may come back with a clock that was set back, so anything it says is news.
        return tx.update("""
                        insert into compute.sightings (host_id, process_start, sequence) values ($1, $2, $3)
                        on conflict (host_id) do update
                            set process_start = excluded.process_start, sequence = excluded.sequence, seen_at = now()
                            where (excluded.process_start, excluded.sequence)
                                > (sightings.process_start, sightings.sequence)
                                or sightings.seen_at < now() - make_interval(secs => $4)""", report.hostId(), report.processStart(), report.sequence(), (double) SILENT.toSeconds())
                == 1;
    }

    /** Whether nothing was heard of the host for so long that it may come back with another clock. */
    boolean wasSilent(Transaction tx, UUID hostId) {
        return tx.queryOne(
                        "select seen_at < now() - make_interval(secs => $2) as silent from compute.sightings"
                                + " where host_id = $1 for update",
                        row -> row.flag("silent"),
                        hostId,
                        (double) SILENT.toSeconds())
                .orElse(false);
    }

    /** Whether this is the process of the host that was heard last, as far as it was heard at all. */
    boolean mayBeCurrent(Transaction tx, UUID hostId, long process) {
        return tx.queryOne(
                        "select process_start from compute.sightings where host_id = $1",
                        row -> row.number("process_start"),
                        hostId)
                .map(heard -> heard == process)
                .orElse(true);
    }

    /** The hosts that were not heard for so long. */
    List<UUID> silentFor(Transaction tx, Duration duration) {
        return tx.query(
                "select host_id from compute.sightings where seen_at <= now() - make_interval(secs => $1)",
                row -> row.uuid("host_id"),
                (double) duration.toSeconds());
    }
}
