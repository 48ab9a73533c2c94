package io.limiquantix.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds images of the library. */
final class ImageListing {
    private ImageListing() {}

    /** Those that the actor sees. */
    static ImagesApi.Images list(Transaction tx, ImagesApi.ListImages request, Actor actor) {
        int limit = request.page().limit();
        List<ImageView> found = tx.query(
                """
                select * from images.images
                where ($1::text is null or lower(name) collate "C" > lower($1) collate "C")
                and ($2::text is null or strpos(lower(name), lower($2)) > 0)
                and ($3::text is null or sha256 = $3 or came_sha256 = $3)
                and ($5::text is null or state = $5)
                and ($6::text is null or exists (select from unnest(tags) tag where lower(tag) = lower($6)))
                and ($7::text is null or $7 = (select claim -> 'facts' ->> 'family'
                    from jsonb_array_elements(systems -> 'claims') with ordinality as each (claim, place)
                    where claim -> 'facts' ->> 'distribution' is not null order by place limit 1))
                and ($10::text is null or $10 = case format when 'iso' then 'iso' when 'ova' then 'appliance' else 'disk' end)
                and (visibility = 'SHARED' or $8 or owner_id = $9)
                order by lower(name) collate "C" limit $4""",
                row -> ImageRows.view(row, List.of()),
                request.page().cursor(),
                request.search(),
                request.sha256(),
                limit + 1,
                request.state(),
                request.tag(),
                request.family() == null ? null : request.family().name().toLowerCase(Locale.ROOT),
                actor.seesAll(),
                actor.userId(),
                request.kind());
        List<ImageView> complete = found.stream()
                .map(image -> ImageRows.withCopies(image, ImageRows.copies(tx, image.id())))
                .toList();
        List<ImageView> page = PageRoom.fitting(complete, limit, Function.identity());
        String next = page.size() < found.size() ? page.getLast().name() : null;
        return new ImagesApi.Images(page, next);
    }
}
