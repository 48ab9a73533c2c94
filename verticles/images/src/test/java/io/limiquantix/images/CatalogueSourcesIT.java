package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.CatalogueEntryView;
import io.limiquantix.bus.images.CatalogueSourceView;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalogues that are read, fail and change. */
class CatalogueSourcesIT extends CatalogueBed {
    CatalogueSourcesIT(@TempDir Path folder) {
        super(folder);
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
}
