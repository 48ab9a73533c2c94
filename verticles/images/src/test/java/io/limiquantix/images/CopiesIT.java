package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImagesApi.Brought;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An image is copied to where it is needed, once, from whoever can give it. */
class CopiesIT {
    private final FakeStorage storage = new FakeStorage();
    private final DatabaseAddress database = ImagesProcess.database();
    private final ImagesProcess images = ImagesProcess.start(storage, database, TaskObserver.NONE);
    private final CopyBed bed = new CopyBed(storage, images);
    private final UUID image = bed.onTheFirst("debian");

    @AfterEach
    void stop() {
        images.close();
    }

    private TaskView task(TaskRef ref) {
        return images.plane.bus().request(TaskApi.GET, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
    }

    private void assertOnlyOnTheFirst() {
        assertThat(bed.copies(image)).extracting(Copy::hostId).containsExactly(storage.one);
        assertThat(FakeStorage.at(storage.images, storage.two)).isEmpty();
        assertThat(FakeStorage.at(storage.arrivals, storage.two)).isEmpty();
        assertThat(storage.copies.files).isEmpty();
    }

    @Test
    void fiftyThatNeedItAtOnceAtTwoControlPlanesMakeOneCopy() {
        try (ImagesProcess other = ImagesProcess.start(storage, database, TaskObserver.NONE)) {
            List<CopyBed> beds = List.of(bed, new CopyBed(storage, other));
            var answers = AtOnce.ask(50, number -> beds.get(number % 2).bring(image, storage.poolTwo, storage.two));
            assertThat(AtOnce.failures(answers)).isEmpty();
            List<UUID> tasks = AtOnce.results(answers).stream()
                    .map(Brought::task)
                    .filter(Objects::nonNull)
                    .map(TaskRef::taskId)
                    .distinct()
                    .toList();
            assertThat(tasks).hasSize(1);
            images.plane.awaitEnd(tasks.getFirst());
        }
        assertThat(bed.readyOn(image)).containsExactlyInAnyOrder(storage.one, storage.two);
        assertThat(storage.effects).containsOnlyOnce("give 1", "fetch 2", "check 2");
        assertThat(bed.bring(image, storage.poolTwo, storage.two).task()).isNull();
        assertThat(storage.copies.files).as("what the source gave").isEmpty();
    }

    @Test
    void whatComesIsCheckedAsAnyImageAndByItsOwnChecksum() {
        bed.copied(image);
        assertThat(storage.checked).isNotNull();
        assertThat(storage.checked.sha256()).isEqualTo(ImagesProcess.SHA);
        assertThat(bed.copies(image))
                .filteredOn(copy -> copy.hostId().equals(storage.two))
                .singleElement()
                .satisfies(copy -> assertThat(copy.kept()).as("a person's").isFalse());
    }

    @Test
    void aSourceThatLiesOrDamagesLeavesNothing() {
        storage.copies.lying.add(storage.one);
        TaskView lied = images.failed(bed.brought(image, storage.poolTwo, storage.two));
        assertThat(String.valueOf(lied.failure())).contains("SHA-256 " + FakeCopies.OTHER_SHA);
        assertOnlyOnTheFirst();
        storage.copies.lying.clear();
        storage.copies.damaging.add(storage.one);
        TaskView damaged = images.failed(bed.brought(image, storage.poolTwo, storage.two));
        assertThat(String.valueOf(damaged.failure())).contains("The SHA-256 of the bytes that arrived");
        assertOnlyOnTheFirst();
        storage.copies.damaging.clear();
        bed.copied(image);
    }

    @Test
    void anotherSourceIsAskedWhenOneGoesInTheMidst() {
        bed.copied(image);
        UUID pool = storage.copies.pool(storage.three);
        storage.copies.silent.addAll(List.of(storage.one, storage.two));
        TaskRef ref = bed.brought(image, pool, storage.three);
        Eventually.holds(() -> task(ref).progress() > 40);
        UUID going = String.valueOf(task(ref).step()).contains(storage.one.toString()) ? storage.one : storage.two;
        UUID staying = going.equals(storage.one) ? storage.two : storage.one;
        storage.copies.silent.remove(staying);
        storage.up.remove(going);
        images.succeeded(ref);
        assertThat(storage.effects).containsOnlyOnce("end fetch", "fetch 3", "check 3");
        assertThat(bed.readyOn(image)).contains(storage.three);
    }

    @Test
    void aSourceThatIsDamagedIsFollowedByAnother() {
        bed.copied(image);
        storage.copies.damaging.add(storage.one);
        storage.copies.lying.add(storage.two);
        UUID pool = storage.copies.pool(storage.three);
        images.failed(bed.brought(image, pool, storage.three));
        storage.copies.lying.clear();
        images.succeeded(bed.brought(image, pool, storage.three));
        assertThat(FakeStorage.at(storage.images, storage.three).get(image)).isEqualTo(ImagesProcess.GOOD);
    }

    @Test
    void whileNoHostCanGiveItThePlaceIsNotTakenForEver() {
        storage.up.remove(storage.one);
        TaskRef ref = bed.brought(image, storage.poolTwo, storage.two);
        Eventually.holds(
                () -> task(ref).log().stream().anyMatch(line -> line.text().contains("No host that has")));
        images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertOnlyOnTheFirst();
        storage.up.add(storage.one);
        bed.copied(image);
    }

    @Test
    void whoCancelsItLeavesNothing() {
        storage.copies.silent.add(storage.one);
        TaskRef ref = bed.brought(image, storage.poolTwo, storage.two);
        Eventually.holds(() -> task(ref).progress() > 40);
        assertThat(bed.copies(image)).extracting(Copy::state).contains(CopyState.ARRIVING);
        assertRefused(FailureCode.CONFLICT, "being copied", () -> images.delete(image));
        images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(storage.effects).contains("end fetch");
        assertOnlyOnTheFirst();
    }

    @Test
    void lostAnswersAreAskedForAgainAndEachStepIsDoneOnce() {
        for (String request : List.of("give 1", "fetch 2", "check 2")) {
            storage.faults.refuse(request, FailureCode.UNAVAILABLE, "Nobody answers.");
            storage.faults.loseAnswer(request);
        }
        bed.copied(image);
        assertThat(storage.effects).containsOnlyOnce("give 1", "fetch 2", "check 2");
    }

    @Test
    void aFullPoolEndsItAtOnce() {
        storage.faults.refuse("fetch 2", FailureCode.NO_CAPACITY, "The pool is full.");
        TaskView task = images.failed(bed.brought(image, storage.poolTwo, storage.two));
        assertThat(String.valueOf(task.failure())).contains("The pool is full.");
        assertOnlyOnTheFirst();
    }

    @Test
    void hostsThatShareAPoolShareItsCopy() {
        UUID shared = storage.copies.pool(storage.two, storage.three);
        images.succeeded(bed.brought(image, shared, storage.three));
        assertThat(bed.bring(image, shared, storage.two).task()).isNull();
        assertThat(storage.effects).contains("fetch 3").doesNotContain("fetch 2");
    }

    @Test
    void anotherPoolOfTheSameHostGetsItFromThatHost() {
        bed.copied(image);
        UUID more = storage.copies.pool(storage.two);
        images.succeeded(bed.brought(image, more, storage.two));
        assertThat(storage.effects).containsOnlyOnce("give 1", "give 2");
    }

    @Test
    void anImageThatIsNotReadyAndAPlaceThatTakesNothingAreRefused() {
        UUID draft = images.draft("draft").id();
        assertRefused(FailureCode.CONFLICT, "not ready", () -> bed.bring(draft, storage.poolTwo, storage.two));
        assertRefused(FailureCode.CONFLICT, "takes nothing", () -> bed.bring(image, storage.poolTwo, storage.one));
        storage.free.put(storage.two, 0L);
        assertRefused(FailureCode.CONFLICT, "takes nothing", () -> bed.bring(image, storage.poolTwo, storage.two));
    }
}
