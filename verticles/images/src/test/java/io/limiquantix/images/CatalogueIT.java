package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.CatalogueEntryView;
import io.limiquantix.bus.images.CatalogueSourceView;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues that are read, fail and change, and one click that makes an image. */
class CatalogueIT {
    private static final String ADDRESS = "https://catalogue.test/ours.yaml?token=s3cret";
    private static final String OTHER_ADDRESS = "https://catalogue.test/theirs.yaml";
    private static final String FILE = "https://mirror.test/debian.qcow2";

    private final FakeStorage storage = new FakeStorage();
    private final Path folder;
    private final ImagesProcess images;

    CatalogueIT(@TempDir Path folder) {
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

    private static String yaml(String name, String... keys) {
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

    private void publish(String text, @Nullable String etag) {
        storage.texts.put(ADDRESS, new WebText(text, etag));
    }

    private List<CatalogueSourceView> sources() {
        return images.plane
                .bus()
                .request(CatalogueApi.LIST_SOURCES, Nothing.NOTHING, TestControlPlane.caller())
                .items();
    }

    private void refresh() {
        images.plane.bus().request(CatalogueApi.REFRESH, Nothing.NOTHING, TestControlPlane.caller());
    }

    private CatalogueSourceView add(String url) {
        return images.plane
                .bus()
                .request(CatalogueApi.ADD_SOURCE, new CatalogueApi.AddSource(url), TestControlPlane.caller());
    }

    private void remove(UUID source) {
        images.plane
                .bus()
                .request(CatalogueApi.REMOVE_SOURCE, new CatalogueApi.Source(source), TestControlPlane.caller());
    }

    private CatalogueSourceView awaitSource(Kind kind, Predicate<CatalogueSourceView> condition) {
        return Eventually.get(
                        () -> sources().stream().filter(s -> s.kind() == kind).toList(),
                        found -> found.size() == 1 && !found.getFirst().reading() && condition.test(found.getFirst()))
                .getFirst();
    }

    private List<CatalogueEntryView> entries(@Nullable String search) {
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

    private List<String> keysOf(UUID source) {
        return entries(null).stream()
                .filter(entry -> entry.sourceId().equals(source))
                .map(CatalogueEntryView::key)
                .toList();
    }

    private CatalogueEntryView entry(String key) {
        return entries(null).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private TaskRef download(UUID entry, @Nullable String name, @Nullable UUID pool, Caller caller) {
        return images.plane
                .bus()
                .request(CatalogueApi.DOWNLOAD_ENTRY, new CatalogueApi.DownloadEntry(entry, name, pool), caller);
    }

    private CatalogueEntryView published(String key) {
        publish(yaml("Ours", key), null);
        add(ADDRESS);
        awaitSource(Kind.ADDRESS, source -> source.entries() == 1);
        return entry(key);
    }

    @Test
    void whatComesWithThePlatformIsThereAtOnceAndPageByPage() {
        CatalogueSourceView builtIn = sources().getFirst();
        assertThat(builtIn.kind()).isEqualTo(Kind.BUILT_IN);
        List<CatalogueEntryView> all = entries(null);
        assertThat(all).hasSize(builtIn.entries());
        assertThat(all).extracting(CatalogueEntryView::id).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo((a, b) -> a.distribution().compareToIgnoreCase(b.distribution()));
        assertThat(entries("debian 13")).isNotEmpty().allSatisfy(e -> assertThat(e.name())
                .startsWith("Debian 13"));
    }

    @Test
    void anAddressIsReadByAHostAndSaysItsMistakes() {
        publish(yaml("Ours", "one", "two").replace("id: two", "id: two\n    colour: red"), null);
        CatalogueSourceView added = add(ADDRESS);
        assertThat(added.reading()).isTrue();
        CatalogueSourceView read = awaitSource(Kind.ADDRESS, source -> source.readAt() != null);
        assertThat(read.name()).isEqualTo("Ours");
        assertThat(read.location()).isEqualTo("https://catalogue.test/ours.yaml");
        assertThat(read.mistakeCount()).isEqualTo(1);
        assertThat(read.mistakes().getFirst())
                .startsWith("https://catalogue.test/ours.yaml, line ")
                .contains("entry 2 (two), \"colour\": there is no such field");
        assertThat(keysOf(read.id())).containsExactly("one");
        assertThat(read.problem()).isNull();
    }

    @Test
    void aSourceThatFailsIsShownAsItWasWithTheReasonAndSinceWhen() {
        publish(yaml("Ours", "one"), "\"1\"");
        UUID id = add(ADDRESS).id();
        Instant readAt = awaitSource(Kind.ADDRESS, s -> s.entries() == 1).readAt();
        storage.texts.clear();
        storage.noText = FailureException.of(FailureCode.UNAVAILABLE, "catalogue.test does not answer.");
        refresh();
        CatalogueSourceView failing = awaitSource(Kind.ADDRESS, s -> s.problem() != null);
        assertThat(failing.problem()).isEqualTo("catalogue.test does not answer.");
        assertThat(failing.problemSince()).isNotNull();
        assertThat(failing.readAt()).isEqualTo(readAt);
        assertThat(keysOf(id)).containsExactly("one");
        assertThat(storage.textsAsked).containsOnlyKeys("1", "2");
        for (String rubbish : List.of("<html>Sorry</html>", "entries: [", "a: \u0000", "name: nothing")) {
            publish(rubbish, "\"rubbish\"");
            refresh();
            CatalogueSourceView still = awaitSource(
                    Kind.ADDRESS, s -> s.problem() != null && s.problem().startsWith("It is no "));
            assertThat(still.problemSince()).isEqualTo(failing.problemSince());
            assertThat(keysOf(id)).containsExactly("one");
        }
        publish(yaml("Ours", "two"), "\"2\"");
        refresh();
        CatalogueSourceView good = awaitSource(Kind.ADDRESS, s -> s.problem() == null);
        assertThat(good.problemSince()).isNull();
        assertThat(keysOf(id)).containsExactly("two");
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() {
        publish(yaml("Ours", "one"), "\"1\"");
        UUID id = add(ADDRESS).id();
        CatalogueSourceView first = awaitSource(Kind.ADDRESS, s -> s.entries() == 1);
        refresh();
        awaitSource(
                Kind.ADDRESS,
                s -> s.readAt() != null && first.readAt() != null && s.readAt().isAfter(first.readAt()));
        assertThat(storage.textsAsked.values()).singleElement().satisfies(asked -> assertThat(asked.etag())
                .isEqualTo("\"1\""));
        assertThat(keysOf(id)).containsExactly("one");
    }

    @Test
    void withoutAHostItSaysSo() {
        storage.up.clear();
        add(ADDRESS);
        assertThat(awaitSource(Kind.ADDRESS, s -> s.problem() != null).problem())
                .isEqualTo("No host is up that could read it.");
    }

    @Test
    void filesOfTheFolderComeChangeAndGo() throws IOException {
        Files.writeString(folder.resolve("ours.yaml"), yaml("Ours", "one"));
        Files.writeString(folder.resolve("notes.txt"), "not a catalogue");
        refresh();
        UUID id = awaitSource(Kind.FILE, s -> s.entries() == 1).id();
        assertRefused(FailureCode.CONFLICT, "folder", () -> remove(id));
        Files.writeString(folder.resolve("ours.yaml"), "entries: {}");
        refresh();
        awaitSource(Kind.FILE, s -> s.problem() != null);
        assertThat(keysOf(id)).containsExactly("one");
        Files.delete(folder.resolve("ours.yaml"));
        refresh();
        Eventually.holds(() -> sources().stream().noneMatch(s -> s.kind() == Kind.FILE));
    }

    @Test
    void sourcesAreAddedOnceAndRemoved() {
        publish(yaml("Ours", "one"), null);
        UUID id = add(ADDRESS).id();
        awaitSource(Kind.ADDRESS, source -> source.entries() == 1);
        UUID entry = entry("one").id();
        assertThat(add(ADDRESS).id()).isEqualTo(id);
        remove(id);
        remove(id);
        assertThat(sources()).hasSize(1);
        add(ADDRESS);
        awaitSource(Kind.ADDRESS, s -> s.entries() == 1);
        assertThat(entry("one").id()).as("the same as before").isEqualTo(entry);
        for (String wrong : List.of("file:///etc/passwd", "catalogue.test", "https://a:b@catalogue.test/x")) {
            assertRefused(FailureCode.INVALID, "address", () -> add(wrong));
        }
        for (int i = 1; i < 20; i++) {
            add("https://catalogue.test/" + i);
        }
        assertRefused(FailureCode.CONFLICT, "remove one first", () -> add("https://catalogue.test/20"));
    }

    @Test
    void oneClickMakesAnImageThatIsKnownToComeFromThere() {
        CatalogueEntryView entry = published("appliance-13");
        TaskRef task = download(entry.id(), null, storage.poolTwo, TestControlPlane.caller());
        assertThat(images.succeeded(task).kind()).isEqualTo("image.download");
        ImageView image = images.image(task.targetId());
        assertThat(image.state()).isEqualTo(State.READY);
        assertThat(image.name()).isEqualTo("appliance-13");
        assertThat(image.description()).isEqualTo("Debian appliance-13");
        assertThat(image.operatingSystem()).isEqualTo("Debian 13");
        assertThat(image.defaultUser()).isEqualTo("debian");
        assertThat(image.format()).isEqualTo("qcow2");
        assertThat(image.copies()).containsExactly(new Copy(storage.poolTwo, storage.two));
        assertThat(image.catalogueEntryId()).isEqualTo(entry.id());
        assertThat(entry("appliance-13").imageId()).isEqualTo(image.id());
    }

    @Test
    void theSameClickTwiceIsOneImageAlsoWhenTheEntryIsGone() {
        CatalogueEntryView entry = published("appliance-13");
        Caller caller = TestControlPlane.caller();
        List<TaskRef> answers = AtOnce.results(AtOnce.ask(2, client -> download(entry.id(), "mine", null, caller)));
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst()).isEqualTo(answers.getLast());
        images.succeeded(answers.getFirst());
        remove(entry.sourceId());
        assertThat(download(entry.id(), "mine", null, caller)).isEqualTo(answers.getFirst());
        assertRefused(
                FailureCode.NOT_FOUND,
                "no such entry",
                () -> download(entry.id(), "other", null, TestControlPlane.caller()));
        assertThat(storage.effects).containsOnlyOnce("download 1", "check 1");
    }

    @Test
    void aTakenNameIsRefusedAndLeavesNothing() {
        CatalogueEntryView entry = published("appliance-13");
        images.draft("Appliance-13");
        assertRefused(
                FailureCode.CONFLICT,
                "already an image",
                () -> download(entry.id(), null, null, TestControlPlane.caller()));
        assertRefused(
                FailureCode.INVALID,
                "A name has",
                () -> download(entry.id(), "not a name", null, TestControlPlane.caller()));
        assertRefused(
                FailureCode.CONFLICT,
                "no usable pool",
                () -> download(entry.id(), "other", UUID.randomUUID(), TestControlPlane.caller()));
        assertThat(images.list(Page.FIRST, null, null).items()).hasSize(1);
        assertThat(storage.effects).containsOnly("read 1");
    }

    @Test
    void whatFailedIsTriedAgainInTheSameImage() {
        CatalogueEntryView entry = published("appliance-13");
        storage.files.clear();
        TaskRef first = download(entry.id(), null, null, TestControlPlane.caller());
        images.failed(first);
        assertThat(images.image(first.targetId()).state()).isEqualTo(State.REFUSED);
        storage.files.put(FILE, GOOD);
        TaskRef again = download(entry.id(), null, null, TestControlPlane.caller());
        assertThat(again.targetId()).isEqualTo(first.targetId());
        images.succeeded(again);
        assertThat(images.image(first.targetId()).problem()).isNull();
        assertRefused(
                FailureCode.CONFLICT,
                "already an image",
                () -> download(entry.id(), null, null, TestControlPlane.caller()));
    }

    @Test
    void otherBytesAreNotThoseOfTheEntry() {
        CatalogueEntryView entry = published("appliance-13");
        storage.files.clear();
        TaskRef failing = download(entry.id(), null, null, TestControlPlane.caller());
        images.failed(failing);
        UUID image = failing.targetId();
        assertThat(images.image(image).catalogueEntryId()).isEqualTo(entry.id());
        images.succeeded(images.upload(image, GOOD));
        assertThat(images.image(image).catalogueEntryId()).isNull();
        assertThat(entry("appliance-13").imageId()).isNull();
    }

    @Test
    void theSumThatACatalogueSaysIsCompared() {
        publish(yaml("Ours", "one").replace("defaultUser", "sha256: " + "cd".repeat(32) + "\n    defaultUser"), null);
        add(ADDRESS);
        awaitSource(Kind.ADDRESS, s -> s.entries() == 1);
        assertThat(entry("one").checked()).isTrue();
        images.failed(download(entry("one").id(), null, null, TestControlPlane.caller()));
        assertThat(storage.isEmpty()).isTrue();
    }

    @Test
    void theListBesideTheFileIsCompared() {
        String list = "https://mirror.test/SHA256SUMS";
        publish(yaml("Ours", "one").replace("defaultUser", "checksums: " + list + "\n    defaultUser"), null);
        add(ADDRESS);
        awaitSource(Kind.ADDRESS, s -> s.entries() == 1);
        storage.lists.put(list, "cd".repeat(32) + "  debian.qcow2\n");
        TaskRef wrong = download(entry("one").id(), null, null, TestControlPlane.caller());
        images.failed(wrong);
        storage.lists.put(list, ImagesProcess.SHA + "  debian.qcow2\n");
        TaskRef right = download(entry("one").id(), null, null, TestControlPlane.caller());
        images.succeeded(right);
        assertThat(images.image(wrong.targetId()).sha256()).isEqualTo(ImagesProcess.SHA);
    }

    @Test
    void aSourceIsReadByOneOfSeveralControlPlanesAtATime() {
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        storage.faults.beforeAnswer = name -> {
            if (name.startsWith("read") && asked.getAndIncrement() == 0) {
                await(held);
            }
        };
        publish(yaml("Ours", "one"), null);
        storage.texts.put(OTHER_ADDRESS, new WebText(yaml("Theirs", "two"), null));
        try (ImagesProcess other = ImagesProcess.start(
                storage, images.plane.controlPlane().database().address(), TaskObserver.NONE)) {
            UUID first = add(ADDRESS).id();
            Eventually.holds(() -> asked.get() == 1);
            UUID second = other.plane
                    .bus()
                    .request(
                            CatalogueApi.ADD_SOURCE,
                            new CatalogueApi.AddSource(OTHER_ADDRESS),
                            TestControlPlane.caller())
                    .id();
            Eventually.holds(() -> keysOf(second).equals(List.of("two")));
            assertThat(asked).as("the first one is left to who reads it").hasValue(2);
            held.countDown();
            Eventually.holds(() -> keysOf(first).equals(List.of("one")));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void imagesThatCameOtherwiseAreOfNoEntry() {
        ImageView draft = images.draft("debian");
        assertThat(images.plane
                        .bus()
                        .request(ImagesApi.GET, new ImagesApi.Image(draft.id()), TestControlPlane.caller())
                        .catalogueEntryId())
                .isNull();
    }
}
