package io.limiquantix.images.catalogue;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.CatalogueSourceView;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.images.catalogue.SourceStore.Stored;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.WebAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the entries of the catalogue come from. Safe for any thread. */
public final class CatalogueSources {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueSources.class);
    private static final UUID SCOPE = UUID.fromString("0198c0de-ca7a-7000-8000-000000000001");
    private static final int MOST_ADDRESSES = 20;
    private static final int MISTAKES_SHOWN = 20;

    private final Database database;
    private final SourceReading reading;
    private final Source builtIn = builtIn(BuiltInCatalogue.read());
    private final SourceStore store = new SourceStore();
    /** What was made of a source's text, as that takes a while. */
    private final Map<UUID, Parsed> parsed = new ConcurrentHashMap<>();

    private record Parsed(String text, CatalogueContent content) {}

    /**
     * @param folder of the files, absent for none
     * @param pause between two readings of a source
     */
    public CatalogueSources(Database database, Bus bus, @Nullable Path folder, Duration pause) {
        this.database = database;
        this.reading = new SourceReading(database, new CatalogueFolder(folder), new WebCatalogues(bus), pause);
    }

    /** The same for the same place, so that entries are the same after it was removed and added again. */
    static UUID idOf(Kind kind, String location) {
        return Uuid7.derived(SCOPE, kind + "/" + location);
    }

    /** Reads what is due and nobody else reads; to be called every few seconds. */
    public void round() {
        reading.round();
    }

    /** Has all of them read again. */
    public void makeDue() {
        database.run(store::allDue);
    }

    /** The one that comes with the platform first, then addresses and files as they were read last. */
    public CatalogueApi.Sources list() {
        return new CatalogueApi.Sources(all().map(Source::view).toList());
    }

    /** Has all of them read again, and answers without waiting for that. */
    public CatalogueApi.Sources refresh() {
        makeDue();
        CatalogueApi.Sources due = list();
        wake();
        return due;
    }

    /**
     * Adds an address, which is read soon; one that is there stays as it is.
     *
     * @throws FailureException {@code INVALID} when it is none, {@code CONFLICT} when there are too many
     */
    public CatalogueSourceView add(CatalogueApi.AddSource request) {
        String url = request.url().strip();
        WebAddress.parse(url);
        UUID id = idOf(Kind.ADDRESS, url);
        Stored added = database.transaction(tx -> {
            long others = store.list(tx).stream()
                    .filter(source ->
                            source.kind() == Kind.ADDRESS && !source.id().equals(id))
                    .count();
            if (others >= MOST_ADDRESSES) {
                throw FailureException.conflict(
                        "There are " + others + " catalogues of the web, which is the most; remove one first.");
            }
            store.add(tx, id, Kind.ADDRESS, url);
            return store.find(tx, id).orElseThrow();
        });
        wake();
        return source(added).view();
    }

    /**
     * Forgets an address with what was read there; success when there is none.
     *
     * @throws FailureException {@code CONFLICT} when it is a source of another kind
     */
    public Nothing remove(UUID id) {
        boolean removed = database.transaction(tx -> store.remove(tx, id, Kind.ADDRESS));
        if (!removed && all().anyMatch(source -> source.id().equals(id))) {
            throw FailureException.conflict(
                    "Only catalogues of the web can be removed here. A file's goes when that is taken from its folder.");
        }
        return Nothing.NOTHING;
    }

    Stream<Source> all() {
        List<Stored> stored = database.transaction(store::list);
        return Stream.concat(Stream.of(builtIn), stored.stream().map(this::source));
    }

    private void wake() {
        Thread.ofVirtual().name("catalogue-sources").start(() -> {
            try {
                round();
            } catch (RuntimeException e) {
                LOG.warn("catalogues could not be read; the next round follows", e);
            }
        });
    }

    private Source source(Stored stored) {
        CatalogueContent content = content(stored);
        return new Source(
                new CatalogueSourceView(
                        stored.id(),
                        stored.kind(),
                        content.name() == null ? stored.place() : content.name(),
                        stored.place(),
                        content.entries().size(),
                        content.mistakes().stream().limit(MISTAKES_SHOWN).toList(),
                        content.mistakes().size(),
                        stored.reading(),
                        stored.readAt(),
                        stored.problem(),
                        stored.problemSince()),
                content);
    }

    private CatalogueContent content(Stored stored) {
        String text = stored.content();
        if (text == null) {
            return CatalogueContent.NOTHING;
        }
        Parsed known = parsed.get(stored.id());
        if (known == null || !known.text().equals(text)) {
            known = new Parsed(text, parse(stored.place(), text));
            parsed.put(stored.id(), known);
        }
        return known.content();
    }

    /** What an earlier version took for a catalogue may be none for this one. */
    private static CatalogueContent parse(String place, String text) {
        try {
            return CatalogueYaml.read(place, text);
        } catch (UnreadableCatalogueException e) {
            return new CatalogueContent(null, List.of(), List.of(place + ": " + e.why()));
        }
    }

    private static Source builtIn(CatalogueContent content) {
        String name = content.name() == null ? "Built in" : content.name();
        return new Source(
                new CatalogueSourceView(
                        idOf(Kind.BUILT_IN, ""),
                        Kind.BUILT_IN,
                        name,
                        "built in",
                        content.entries().size(),
                        content.mistakes(),
                        content.mistakes().size(),
                        false,
                        null,
                        null,
                        null),
                content);
    }
}
