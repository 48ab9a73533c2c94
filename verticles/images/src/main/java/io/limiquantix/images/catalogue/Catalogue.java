package io.limiquantix.images.catalogue;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.CatalogueEntryView;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.WebAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entries of all sources. Safe for any thread. */
public final class Catalogue {
    private final Database database;
    private final CatalogueSources sources;

    /** An entry, and whose it is. */
    private record Found(UUID id, UUID sourceId, CatalogueEntry entry) {
        private String order() {
            return (entry.distribution() + "/" + entry.name() + "/").toLowerCase(Locale.ROOT) + id;
        }
    }

    public Catalogue(Database database, CatalogueSources sources) {
        this.database = database;
        this.sources = sources;
    }

    /**
     * The entry itself.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public CatalogueEntry require(UUID entryId) {
        return entries()
                .filter(found -> found.id().equals(entryId))
                .map(Found::entry)
                .findFirst()
                .orElseThrow(() -> FailureException.notFound(
                        "The catalogue has no such entry now; it may have changed. Look at it again."));
    }

    /** A page of them, by distribution and name, each with the newest image that came from it and that the actor sees. */
    public CatalogueApi.Entries list(CatalogueApi.ListEntries request, Actor actor) {
        String wanted = orEmpty(request.search()).toLowerCase(Locale.ROOT);
        String after = orEmpty(request.page().cursor());
        int limit = request.page().limit();
        List<Found> found = entries()
                .filter(one -> one.entry().name().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(one -> one.order().compareTo(after) > 0)
                .sorted(Comparator.comparing(Found::order))
                .limit(limit + 1L)
                .toList();
        Map<UUID, UUID> images = newestImages(found, actor);
        List<CatalogueEntryView> views =
                found.stream().map(one -> view(one, images.get(one.id()))).toList();
        List<CatalogueEntryView> page = PageRoom.fitting(views, limit, Function.identity());
        String next = page.size() < found.size() ? found.get(page.size() - 1).order() : null;
        return new CatalogueApi.Entries(page, next);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Stream<Found> entries() {
        return sources.all().flatMap(source -> source.content().entries().stream()
                .map(entry -> new Found(Uuid7.derived(source.id(), entry.key()), source.id(), entry)));
    }

    private Map<UUID, UUID> newestImages(List<Found> found, Actor actor) {
        return database
                .query(
                        "select distinct on (catalogue_entry_id) catalogue_entry_id, id from images.images"
                                + " where catalogue_entry_id = any ($1) and (visibility = 'SHARED' or $2 or owner_id = $3)"
                                + " order by catalogue_entry_id, created_at desc",
                        row -> Map.entry(row.uuid("catalogue_entry_id"), row.uuid("id")),
                        found.stream().map(Found::id).toArray(UUID[]::new),
                        actor.seesAll(),
                        actor.userId())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static CatalogueEntryView view(Found found, @Nullable UUID imageId) {
        CatalogueEntry entry = found.entry();
        return new CatalogueEntryView(
                found.id(),
                found.sourceId(),
                entry.key(),
                entry.name(),
                entry.family(),
                entry.distribution(),
                entry.version(),
                entry.architecture(),
                entry.kind(),
                entry.format(),
                entry.compression(),
                WebAddress.parse(entry.url()).spoken(),
                entry.isChecked(),
                entry.defaultUser(),
                entry.leastMemoryBytes(),
                entry.firmware(),
                entry.note(),
                imageId);
    }
}
