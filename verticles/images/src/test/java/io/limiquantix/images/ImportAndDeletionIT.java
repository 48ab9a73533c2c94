package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportAndDeletionIT {
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);

    ImportAndDeletionIT() {
        storage.files.put("/import/debian.qcow2", GOOD);
    }

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void aFileOfAHostBecomesAnImage() {
        UUID id = images.draft("debian").id();
        TaskView task = images.succeeded(images.importFile(id, storage.two, "/import/debian.qcow2"));
        assertThat(task.kind()).isEqualTo("image.import");
        assertThat(images.image(id).state()).isEqualTo(State.READY);
        assertThat(images.image(id).copies())
                .extracting(Copy::place)
                .containsExactly(new Copy(storage.poolTwo, storage.two));
        assertThat(storage.effects).containsExactly("copy 2", "check 2");
    }

    @Test
    void whereThereAreSeveralHostsTheUserSaysWhich() {
        UUID id = images.draft("debian").id();
        assertRefused(FailureCode.INVALID, "There are 2 hosts", () -> images.importFile(id, null, "/import/x"));
        assertThat(images.image(id).state()).isEqualTo(State.DRAFT);
    }

    @Test
    void aFileOutsideTheImportFoldersIsRefusedWithTheReason() {
        UUID id = images.draft("debian").id();
        TaskView task = images.failed(images.importFile(id, storage.one, "/etc/shadow"));
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().code()).isEqualTo(FailureCode.INVALID);
        assertThat(task.failure().details()).containsEntry("field", "path");
        ImageView refused = images.image(id);
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.problem()).isEqualTo("The file is not below an import folder.");
        assertThat(storage.isEmpty()).isTrue();
        images.succeeded(images.importFile(id, storage.one, "/import/debian.qcow2"));
        assertThat(images.image(id).problem()).isNull();
    }

    @Test
    void lostAnswersAreAskedForAgainAndEachStepIsDoneOnce() {
        storage.faults.loseAnswer("copy 1");
        storage.faults.refuse("check 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        storage.faults.loseAnswer("check 1");
        UUID id = images.draft("debian").id();
        images.succeeded(images.importFile(id, storage.one, "/import/debian.qcow2"));
        assertThat(storage.effects).containsExactly("copy 1", "check 1");
        assertThat(storage.faults.operations("check 1").stream().distinct()).hasSize(1);
        assertThat(images.image(id).state()).isEqualTo(State.READY);
    }

    @Test
    void theSameImportAtTheSameMomentIsOneTask() {
        UUID id = images.draft("debian").id();
        Caller caller = TestControlPlane.caller();
        var refs = AtOnce.ask(6, i -> images.importFile(id, storage.one, "/import/debian.qcow2", caller));
        assertThat(AtOnce.failures(refs)).isEmpty();
        TaskRef ref = AtOnce.results(refs).getFirst();
        images.succeeded(ref);
        assertThat(AtOnce.results(refs)).containsOnly(ref);
        assertThat(images.importFile(id, storage.one, "/import/debian.qcow2", caller))
                .isEqualTo(ref);
        assertThat(storage.effects).containsExactly("copy 1", "check 1");
    }

    @Test
    void ofTwoImportsOfOneImageOneIsDone() {
        UUID id = images.draft("debian").id();
        var refs = AtOnce.ask(4, i -> images.importFile(id, storage.one, "/import/debian.qcow2"));
        assertThat(AtOnce.results(refs)).hasSize(1);
        images.succeeded(AtOnce.results(refs).getFirst());
        assertThat(storage.effects).containsExactly("copy 1", "check 1");
    }

    @Test
    void aCancelledImportLeavesNothingAndCanBeTriedAgain() {
        UUID id = images.draft("debian").id();
        storage.faults.beforeAnswer = name -> {
            if (name.equals("copy 1")) {
                UUID task = Eventually.get(() -> activeTask(), found -> !found.equals(id));
                images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(task), TestControlPlane.caller());
            }
        };
        TaskRef ref = images.importFile(id, storage.one, "/import/debian.qcow2");
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(images.image(id).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(id).problem()).isEqualTo("The import did not finish.");
        assertThat(storage.isEmpty()).isTrue();
        storage.faults.beforeAnswer = name -> {};
        images.succeeded(images.importFile(id, storage.one, "/import/debian.qcow2"));
    }

    private UUID activeTask() {
        var request = new TaskApi.ListTasks(Page.FIRST, null, true);
        return images.plane
                .bus()
                .request(TaskApi.LIST, request, TestControlPlane.caller())
                .items()
                .getFirst()
                .id();
    }

    @Test
    void aDeletedImageIsGoneAndItsNameIsFree() {
        UUID id = images.ready("debian").id();
        Caller caller = TestControlPlane.caller();
        storage.faults.loseAnswer("delete 1");
        TaskRef ref = images.delete(id, caller);
        images.succeeded(ref);
        assertThat(storage.isEmpty()).isTrue();
        assertRefused(FailureCode.NOT_FOUND, "There is no image", () -> images.image(id));
        assertThat(images.delete(id, caller)).as("the same request again").isEqualTo(ref);
        assertRefused(FailureCode.NOT_FOUND, "There is no image", () -> images.delete(id));
        assertThat(images.plane.changes()).contains("image DELETED");
        images.ready("debian");
    }

    @Test
    void anImageThatDisksNeedStays() {
        UUID id = images.ready("debian").id();
        storage.usedImages.add(id);
        assertRefused(FailureCode.CONFLICT, "2 volumes are based on", () -> images.delete(id));
        assertThat(storage.effects).doesNotContain("delete 1");
        assertThat(images.image(id).state()).isEqualTo(State.READY);
    }

    /** Nothing is to be made independent of it, so it makes no difference to ask for that. */
    @Test
    void anIsoThatIsInADriveStays() {
        UUID id = images.draftOf("iso", new ImagesApi.Sums(null, null, null)).id();
        storage.inDrives.add(id);
        assertRefused(FailureCode.CONFLICT, "in a CD-ROM drive of web-1", () -> images.delete(id));
        storage.inDrives.clear();
        images.succeeded(images.delete(id));
    }

    /** A disk was made of it between the question and the deletion; the host knows. */
    @Test
    void anImageThatTheHostKeepsStaysReady() {
        ImageView image = images.ready("debian");
        storage.faults.refuse("delete 1", FailureCode.CONFLICT, "Volumes depend on the image.");
        images.failed(images.delete(image.id()));
        assertThat(images.image(image.id())).isEqualTo(image);
        images.succeeded(images.delete(image.id()));
    }

    @Test
    void aDraftIsDeletedWithWhatHasArrivedOfIt() {
        UUID untouched = images.draft("empty").id();
        images.succeeded(images.delete(untouched));
        assertThat(storage.effects).isEmpty();
        UUID half = images.draft("half").id();
        storage.upload(images.beginUpload(half), half, GOOD);
        images.succeeded(images.delete(half));
        assertThat(storage.isEmpty()).isTrue();
    }
}
