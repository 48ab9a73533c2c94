package io.limiquantix.images.catalogue;

import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.names.WebAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where catalogues come from, and what was read there, in the database. Times are those of the database. */
final class SourceStore {
    /** Longer than it takes to read one. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /**
     * A source as it is kept.
     *
     * @param content the last that is a catalogue, absent while there was none
     * @param reading whether somebody reads it, or it is due
     */
    record Stored(
            UUID id,
            Kind kind,
            String location,
            @Nullable String content,
            @Nullable Instant readAt,
            @Nullable String problem,
            @Nullable Instant problemSince,
            boolean reading) {
        /** Its location for people, without what may be secret. */
        String place() {
            return SourceStore.place(kind, location);
        }
    }

    /** A source that is to be read by whoever has the lease. */
    record Claimed(
            UUID id,
            UUID lease,
            Kind kind,
            String location,
            @Nullable String etag) {
        String place() {
            return SourceStore.place(kind, location);
        }
    }

    private static String place(Kind kind, String location) {
        return kind == Kind.ADDRESS ? WebAddress.parse(location).spoken() : location;
    }

    List<Stored> list(Transaction tx) {
        return tx.query(
                "select *, due_at <= now() or coalesce(leased_until > now(), false) as reading"
                        + " from images.catalogue_sources order by kind, location",
                SourceStore::stored);
    }

    Optional<Stored> find(Transaction tx, UUID id) {
        return list(tx).stream().filter(source -> source.id().equals(id)).findFirst();
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.uuid("id"),
                row.constant("kind", Kind.class),
                row.text("location"),
                row.textOrNull("content"),
                row.instantOrNull("read_at"),
                row.textOrNull("problem"),
                row.instantOrNull("problem_since"),
                row.flag("reading"));
    }

    /** Adds it, due at once; one that is there stays as it is. */
    void add(Transaction tx, UUID id, Kind kind, String location) {
        tx.update(
                "insert into images.catalogue_sources (id, kind, location) values ($1, $2, $3) on conflict do nothing",
                id,
                kind,
                location);
    }

    /** Whether there was one. */
    boolean remove(Transaction tx, UUID id, Kind kind) {
        return tx.update("delete from images.catalogue_sources where id = $1 and kind = $2", id, kind) == 1;
    }

    void keepOnlyFiles(Transaction tx, Set<String> locations) {
        tx.update(
                "delete from images.catalogue_sources where kind = $1 and location <> all ($2)",
                Kind.FILE,
                locations.toArray(String[]::new));
    }

    void allDue(Transaction tx) {
        tx.update("update images.catalogue_sources set due_at = now() where due_at > now()");
    }

    /** One that is due and that nobody reads; nobody else gets it for five minutes, or until it was read. */
    Optional<Claimed> claim(Transaction tx, UUID lease) {
        return tx.queryOne(
                "update images.catalogue_sources set lease = $1, leased_until = now() + $2::bigint * interval '1 second'"
                        + " where id = (select id from images.catalogue_sources where due_at <= now()"
                        + " and (leased_until is null or leased_until < now()) order by due_at limit 1"
                        + " for update skip locked) returning id, kind, location, etag",
                row -> new Claimed(
                        row.uuid("id"),
                        lease,
                        row.constant("kind", Kind.class),
                        row.text("location"),
                        row.textOrNull("etag")),
                lease,
                LEASE.toSeconds());
    }

    /** @param etag belongs to this content */
    void read(Transaction tx, Claimed claimed, String content, @Nullable String etag, Duration pause) {
        end(
                tx,
                claimed,
                pause,
                "content = $4, etag = $5, read_at = now(), problem = null, problem_since = null",
                content,
                etag);
    }

    void unchanged(Transaction tx, Claimed claimed, Duration pause) {
        end(tx, claimed, pause, "read_at = now(), problem = null, problem_since = null");
    }

    void failed(Transaction tx, Claimed claimed, String problem, Duration pause) {
        end(tx, claimed, pause, "problem = $4, problem_since = coalesce(problem_since, now())", problem);
    }

    /** Nothing happens once somebody else has the lease. */
    private static void end(
            Transaction tx, Claimed claimed, Duration pause, String changes, @Nullable String... values) {
        @Nullable Object[] parameters = new @Nullable Object[values.length + 3];
        parameters[0] = claimed.id();
        parameters[1] = claimed.lease();
        parameters[2] = pause.toSeconds();
        System.arraycopy(values, 0, parameters, 3, values.length);
        tx.update(
                "update images.catalogue_sources set lease = null, leased_until = null,"
                        + " due_at = now() + $3::bigint * interval '1 second', " + changes
                        + " where id = $1 and lease = $2",
                parameters);
    }
}
