package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Owner;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees an image, by which words it is found, and how it is taken out of use. */
class SharingIT {
    private static final UUID ANNA_ID = Uuid7.next();
    private static final Actor ANNA = new Actor("anna", ANNA_ID);
    private static final Actor BERT = new Actor("bert", Uuid7.next());
    private static final Actor ADMIN = new Actor("admin", Uuid7.next(), true);
    private static final ImagesApi.Sums NO_SUMS = new ImagesApi.Sums(null, null, null);

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);

    @AfterEach
    void stop() {
        images.close();
    }

    private static Caller caller(Actor actor) {
        return TestControlPlane.caller().as(actor);
    }

    private <Q extends Record, R extends Record> R ask(ServiceAddress<Q, R> address, Q request, Actor actor) {
        return images.plane.bus().request(address, request, caller(actor));
    }

    private ImageView make(String name, Actor owner, @Nullable Visibility visibility, String... tags) {
        var request =
                new ImagesApi.CreateImage(name, "", null, null, "qcow2", NO_SUMS, null, visibility, List.of(tags));
        return ask(ImagesApi.CREATE, request, owner);
    }

    private static ImagesApi.DescribeImage saying(
            UUID id, @Nullable Visibility visibility, @Nullable List<String> tags, @Nullable Boolean deprecated) {
        return new ImagesApi.DescribeImage(
                id,
                null,
                null,
                null,
                null,
                null,
                visibility,
                tags == null ? null : new ImagesApi.Tags(tags),
                deprecated);
    }

    private ImageView say(UUID id, @Nullable Visibility visibility, Actor actor) {
        return ask(ImagesApi.DESCRIBE, saying(id, visibility, null, null), actor);
    }

    private List<String> names(Actor actor) {
        return ask(ImagesApi.LIST, ImagesApi.ListImages.all(Page.FIRST), actor).items().stream()
                .map(ImageView::name)
                .toList();
    }

    private List<String> found(@Nullable State state, @Nullable String tag, @Nullable Family family) {
        var request = new ImagesApi.ListImages(Page.FIRST, null, null, null, state, tag, family);
        return ask(ImagesApi.LIST, request, ANNA).items().stream()
                .map(ImageView::name)
                .toList();
    }

    @Test
    void anImageIsItsMakersAndEverybodySeesIt() {
        ImageView image = make("debian", ANNA, null);
        assertThat(image.owner()).isEqualTo(new Owner(ANNA_ID, "anna"));
        assertThat(image.visibility()).isEqualTo(Visibility.SHARED);
        assertThat(names(BERT)).containsExactly("debian");
        assertThat(ask(ImagesApi.GET, new ImagesApi.Image(image.id()), BERT)).isEqualTo(image);
        assertThat(make("of-the-platform", Actor.platform("test"), null).owner())
                .isNull();
    }

    @Test
    void aPrivateImageIsThereForItsOwnerAndAdministratorsOnly() {
        UUID id = make("secret", ANNA, Visibility.PRIVATE).id();
        for (Actor actor : List.of(ANNA, ADMIN, Actor.platform("test"))) {
            assertThat(names(actor)).containsExactly("secret");
            assertThat(ask(ImagesApi.GET, new ImagesApi.Image(id), actor).name())
                    .isEqualTo("secret");
        }
        assertThat(names(BERT)).isEmpty();
        say(id, Visibility.SHARED, ANNA);
        assertThat(names(BERT)).containsExactly("secret");
        say(id, Visibility.PRIVATE, ADMIN);
        assertThat(names(BERT)).isEmpty();
        assertThat(names(ANNA)).containsExactly("secret");
    }

    @Test
    void toAnybodyElseItIsNotThereWhateverTheyAsk() {
        UUID id = make("secret", ANNA, Visibility.PRIVATE).id();
        ask(ImagesApi.BEGIN_PARTS, new ImagesApi.BeginParts(id, 100), ANNA);
        notThere(ImagesApi.GET, new ImagesApi.Image(id));
        notThere(ImagesApi.DESCRIBE, saying(id, Visibility.SHARED, null, null));
        notThere(ImagesApi.DELETE, new ImagesApi.DeleteImage(id, true));
        notThere(ImagesApi.BRING, new ImagesApi.ImageAt(id, storage.poolOne, storage.one));
        notThere(ImagesApi.SEED, new ImagesApi.Seed(id, storage.poolOne, storage.one));
        storage.copies.used.add(new StorageApi.ImageAt(id, storage.poolOne, storage.one));
        notThere(ImagesApi.REMOVE_COPY, new ImagesApi.ImageAt(id, storage.poolOne, storage.one));
        notThere(ImagesApi.BEGIN_UPLOAD, new ImagesApi.BeginUpload(id, 1L));
        notThere(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(id));
        notThere(ImagesApi.BEGIN_PARTS, new ImagesApi.BeginParts(id, 1));
        notThere(ImagesApi.LOOK_AT_PARTS, new ImagesApi.Image(id));
        notThere(ImagesApi.OPEN_PART, new ImagesApi.OpenPart(id, 0));
        notThere(ImagesApi.FORGET_PARTS, new ImagesApi.Image(id));
        notThere(ImagesApi.IMPORT_FILE, new ImagesApi.ImportFile(id, storage.one, "/i/a"));
        notThere(ImagesApi.DOWNLOAD_FILE, new ImagesApi.DownloadFile(id, "https://example.org/a", null));
        assertThat(ask(ImagesApi.LOOK_AT_PARTS, new ImagesApi.Image(id), ANNA).lengthBytes())
                .as("nothing of it was touched")
                .isEqualTo(100);
    }

    /** The same words as of an image that never was. */
    private <Q extends Record> void notThere(ServiceAddress<Q, ?> address, Q request) {
        assertRefused(FailureCode.NOT_FOUND, "There is no image ", () -> images.plane
                .bus()
                .request(address, request, caller(BERT)));
    }

    @Test
    void whoSeesItIsNotForEverybodyToSay() {
        UUID id = make("debian", ANNA, null).id();
        assertRefused(FailureCode.FORBIDDEN, "by its owner", () -> say(id, Visibility.PRIVATE, BERT));
        assertThat(say(id, Visibility.SHARED, BERT).visibility())
                .as("nothing else than it is")
                .isEqualTo(Visibility.SHARED);
        assertThat(ask(ImagesApi.DESCRIBE, saying(id, null, List.of("web"), null), BERT)
                        .tags())
                .containsExactly("web");
    }

    @Test
    void itsNameIsNotToldWhereTheSameBytesComeAgain() {
        ready(make("secret", ANNA, Visibility.PRIVATE).id(), ANNA);
        ready(make("common", ANNA, null).id(), ANNA);
        TaskView task = ready(make("mine", BERT, null).id(), BERT);
        assertThat(task.log())
                .extracting(TaskView.LogLine::text)
                .containsExactly("The library has the same bytes already, as common.");
    }

    private TaskView ready(UUID id, Actor actor) {
        storage.upload(ask(ImagesApi.BEGIN_UPLOAD, new ImagesApi.BeginUpload(id, 1000L), actor), id, GOOD);
        return images.succeeded(ask(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(id), actor));
    }

    @Test
    void tagsAreFoundInAnyCaseAndKeptOnce() {
        UUID id = make("a", ANNA, null, "web", "LTS", "Web").id();
        assertThat(images.image(id).tags()).containsExactly("LTS", "web");
        make("b", ANNA, null);
        assertThat(found(null, "lts", null)).containsExactly("a");
        assertThat(ask(ImagesApi.DESCRIBE, saying(id, null, List.of(), null), ANNA)
                        .tags())
                .isEmpty();
        assertThat(found(null, "lts", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "<b>", "-x", "ü"})
    void aTagIsAShortWord(String tag) {
        assertRefused(FailureCode.INVALID, "A tag has", () -> make("a", ANNA, null, tag));
        assertThat(names(ANNA)).isEmpty();
    }

    @Test
    void tagsAreFew() {
        UUID id = make("debian", ANNA, null).id();
        List<String> tags = IntStream.range(0, 21).mapToObj(i -> "t" + i).toList();
        assertRefused(
                FailureCode.INVALID,
                "at most 20 tags",
                () -> ask(ImagesApi.DESCRIBE, saying(id, null, tags, null), ANNA));
        assertThat(images.image(id).tags()).isEmpty();
    }

    @Test
    void aReadyImageIsDeprecatedAndOfferedAgain() {
        UUID id = make("debian", ANNA, null).id();
        assertRefused(FailureCode.CONFLICT, "is not ready", () -> deprecate(id, true));
        ready(id, ANNA);
        assertThat(deprecate(id, true).state()).isEqualTo(State.DEPRECATED);
        assertThat(deprecate(id, true).state()).isEqualTo(State.DEPRECATED);
        assertThat(found(State.DEPRECATED, null, null)).containsExactly("debian");
        assertThat(found(State.READY, null, null)).isEmpty();
        assertRefused(FailureCode.CONFLICT, "never changes", () -> images.beginUpload(id));
        assertThat(deprecate(id, false).state()).isEqualTo(State.READY);
    }

    private ImageView deprecate(UUID id, boolean deprecated) {
        return ask(ImagesApi.DESCRIBE, saying(id, null, null, deprecated), BERT);
    }

    @Test
    void imagesAreFoundByTheFamilyThatIsBelieved() {
        make("debian-12", ANNA, null);
        make("freebsd-14.1", ANNA, null);
        make("x", ANNA, null);
        assertThat(found(null, null, Family.LINUX)).containsExactly("debian-12");
        assertThat(found(null, null, Family.BSD)).containsExactly("freebsd-14.1");
        assertThat(found(null, null, Family.WINDOWS)).isEmpty();
    }
}
