package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Parts;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImagePartsIT {
    private static final long LENGTH = 1000;

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.draft("debian").id();

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void whatHasComeIsAskedOfTheHostAndTheNextPartGoesThere() {
        assertThat(begin(image, LENGTH)).isEqualTo(new Parts(image, 0, LENGTH, true));
        storage.parts.put(image, 400L);
        assertThat(look()).isEqualTo(new Parts(image, 400, LENGTH, true));
        StreamTicket ticket = open(400);
        assertThat(ticket.address()).isEqualTo(storage.one.toString());
        assertThat(storage.opened).isNotNull();
        assertThat(storage.opened.offset()).isEqualTo(400);
        assertThat(storage.opened.maxBytes()).isEqualTo(LENGTH);
    }

    @Test
    void onceAllHasComeItIsCheckedAndNothingMoreIsTaken() {
        begin(image, LENGTH);
        storage.parts.put(image, LENGTH);
        assertThat(look().allHaveCome()).isTrue();
        storage.upload(open(LENGTH), image, GOOD);
        images.succeeded(images.finishUpload(image));
        assertThat(images.image(image).state()).isEqualTo(State.READY);
        assertThat(look())
                .as("for a client that did not hear of the end")
                .isEqualTo(new Parts(image, LENGTH, LENGTH, false));
        assertRefused(FailureCode.CONFLICT, "never changes", () -> open(LENGTH));
        assertRefused(FailureCode.CONFLICT, "never changes", () -> begin(image, LENGTH));
    }

    @Test
    void beginningAnewForgetsWhatCameAndSoDoesGivingUp() {
        begin(image, LENGTH);
        storage.parts.put(image, 400L);
        begin(image, LENGTH + 1);
        assertThat(look()).isEqualTo(new Parts(image, 0, LENGTH + 1, true));
        storage.parts.put(image, 5L);
        images.plane.bus().request(ImagesApi.FORGET_PARTS, new ImagesApi.Image(image), TestControlPlane.caller());
        assertThat(storage.parts).isEmpty();
        assertRefused(FailureCode.NOT_FOUND, "announce how long it is", this::look);
        assertRefused(FailureCode.NOT_FOUND, "announce how long it is", () -> open(0));
    }

    @Test
    void whoeverSendsNowIsNotDisturbedByAnotherWhoBegins() {
        begin(image, LENGTH);
        storage.parts.put(image, 400L);
        storage.faults.refuse("forget 1", FailureCode.CONFLICT, "The bytes are arriving now.");
        assertRefused(FailureCode.CONFLICT, "arriving now", () -> begin(image, LENGTH + 5));
        assertThat(look()).isEqualTo(new Parts(image, 400, LENGTH, true));
    }

    @Test
    void anUploadInOnePieceTakesThePlaceOfParts() {
        begin(image, LENGTH);
        images.beginUpload(image);
        assertRefused(FailureCode.NOT_FOUND, "announce how long it is", this::look);
    }

    @Test
    void whatIsRefusedIsNotExpectedToGoOn() {
        begin(image, LENGTH);
        storage.upload(open(0), image, new FakeStorage.Bytes("raw", "ab".repeat(32)));
        images.failed(images.finishUpload(image));
        assertRefused(FailureCode.NOT_FOUND, "announce how long it is", this::look);
    }

    @Test
    void lengthsThatCannotBeAreRefused() {
        assertRefused(FailureCode.INVALID, "at least one byte", () -> begin(image, 0));
        assertRefused(FailureCode.INVALID, "at least one byte", () -> begin(image, -1));
        assertRefused(FailureCode.TOO_LARGE, "are accepted", () -> begin(image, Long.MAX_VALUE));
        assertRefused(FailureCode.NOT_FOUND, "There is no image", () -> begin(Uuid7.next(), LENGTH));
    }

    private Parts begin(UUID imageId, long length) {
        return images.plane
                .bus()
                .request(ImagesApi.BEGIN_PARTS, new ImagesApi.BeginParts(imageId, length), TestControlPlane.caller());
    }

    private Parts look() {
        return images.plane
                .bus()
                .request(ImagesApi.LOOK_AT_PARTS, new ImagesApi.Image(image), TestControlPlane.caller());
    }

    private StreamTicket open(long offset) {
        return images.plane
                .bus()
                .request(ImagesApi.OPEN_PART, new ImagesApi.OpenPart(image, offset), TestControlPlane.caller());
    }
}
