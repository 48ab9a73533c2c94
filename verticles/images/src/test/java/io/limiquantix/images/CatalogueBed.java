package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.CatalogueEntryView;
import io.limiquantix.bus.images.CatalogueSourceView;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A library with a catalogue, of which a test says what its sources hold. */
abstract class CatalogueBed {
    static final String ADDRESS = "https://catalogue.test/ours.yaml?token=s3cret";
    static final String OTHER_ADDRESS = "https://catalogue.test/theirs.yaml";
    static final String FILE = "https://mirror.test/debian.qcow2";

    final FakeStorage storage = new FakeStorage();
    final Path folder;
    final ImagesProcess images;

    CatalogueBed(@TempDir Path folder) {
        this.folder = folder;
        storage.up.addAll(List.of(storage.one, storage.two));
        storage.files.put(FILE, GOOD);
        images = ImagesProcess.start(
                storage, ImagesProcess.database(), TaskObserver.NONE, ", catalogues: '" + folder + "'");
    }

    @AfterEach
    void stop() {
        images.close();
    }

    static String yaml(String name, String... keys) {
        StringBuilder text = new StringBuilder("catalogue: 1\nname: " + name + "\nentries:\n");
        for (String key : keys) {
            text.append("""
                      - id: %s
                        name: Debian %s
                        family: linux
                        distribution: Debian
                        version: "13"
                        architecture: x86_64
                        kind: cloud
                        format: qcow2
                        url: %s
                        defaultUser: debian
                    """.formatted(key, key, FILE));
        }
        return text.toString();
    }

    void publish(String text, @Nullable String etag) {
        storage.texts.put(ADDRESS, new WebText(text, etag));
    }

    List<CatalogueSourceView> sources() {
        return images.plane
                .bus()
                .request(CatalogueApi.LIST_SOURCES, Nothing.NOTHING, TestControlPlane.caller())
                .items();
    }

    void refresh() {
        images.plane.bus().request(CatalogueApi.REFRESH, Nothing.NOTHING, TestControlPlane.caller());
    }

    CatalogueSourceView add(String url) {
        return images.plane
                .bus()
                .request(CatalogueApi.ADD_SOURCE, new CatalogueApi.AddSource(url), TestControlPlane.caller());
    }

    void remove(UUID source) {
        images.plane
                .bus()
                .request(CatalogueApi.REMOVE_SOURCE, new CatalogueApi.Source(source), TestControlPlane.caller());
    }

    CatalogueSourceView awaitSource(Kind kind, Predicate<CatalogueSourceView> condition) {
        return Eventually.get(
                        () -> sources().stream().filter(s -> s.kind() == kind).toList(),
                        found -> found.size() == 1 && !found.getFirst().reading() && condition.test(found.getFirst()))
                .getFirst();
    }

    List<CatalogueEntryView> entries(@Nullable String search) {
        List<CatalogueEntryView> all = new ArrayList<>();
        String cursor = null;
        do {
            var page = images.plane
                    .bus()
                    .request(
                            CatalogueApi.LIST_ENTRIES,
                            new CatalogueApi.ListEntries(new Page(cursor, 7), search),
                            TestControlPlane.caller());
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    List<String> keysOf(UUID source) {
        return entries(null).stream()
                .filter(entry -> entry.sourceId().equals(source))
                .map(CatalogueEntryView::key)
                .toList();
    }

    CatalogueEntryView entry(String key) {
        return entries(null).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    TaskRef download(UUID entry, @Nullable String name, @Nullable UUID pool, Caller caller) {
        return images.plane
                .bus()
                .request(CatalogueApi.DOWNLOAD_ENTRY, new CatalogueApi.DownloadEntry(entry, name, pool), caller);
    }

    CatalogueEntryView published(String key) {
        publish(yaml("Ours", key), null);
        add(ADDRESS);
        awaitSource(Kind.ADDRESS, source -> source.entries() == 1);
        return entry(key);
    }
}
