package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.CatalogueEntryView;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One click that makes an image of an entry. */
class CatalogueDownloadsIT extends CatalogueBed {
    CatalogueDownloadsIT(@TempDir Path folder) {
        super(folder);
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
        OperatingSystem system = image.operatingSystem();
        assertThat(system).isNotNull();
        assertThat(system.distribution() + " " + system.version()).isEqualTo("Debian 13");
        assertThat(system.learnedFrom().system()).isEqualTo(OperatingSystem.Source.CATALOGUE);
        assertThat(image.defaultUser()).isEqualTo("debian");
        assertThat(image.format()).isEqualTo("qcow2");
        assertThat(image.copies()).extracting(Copy::place).containsExactly(new Copy(storage.poolTwo, storage.two));
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
    void imagesThatCameOtherwiseAreOfNoEntry() {
        ImageView draft = images.draft("debian");
        assertThat(images.plane
                        .bus()
                        .request(ImagesApi.GET, new ImagesApi.Image(draft.id()), TestControlPlane.caller())
                        .catalogueEntryId())
                .isNull();
    }
}
