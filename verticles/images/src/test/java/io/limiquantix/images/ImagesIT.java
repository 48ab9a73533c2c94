package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.SHA;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesIT {
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void anUploadedImageIsCheckedAndReady() {
        UUID id = images.draft("debian", SHA.toUpperCase(Locale.ROOT), null, TestControlPlane.caller())
                .id();
        assertThat(images.image(id).state()).isEqualTo(State.DRAFT);
        TaskView task = images.succeeded(images.upload(id, GOOD));
        assertThat(task.kind()).isEqualTo("image.check");
        ImageView image = images.image(id);
        assertThat(image.state()).isEqualTo(State.READY);
        assertThat(image.sha256()).isEqualTo(SHA);
        assertThat(image.virtualSizeBytes()).isEqualTo(FakeStorage.VIRTUAL_BYTES);
        assertThat(image.fileBytes()).isEqualTo(1000);
        assertThat(image.problem()).isNull();
        assertThat(image.copies())
                .as("where most room is")
                .extracting(Copy::place)
                .containsExactly(new Copy(storage.poolOne, storage.one));
        assertThat(images.plane.changes()).startsWith("image CREATED").contains("image CHANGED");
    }

    @Test
    void theUserMayChooseThePool() {
        UUID id = images.draft("debian", null, storage.poolTwo, TestControlPlane.caller())
                .id();
        images.succeeded(images.upload(id, GOOD));
        assertThat(images.image(id).copies())
                .extracting(Copy::place)
                .containsExactly(new Copy(storage.poolTwo, storage.two));
        UUID nowhere = images.draft("other", null, Uuid7.next(), TestControlPlane.caller())
                .id();
        assertRefused(FailureCode.CONFLICT, "at the place that was chosen", () -> images.beginUpload(nowhere));
    }

    @Test
    void aWrongChecksumIsRefusedWithTheReasonAndTheDraftCanBeTriedAgain() {
        UUID id = images.draft("debian", SHA, null, TestControlPlane.caller()).id();
        TaskView task = images.failed(images.upload(id, new FakeStorage.Bytes("qcow2", "cd".repeat(32))));
        assertThat(task.failure()).isNotNull();
        ImageView refused = images.image(id);
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.problem())
                .startsWith("The checksum is cdcd")
                .isEqualTo(task.failure().message());
        assertThat(storage.isEmpty()).isTrue();
        images.succeeded(images.upload(id, GOOD));
        assertThat(images.image(id).state()).isEqualTo(State.READY);
        assertThat(images.image(id).problem()).isNull();
    }

    @Test
    void everyChecksumThatTheUserKnowsIsCompared() {
        var sums = new ImagesApi.Sums(SHA, "CD".repeat(64), "ef".repeat(16));
        UUID id = images.draftWith("debian", sums, null, TestControlPlane.caller())
                .id();
        images.succeeded(images.upload(id, GOOD));
        HostStorageApi.AdmitImage checked = storage.checked;
        assertThat(checked).isNotNull();
        assertThat(List.of(checked.sha256(), checked.sha512(), checked.md5()))
                .containsExactly(SHA, "cd".repeat(64), "ef".repeat(16));
    }

    @Test
    void aLieAboutTheFormatIsRefusedWithTheReason() {
        UUID id = images.draft("debian").id();
        images.failed(images.upload(id, new FakeStorage.Bytes("raw", SHA)));
        assertThat(images.image(id).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(id).problem()).isEqualTo("The bytes are not qcow2.");
        assertThat(storage.isEmpty()).isTrue();
    }

    @Test
    void anUploadThatWasCutOffBeginsAgainAtTheSamePlace() {
        UUID id = images.draft("debian").id();
        var first = images.beginUpload(id);
        storage.upload(first, id, new FakeStorage.Bytes("half", ""));
        storage.free.put(storage.one, FakeStorage.FREE / 4);
        assertThat(images.image(id).state()).isEqualTo(State.DRAFT);
        var second = images.beginUpload(id);
        assertThat(second.address()).as("the host that has the first half").isEqualTo(first.address());
        storage.upload(second, id, GOOD);
        images.succeeded(images.finishUpload(id));
        assertThat(images.image(id).state()).isEqualTo(State.READY);
    }

    @Test
    void aHalfThatLiesElsewhereIsDeletedThere() {
        UUID id = images.draft("debian").id();
        storage.upload(images.beginUpload(id), id, new FakeStorage.Bytes("half", ""));
        storage.free.put(storage.one, 0L);
        images.succeeded(images.upload(id, GOOD));
        assertThat(images.image(id).copies())
                .extracting(Copy::place)
                .containsExactly(new Copy(storage.poolTwo, storage.two));
        Eventually.holds(() -> FakeStorage.at(storage.arrivals, storage.one).isEmpty());
    }

    @Test
    void aReadyImageNeverChanges() {
        UUID id = images.ready("debian").id();
        assertRefused(FailureCode.CONFLICT, "never changes", () -> images.beginUpload(id));
        assertRefused(FailureCode.CONFLICT, "never changes", () -> images.finishUpload(id));
        assertRefused(FailureCode.CONFLICT, "never changes", () -> images.importFile(id, storage.one, "/i/a"));
        assertThat(images.image(id).state()).isEqualTo(State.READY);
    }

    @Test
    void nothingArrivesWhileATaskWorksOnTheImage() {
        UUID id = images.draft("debian").id();
        UUID draft = images.draft("draft").id();
        storage.faults.beforeAnswer = name -> {
            if (name.equals("check 1")) {
                assertRefused(FailureCode.CONFLICT, "is being checked", () -> images.beginUpload(id));
                assertRefused(FailureCode.CONFLICT, "is being checked", () -> images.finishUpload(id));
                assertRefused(FailureCode.CONFLICT, "being worked on", () -> images.delete(id));
            } else if (name.equals("delete 1")) {
                assertRefused(FailureCode.CONFLICT, "being worked on", () -> images.beginUpload(draft));
            }
        };
        images.succeeded(images.upload(id, GOOD));
        storage.upload(images.beginUpload(draft), draft, GOOD);
        images.succeeded(images.delete(draft));
        assertThat(storage.effects).containsExactly("check 1", "delete 1");
    }

    /** What the check leaves behind must not be mistaken for the new upload's. */
    @Test
    void nothingArrivesWhileARefusedImageIsStillBeingCleanedUp() {
        UUID id = images.draft("debian").id();
        storage.faults.beforeAnswer =
                name -> assertRefused(FailureCode.CONFLICT, "being worked on", () -> images.beginUpload(id));
        TaskView task = images.failed(images.upload(id, new FakeStorage.Bytes("raw", SHA)));
        assertThat(task.log()).as("the cleaning up was answered").isEmpty();
        assertThat(storage.effects).containsExactly("check 1", "delete 1");
        images.beginUpload(id);
    }

    @Test
    void anUploadNeedsRoomAndABeginning() {
        UUID id = images.draft("debian").id();
        assertRefused(FailureCode.CONFLICT, "No upload of the image debian was begun", () -> images.finishUpload(id));
        assertRefused(FailureCode.TOO_LARGE, "at most", () -> images.beginUpload(id, ImagesProcess.LARGEST + 1));
        storage.free.put(storage.one, 500L);
        storage.free.put(storage.two, 400L);
        assertRefused(FailureCode.NO_CAPACITY, "the most room in any pool is 500", () -> images.beginUpload(id));
        storage.free.put(storage.one, 0L);
        storage.free.put(storage.two, 0L);
        assertRefused(FailureCode.CONFLICT, "no usable pool", () -> images.beginUpload(id));
        assertRefused(FailureCode.NOT_FOUND, "There is no image", () -> images.beginUpload(Uuid7.next()));
        assertThat(images.image(id).state()).isEqualTo(State.DRAFT);
    }

    @Test
    void theSameFinishAgainIsTheSameTaskEvenWhenItHasEnded() {
        UUID id = images.draft("debian").id();
        storage.upload(images.beginUpload(id), id, new FakeStorage.Bytes("raw", SHA));
        Caller caller = TestControlPlane.caller();
        var refs = AtOnce.ask(6, i -> images.finishUpload(id, caller));
        assertThat(AtOnce.failures(refs)).isEmpty();
        assertThat(AtOnce.results(refs).stream().distinct()).hasSize(1);
        TaskRef ref = AtOnce.results(refs).getFirst();
        images.failed(ref);
        assertThat(images.finishUpload(id, caller)).isEqualTo(ref);
        assertThat(images.image(id).state()).isEqualTo(State.REFUSED);
        images.succeeded(images.upload(id, GOOD));
        assertThat(images.finishUpload(id, caller)).isEqualTo(ref);
        assertThat(images.image(id).state()).isEqualTo(State.READY);
    }

    @Test
    void aNameIsTakenWhateverItsCaseAndTheSameRequestIsOneImage() {
        Caller caller = TestControlPlane.caller();
        var same = AtOnce.ask(8, i -> images.draft("debian", null, null, caller));
        assertThat(AtOnce.failures(same)).isEmpty();
        assertThat(AtOnce.results(same)).extracting(ImageView::id).containsOnly(caller.operationId());
        assertRefused(FailureCode.CONFLICT, "already an image called Debian", () -> images.draft("Debian"));
        var rivals = AtOnce.ask(6, i -> images.draft("alpine"));
        assertThat(AtOnce.results(rivals)).hasSize(1);
        assertThat(images.list(Page.FIRST, null, null).items()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a b", "ü", "a\u0000b", "TEN THOUSAND"})
    void aNameThatNobodyCouldTypeIsRefused(String name) {
        String text = name.startsWith("TEN") ? "x".repeat(10_000) : name;
        assertRefused(FailureCode.INVALID, "A name has", () -> images.draft(text));
        assertThat(images.list(Page.FIRST, null, null).items()).isEmpty();
    }

    @Test
    void listsPageAndAreSearched() {
        List.of("b_2", "A-1", "a-3", "a1").forEach(images::draft);
        UUID ready = images.ready("ready").id();
        var first = images.list(new Page(null, 2), null, null);
        assertThat(first.items()).extracting(ImageView::name).containsExactly("A-1", "a-3");
        var second = images.list(new Page(first.nextCursor(), 2), null, null);
        assertThat(second.items()).extracting(ImageView::name).containsExactly("a1", "b_2");
        var third = images.list(new Page(second.nextCursor(), 2), null, null);
        assertThat(third.items()).containsExactly(images.image(ready));
        assertThat(third.nextCursor()).isNull();
        assertThat(images.list(Page.FIRST, "A-", null).items()).hasSize(2);
        assertThat(images.list(Page.FIRST, "%", null).items()).isEmpty();
        assertThat(images.list(Page.FIRST, null, SHA).items()).hasSize(1);
    }

    @Test
    void theSameBytesTwiceAreSaid() {
        images.ready("first");
        UUID id = images.draft("second").id();
        TaskView task = images.succeeded(images.upload(id, GOOD));
        assertThat(task.log())
                .extracting(TaskView.LogLine::text)
                .containsExactly("The library has the same bytes already, as first.");
    }

    @Test
    void whatAnImageIsCanBeSaidOtherwiseUntilSomebodyElseDidSo() {
        UUID id = images.ready("debian").id();
        images.draft("taken");
        ImageView before = images.image(id);
        ImageView after = images.describe(said(id, before.version(), "trixie"));
        assertThat(after.name()).isEqualTo("trixie");
        assertThat(after.description()).isEqualTo("Ours");
        assertThat(after.operatingSystem()).as("was not spoken of").isEqualTo(before.operatingSystem());
        assertThat(after.defaultUser()).as("was not spoken of").isEqualTo(before.defaultUser());
        assertThat(after.sha256()).isEqualTo(before.sha256());
        assertThat(images.image(id)).isEqualTo(after);
        assertRefused(
                FailureCode.STALE_VERSION,
                "The image trixie was changed since you read it.",
                () -> images.describe(said(id, before.version(), "other")));
        assertRefused(
                FailureCode.CONFLICT,
                "There is already an image called taken.",
                () -> images.describe(said(id, null, "taken")));
        assertRefused(FailureCode.INVALID, "", () -> images.describe(said(id, null, "../x")));
        assertRefused(FailureCode.NOT_FOUND, "There is no image", () -> images.describe(said(Uuid7.next(), null, "x")));
        assertThat(images.image(id)).isEqualTo(after);
    }

    private static ImagesApi.DescribeImage said(UUID id, @Nullable Long version, String name) {
        return new ImagesApi.DescribeImage(id, version, name, "Ours", null, null, null, null, null);
    }
}
