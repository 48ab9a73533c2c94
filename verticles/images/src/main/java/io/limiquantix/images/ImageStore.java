package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The image library in the database. */
final class ImageStore {
    private static final String KIND = "image";

    /** What is known of an image's bytes before they are admitted. */
    record Arrival(
            ImageView image,
            Sums expected,
            @Nullable UUID wantedPoolId,
            @Nullable Copy place,
            @Nullable Long announcedBytes) {}

    /** Stores a draft; the same id again changes nothing. */
    void insert(Transaction tx, UUID id, ImagesApi.CreateImage image) {
        int added = tx.update(
                "insert into images.images (id, name, description, operating_system, default_user, format, state,"
                        + " expected_sha256, expected_sha512, expected_md5, wanted_pool_id)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                        + " on conflict (id) do nothing",
                id,
                image.name(),
                image.description(),
                image.operatingSystem(),
                image.defaultUser(),
                image.format(),
                State.DRAFT,
                lower(image.sums().sha256()),
                lower(image.sums().sha512()),
                lower(image.sums().md5()),
                image.poolId());
        if (added == 1) {
            tx.changed(KIND, id, Change.CREATED);
        }
    }

    /** The image of this name that came from the entry and has no bytes, if there is one. */
    Optional<UUID> withoutBytes(Transaction tx, String name, UUID entryId) {
        return tx.queryOne(
                "select id from images.images where lower(name) = lower($1) and catalogue_entry_id = $2"
                        + " and state in ('DRAFT', 'REFUSED') for update",
                row -> row.uuid("id"),
                name,
                entryId);
    }

    /** Expects other bytes of an image without any. */
    void expect(Transaction tx, UUID id, ImagesApi.CreateImage image) {
        tx.update(
                "update images.images set format = $2, expected_sha256 = $3, expected_sha512 = $4, expected_md5 = $5,"
                        + " wanted_pool_id = $6 where id = $1",
                id,
                image.format(),
                lower(image.sums().sha256()),
                lower(image.sums().sha512()),
                lower(image.sums().md5()),
                image.poolId());
    }

    void comesFrom(Transaction tx, UUID id, UUID entryId) {
        tx.update("update images.images set catalogue_entry_id = $2 where id = $1", id, entryId);
    }

    private static @Nullable String lower(@Nullable String sum) {
        return sum == null ? null : sum.toLowerCase(Locale.ROOT);
    }

    Optional<Arrival> find(Transaction tx, UUID id) {
        return tx.queryOne(
                "select * from images.images where id = $1 for update",
                row -> new Arrival(
                        view(row, copies(tx, id)),
                        new Sums(
                                row.textOrNull("expected_sha256"),
                                row.textOrNull("expected_sha512"),
                                row.textOrNull("expected_md5")),
                        row.uuidOrNull("wanted_pool_id"),
                        place(row),
                        row.numberOrNull("announced_bytes")),
                id);
    }

    Arrival get(Transaction tx, UUID id) {
        return find(tx, id).orElseThrow(() -> FailureException.notFound("There is no image " + id + "."));
    }

    /** What is absent stays as it is, and what is empty is not known any more. */
    void describe(Transaction tx, ImagesApi.DescribeImage said) {
        tx.update(
                "update images.images set name = coalesce($2, name), description = coalesce($3, description),"
                        + " operating_system = nullif(coalesce($4, operating_system), ''),"
                        + " default_user = nullif(coalesce($5, default_user), ''), version = version + 1 where id = $1",
                said.imageId(),
                said.name(),
                said.description(),
                said.operatingSystem(),
                said.defaultUser());
        tx.changed(KIND, said.imageId(), Change.CHANGED);
    }

    /** Other bytes than before will come: they are not those of an entry of the catalogue unless somebody says so after this. */
    void arrivesAt(Transaction tx, UUID id, Copy place) {
        tx.update(
                "update images.images set arrival_pool_id = $2, arrival_host_id = $3, state = $4, problem = null,"
                        + " announced_bytes = null, catalogue_entry_id = null, version = version + 1 where id = $1",
                id,
                place.poolId(),
                place.hostId(),
                State.DRAFT);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** @param bytes how many come in parts, absent when none is expected any more */
    void announced(Transaction tx, UUID id, @Nullable Long bytes) {
        tx.update("update images.images set announced_bytes = $2 where id = $1", id, bytes);
    }

    void checking(Transaction tx, UUID id) {
        tx.update(
                "update images.images set state = $2, problem = null, version = version + 1 where id = $1",
                id,
                State.CHECKING);
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** @param came what the file was, absent for one that was left as it came */
    void admitted(Transaction tx, ImageReport report, @Nullable CameAs came, Copy place) {
        tx.update(
                "update images.images set state = $2, sha256 = $3, file_bytes = $4, virtual_size_bytes = $5, format = $6,"
                        + " came_format = $7, came_compression = $8, came_sha256 = $9, came_bytes = $10,"
                        + " problem = null, arrival_pool_id = null, arrival_host_id = null, version = version + 1"
                        + " where id = $1",
                report.imageId(),
                State.READY,
                report.sha256(),
                report.fileBytes(),
                report.virtualSizeBytes(),
                report.format(),
                came == null ? null : came.format(),
                came == null ? null : came.compression(),
                came == null ? null : came.sha256(),
                came == null ? null : came.fileBytes());
        tx.update(
                "insert into images.copies (image_id, pool_id, host_id, sha256, bytes) values ($1, $2, $3, $4, $5)"
                        + " on conflict do nothing",
                report.imageId(),
                place.poolId(),
                place.hostId(),
                report.sha256(),
                report.fileBytes());
        tx.changed(KIND, report.imageId(), Change.CHANGED);
    }

    void refused(Transaction tx, UUID id, String problem) {
        tx.update(
                "update images.images set state = $2, problem = $3, announced_bytes = null,"
                        + " version = version + 1 where id = $1 and state <> 'READY'",
                id,
                State.REFUSED,
                problem);
        tx.changed(KIND, id, Change.CHANGED);
    }

    void removeCopy(Transaction tx, UUID id, Copy copy) {
        tx.update(
                "delete from images.copies where image_id = $1 and pool_id = $2 and host_id = $3",
                id,
                copy.poolId(),
                copy.hostId());
    }

    void delete(Transaction tx, UUID id) {
        if (tx.update("delete from images.images where id = $1", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }

    List<String> othersWithSha256(Transaction tx, UUID id, String sha256) {
        return tx.query(
                "select name from images.images where sha256 = $2 and id <> $1 order by name",
                row -> row.text("name"),
                id,
                sha256);
    }

    ImagesApi.Images list(Transaction tx, ImagesApi.ListImages request) {
        int limit = request.page().limit();
        List<ImageView> found = tx.query(
                "select * from images.images"
                        + " where ($1::text is null or lower(name) collate \"C\" > lower($1) collate \"C\")"
                        + " and ($2::text is null or strpos(lower(name), lower($2)) > 0)"
                        + " and ($3::text is null or sha256 = $3 or came_sha256 = $3)"
                        + " and ($4::text is null or $4 = case format when 'iso' then 'iso' when 'ova' then 'appliance'"
                        + " else 'disk' end) order by lower(name) collate \"C\" limit $5",
                row -> view(row, List.of()),
                request.page().cursor(),
                request.search(),
                request.sha256(),
                request.kind(),
                limit + 1);
        List<ImageView> complete = found.stream()
                .map(image -> withCopies(image, copies(tx, image.id())))
                .toList();
        List<ImageView> page = PageRoom.fitting(complete, limit, Function.identity());
        String next = page.size() < found.size() ? page.getLast().name() : null;
        return new ImagesApi.Images(page, next);
    }

    private static List<Copy> copies(Transaction tx, UUID id) {
        return tx.query(
                "select * from images.copies where image_id = $1 order by host_id, pool_id",
                row -> new Copy(
                        row.uuid("pool_id"),
                        row.uuid("host_id"),
                        row.constant("state", CopyState.class),
                        row.flag("kept"),
                        row.instant("last_used_at")),
                id);
    }

    private static @Nullable Copy place(Row row) {
        UUID pool = row.uuidOrNull("arrival_pool_id");
        UUID host = row.uuidOrNull("arrival_host_id");
        return pool == null || host == null ? null : new Copy(pool, host);
    }

    private static ImageView withCopies(ImageView image, List<Copy> copies) {
        return new ImageView(
                image.id(),
                image.name(),
                image.description(),
                image.operatingSystem(),
                image.defaultUser(),
                image.format(),
                image.state(),
                image.sha256(),
                image.fileBytes(),
                image.virtualSizeBytes(),
                copies,
                image.problem(),
                image.catalogueEntryId(),
                image.createdAt(),
                image.version(),
                image.cameAs(),
                image.appliance(),
                image.applianceId());
    }

    private static ImageView view(Row row, List<Copy> copies) {
        return new ImageView(
                row.uuid("id"),
                row.text("name"),
                row.text("description"),
                row.textOrNull("operating_system"),
                row.textOrNull("default_user"),
                row.text("format"),
                row.constant("state", State.class),
                row.textOrNull("sha256"),
                row.number("file_bytes"),
                row.number("virtual_size_bytes"),
                copies,
                row.textOrNull("problem"),
                row.uuidOrNull("catalogue_entry_id"),
                row.instant("created_at"),
                row.number("version"),
                cameAs(row),
                row.jsonOrNull("appliance", Appliance.class),
                row.uuidOrNull("appliance_id"));
    }

    private static @Nullable CameAs cameAs(Row row) {
        String format = row.textOrNull("came_format");
        return format == null
                ? null
                : new CameAs(
                        format, row.textOrNull("came_compression"), row.text("came_sha256"), row.number("came_bytes"));
    }
}
