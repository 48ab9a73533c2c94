package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.testing.AtOnce;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person does with single copies of an image. */
class CopyRemovalIT {
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final CopyBed bed = new CopyBed(storage, images);
    private final UUID image = bed.onTheFirst("debian");

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void aPersonPutsACopySomewhereAndItStays() {
        images.succeeded(bed.seed(image, storage.poolTwo, null));
        assertThat(bed.copies(image)).hasSize(2).allMatch(Copy::kept);
        images.succeeded(bed.seed(image, storage.poolTwo, storage.two));
        assertThat(storage.effects).containsOnlyOnce("fetch 2");
    }

    @Test
    void aCopyThatCameByItselfStaysWhenAPersonWantsItThere() {
        bed.copied(image);
        images.succeeded(bed.seed(image, storage.poolTwo, null));
        assertThat(bed.copies(image)).allMatch(Copy::kept);
    }

    @Test
    void oneCopyIsDeletedAndTheOtherOnesStay() {
        bed.copied(image);
        images.succeeded(bed.remove(image, storage.poolOne, storage.one));
        assertThat(bed.readyOn(image)).containsExactly(storage.two);
        assertThat(FakeStorage.at(storage.images, storage.one)).isEmpty();
    }

    @Test
    void theOnlyCopyIsNotDeletedAlsoWhenTwoAskAtOnce() {
        assertRefused(FailureCode.CONFLICT, "the only copy", () -> bed.remove(image, storage.poolOne, storage.one));
        bed.copied(image);
        var answers = AtOnce.ask(
                2,
                number -> number == 0
                        ? bed.remove(image, storage.poolOne, storage.one)
                        : bed.remove(image, storage.poolTwo, storage.two));
        List<TaskRef> tasks = AtOnce.results(answers);
        assertThat(tasks).hasSize(1);
        images.succeeded(tasks.getFirst());
        assertThat(bed.readyOn(image)).hasSize(1);
    }

    @Test
    void theOnlyCopyThatCanBeReadIsNotDeleted() {
        bed.copied(image);
        storage.up.remove(storage.one);
        assertRefused(
                FailureCode.CONFLICT, "that can be read now", () -> bed.remove(image, storage.poolTwo, storage.two));
    }

    @Test
    void aCopyThatVolumesAreBasedOnStays() {
        bed.copied(image);
        storage.copies.used.add(new StorageApi.ImageAt(image, storage.poolTwo, storage.two));
        assertRefused(
                FailureCode.CONFLICT, "2 volumes are based", () -> bed.remove(image, storage.poolTwo, storage.two));
        storage.copies.used.clear();
        storage.faults.refuse("delete 2", FailureCode.CONFLICT, "The image is the base of 1 volume(s).");
        images.failed(bed.remove(image, storage.poolTwo, storage.two));
        assertThat(bed.readyOn(image)).as("as the host knew better").hasSize(2);
        assertThat(bed.bring(image, storage.poolTwo, storage.two).task()).isNull();
    }

    @Test
    void aCopyThatIsNotThereIsNotFound() {
        assertRefused(FailureCode.NOT_FOUND, "has no copy", () -> bed.remove(image, storage.poolTwo, storage.two));
    }

    @Test
    void allCopiesGoWithTheImage() {
        bed.copied(image);
        UUID more = storage.copies.pool(storage.two);
        images.succeeded(bed.brought(image, more, storage.two));
        storage.effects.clear();
        images.succeeded(images.delete(image));
        assertThat(storage.isEmpty()).isTrue();
        assertThat(storage.effects)
                .as("from each pool of the second host")
                .containsExactlyInAnyOrder("delete 1", "delete 2", "delete 2");
    }
}
