package io.limiquantix.images;

import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImageView.Owner;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.images.system.SystemClaims;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the image library as the images that they are. */
final class ImageRows {
    private ImageRows() {}

    static List<Copy> copies(Transaction tx, UUID id) {
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

    /** Where its bytes arrive, if they do. */
    static @Nullable Copy place(Row row) {
        UUID pool = row.uuidOrNull("arrival_pool_id");
        UUID host = row.uuidOrNull("arrival_host_id");
        return pool == null || host == null ? null : new Copy(pool, host);
    }

    static ImageView withCopies(ImageView image, List<Copy> copies) {
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
                image.tags(),
                image.owner(),
                image.visibility(),
                image.appliance(),
                image.applianceId());
    }

    static ImageView view(Row row, List<Copy> copies) {
        return new ImageView(
                row.uuid("id"),
                row.text("name"),
                row.text("description"),
                row.json("systems", SystemClaims.class).believed(),
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
                row.texts("tags"),
                owner(row),
                row.constant("visibility", Visibility.class),
                row.jsonOrNull("appliance", Appliance.class),
                row.uuidOrNull("appliance_id"));
    }

    private static @Nullable Owner owner(Row row) {
        UUID id = row.uuidOrNull("owner_id");
        return id == null ? null : new Owner(id, row.text("owner_name"));
    }

    private static @Nullable CameAs cameAs(Row row) {
        String format = row.textOrNull("came_format");
        return format == null
                ? null
                : new CameAs(
                        format, row.textOrNull("came_compression"), row.text("came_sha256"), row.number("came_bytes"));
    }
}
