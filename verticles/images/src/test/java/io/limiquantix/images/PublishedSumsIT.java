package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.SHA;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checksums that a list on the web has. */
class PublishedSumsIT {
    private static final String URL = "https://mirror.test/pub/debian%2013.qcow2?mirror=2";
    private static final String LIST = "https://mirror.test/pub/SHA256SUMS";
    private static final String OTHER = "cd".repeat(32);

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.draft("debian").id();

    PublishedSumsIT() {
        storage.files.put(URL, GOOD);
        storage.lists.put(LIST, "%s  debian 13.qcow2\n%s  debian.iso\n".formatted(SHA, OTHER));
    }

    @AfterEach
    void stop() {
        images.close();
    }

    private Sums lookUp(String list, String file) {
        return images.plane
                .bus()
                .request(ImagesApi.LOOK_UP_SUMS, new ImagesApi.LookUpSums(list, file), TestControlPlane.caller());
    }

    @Test
    void aDownloadIsComparedWithItsLineOfTheList() {
        images.succeeded(images.download(image, URL, LIST));
        assertThat(images.image(image).state()).isEqualTo(State.READY);
        assertThat(storage.effects).containsExactly("read 1", "download 1", "check 1");
        HostStorageApi.AdmitImage checked = Objects.requireNonNull(storage.checked);
        assertThat(checked.sha256()).isEqualTo(SHA);
    }

    @Test
    void aFileThatIsNotWhatTheListSaysIsRefused() {
        storage.lists.put(LIST, OTHER + "  debian 13.qcow2");
        images.failed(images.download(image, URL, LIST));
        assertThat(images.image(image).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(image).problem()).contains("The checksum is " + SHA);
        assertThat(storage.isEmpty()).isTrue();
    }

    @Test
    void nothingIsFetchedWhenTheListDoesNotHaveTheFile() {
        storage.lists.put(LIST, OTHER + "  debian.iso");
        TaskView task = images.failed(images.download(image, URL, LIST));
        assertThat(task.failure()).isNotNull();
        assertThat(images.image(image).problem()).contains("none of them of a file debian 13.qcow2");
        assertThat(storage.effects).containsExactly("read 1");
        images.succeeded(images.download(image, URL));
        assertThat(images.image(image).problem()).isNull();
    }

    @Test
    void aListThatContradictsTheAnnouncedChecksumIsRefused() {
        UUID other = images.draftWith("other", new Sums(OTHER, null, null), null, TestControlPlane.caller())
                .id();
        images.failed(images.download(other, URL, LIST));
        assertThat(images.image(other).problem()).contains(SHA, OTHER, "Look which one is right");
        assertThat(storage.effects).containsExactly("read 1");
    }

    @Test
    void aHostThatIsAwayForAWhileIsWaitedFor() {
        storage.faults.refuse("read 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        images.succeeded(images.download(image, URL, LIST));
        assertThat(storage.effects).containsExactly("read 1", "download 1", "check 1");
    }

    @Test
    void whatIsNoAddressOrNamesNoFileIsRefusedAtOnce() {
        assertRefused(FailureCode.INVALID, "https://", () -> images.download(image, URL, "ftp://mirror.test/SUMS"));
        assertRefused(
                FailureCode.INVALID, "name of a file", () -> images.download(image, "https://mirror.test/x/", LIST));
        assertThat(storage.effects).isEmpty();
    }

    @Test
    void aListCanBeLookedUpForAFileThatSomebodyHas() {
        assertThat(lookUp(LIST, "debian.iso")).isEqualTo(new Sums(OTHER, null, null));
        assertRefused(FailureCode.INVALID, "none of them", () -> lookUp(LIST, "debian"));
    }

    /** A form has several addresses. */
    @Test
    void whatIsWrongWithAListIsSaidOfItsField() {
        for (String list : new String[] {"https://mirror.test/none", "mirror.test/none"}) {
            assertThatThrownBy(() -> lookUp(list, "x"))
                    .asInstanceOf(InstanceOfAssertFactories.type(FailureException.class))
                    .satisfies(e -> assertThat(e.failure().details()).containsEntry("field", "checksumsUrl"));
        }
    }
}
