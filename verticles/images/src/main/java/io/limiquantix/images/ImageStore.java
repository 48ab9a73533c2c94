package io.limiquantix.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image library in the database. */
final class ImageStore {
    private static final String KIND = "image";

    private final SystemStore systems = new SystemStore();

    /** What is known of an image's bytes before they are admitted. */
    record Arrival(
            ImageView image,
            Sums expected,
            @Nullable UUID wantedPoolId,
            @Nullable Copy place,
            @Nullable Long announcedBytes) {}

    /** Stores a draft; the same id again changes nothing. */
    void insert(Transaction tx, UUID id, ImagesApi.CreateImage image, Actor owner) {
        int added = tx.update(
                "insert into images.images (id, name, description, systems, default_user, format, state,"
                        + " expected_sha256, expected_sha512, expected_md5, wanted_pool_id, visibility, tags,"
                        + " owner_id, owner_name)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
                        + " on conflict (id) do nothing",
                id,
                image.name(),
                image.description(),
                Json.of(SystemStore.first(image)),
                image.defaultUser(),
                image.format(),
                State.DRAFT,
                lower(image.sums().sha256()),
                lower(image.sums().sha512()),
                lower(image.sums().md5()),
                image.poolId(),
                image.visibility() == null ? Visibility.SHARED : image.visibility(),
                array(image.tags()),
                owner.userId(),
                owner.userId() == null ? null : owner.name());
        if (added == 1) {
            tx.changed(KIND, id, Change.CREATED);
        }
    }

    private static String[] array(List<String> tags) {
        return tags.toArray(String[]::new);
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
                        ImageRows.view(row, ImageRows.copies(tx, id)),
                        new Sums(
                                row.textOrNull("expected_sha256"),
                                row.textOrNull("expected_sha512"),
                                row.textOrNull("expected_md5")),
                        row.uuidOrNull("wanted_pool_id"),
                        ImageRows.place(row),
                        row.numberOrNull("announced_bytes")),
                id);
    }

    /** @throws FailureException {@code NOT_FOUND} also to whom it is private */
    Arrival get(Transaction tx, UUID id, Actor actor) {
        return find(tx, id)
                .filter(found -> ImageAccess.isSeen(found.image(), actor))
                .orElseThrow(() -> FailureException.notFound("There is no image " + id + "."));
    }

    /** What is absent stays as it is, and what is empty is not known any more. */
    void describe(Transaction tx, ImagesApi.DescribeImage said) {
        ImagesApi.@Nullable Tags tags = said.tags();
        tx.update(
                "update images.images set name = coalesce($2, name), description = coalesce($3, description),"
                        + " default_user = nullif(coalesce($4, default_user), ''), visibility = coalesce($5, visibility),"
                        + " tags = coalesce($6, tags), state = coalesce($7, state), version = version + 1 where id = $1",
                said.imageId(),
                said.name(),
                said.description(),
                said.defaultUser(),
                said.visibility(),
                tags == null ? null : array(tags.words()),
                state(said.deprecated()));
        @Nullable SystemFacts system = said.operatingSystem();
        if (system != null) {
            systems.learned(tx, said.imageId(), Source.USER, system);
        }
        @Nullable String name = said.name();
        if (name != null) {
            systems.named(tx, said.imageId(), name);
        }
        tx.changed(KIND, said.imageId(), Change.CHANGED);
    }

    private static @Nullable State state(@Nullable Boolean deprecated) {
        if (deprecated == null) {
            return null;
        }
        return deprecated ? State.DEPRECATED : State.READY;
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
        systems.ofOtherBytes(tx, id);
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
                        + " version = version + 1 where id = $1 and state not in ('READY', 'DEPRECATED')",
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

    /** As far as the image's owner sees them. */
    List<String> othersWithSha256(Transaction tx, UUID id, String sha256) {
        return tx.query(
                "select name from images.images where sha256 = $2 and id <> $1 and (visibility = 'SHARED'"
                        + " or owner_id = (select owner_id from images.images where id = $1)) order by name",
                row -> row.text("name"),
                id,
                sha256);
    }
}
